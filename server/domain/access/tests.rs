use super::*;

fn actor(role: Role) -> Actor {
    Actor {
        account: 7,
        role,
        bureau: (role == Role::Bureau).then(|| "power".to_owned()),
        duty_areas: if role == Role::Inspector { vec!["s1".to_owned()] } else { Vec::new() },
        errands: None,
    }
}

const ROLES: [(char, Role); 5] = [
    ('i', Role::Inspector),
    ('b', Role::Bureau),
    ('o', Role::Office),
    ('s', Role::Supervisor),
    ('a', Role::Admin),
];

/// An open issue that every role sees.
fn plain() -> IssueFacets {
    IssueFacets {
        lead: Some("power".to_owned()),
        open: true,
        areas: vec!["d".to_owned(), "s1".to_owned(), "c9".to_owned()],
        ..IssueFacets::default()
    }
}

/// Who may use each operation where sight is no obstacle: `-` nobody signed in, else roles by letter.
const TABLE: &[(&str, &str)] = &[
    ("create_session", "-ibosa"),
    ("refresh_session", "-ibosa"),
    ("create_token", "-ibosa"),
    ("end_session", "ibosa"),
    ("get_me", "ibosa"),
    ("redeem_handover", "-ibosa"),
    ("create_handover", "ibosa"),
    ("list_my_sessions", "ibosa"),
    ("end_my_session", "ibosa"),
    ("end_my_other_sessions", "ibosa"),
    ("put_my_device", "ibosa"),
    ("list_my_reports", "ibosa"),
    ("change_my_password", "ibosa"),
    ("begin_second_factor", "ibosa"),
    ("confirm_second_factor", "ibosa"),
    ("remove_my_second_factor", "ibosa"),
    ("list_accounts", "a"),
    ("create_account", "a"),
    ("update_account", "a"),
    ("import_accounts", "a"),
    ("list_machines", "a"),
    ("create_machine", "a"),
    ("update_machine", "a"),
    ("create_machine_secret", "a"),
    ("revoke_machine_secret", "a"),
    ("list_account_sessions", "a"),
    ("end_account_sessions", "a"),
    ("remove_second_factor", "a"),
    ("unlock_account", "a"),
    ("put_report", "ios"),
    ("put_reports", "ios"),
    ("get_report", "ibosa"),
    ("put_photo", "ibos"),
    ("create_upload", "ibos"),
    ("get_upload", "ibos"),
    ("send_upload", "ibos"),
    ("end_upload", "ibos"),
    ("get_upload_options", "-ibosa"),
    ("get_photo", "ibosa"),
    ("get_photo_large", "ibosa"),
    ("get_photo_thumbnail", "ibosa"),
    ("get_watermarked_photo", "ibosa"),
    ("list_issues", "ibosa"),
    ("export_issues_csv", "ibosa"),
    ("export_issues_xlsx", "ibosa"),
    ("get_issue", "ibosa"),
    ("list_issue_events", "ibosa"),
    ("list_viewings", "os"),
    ("list_limit_periods", "ibosa"),
    ("set_limit_period", "o"),
    ("get_issue_limit", "ibosa"),
    ("file_issue", "o"),
    ("refuse_issue", "o"),
    ("void_issue", "o"),
    ("merge_issue", "o"),
    ("release_issue", "o"),
    ("dispatch_issue", "o"),
    ("offer_issue", "o"),
    ("claim_issue", "b"),
    ("decline_claim", "b"),
    ("accept_issue", "b"),
    ("return_issue", "b"),
    ("rectify_issue", "b"),
    ("secure_issue", "b"),
    ("extend_issue", "b"),
    ("defer_issue", "bo"),
    ("shelve_issue", "bo"),
    ("resume_issue", "bo"),
    ("review_issue", "o"),
    ("list_suspensions", "bosa"),
    ("decide_issue", "o"),
    ("set_task", "bo"),
    ("accept_part", "b"),
    ("finish_part", "b"),
    ("release_part", "o"),
    ("verify_issue", "ios"),
    ("list_verification_tasks", "ios"),
    ("take_task", "ios"),
    ("give_back_task", "ios"),
    ("hand_task", "o"),
    ("list_task_inspectors", "o"),
    ("get_desk_clocks", "os"),
    ("list_desk_waits", "os"),
    ("override_issue", "o"),
    ("list_links", "bo"),
    ("make_link", "bo"),
    ("revoke_link", "bo"),
    ("discard_draft", "bo"),
    ("get_guest_issue", "-ibosa"),
    ("get_guest_photo", "-ibosa"),
    ("put_guest_draft", "-ibosa"),
    ("put_guest_photo", "-ibosa"),
    ("list_changes", "ibosa"),
    ("snapshot_changes", "ibosa"),
    ("stream_changes", "ibosa"),
    ("list_points", "ibosa"),
    ("get_point_cluster", "ibosa"),
    ("get_field_pack", "i"),
    ("list_areas", "ibosa"),
    ("list_site_kinds", "ibosa"),
    ("list_sites", "ibosa"),
    ("get_base_map", "ibosa"),
    ("list_places", "ibosa"),
    ("list_facilities", "ibosa"),
    ("list_permitted_zones", "ibosa"),
    ("list_cameras", "osa"),
    ("list_duties", "ibosa"),
    ("list_bureaus", "ibosa"),
    ("list_categories", "ibosa"),
    ("get_routing", "ibosa"),
    ("list_rule_versions", "ibosa"),
    ("get_rule_version", "ibosa"),
    ("suggest_route", "ios"),
    ("lint_routing", "oa"),
    ("try_routing", "oa"),
    ("create_reference_import", "oa"),
    ("list_reference_imports", "oa"),
    ("get_reference_import", "oa"),
    ("put_count", "ios"),
    ("list_counts", "o"),
    ("put_suggestion", "ibosa"),
    ("list_suggestions", "o"),
    ("list_my_suggestions", "ibosa"),
    ("answer_suggestion", "o"),
    ("list_cards", "bos"),
    ("get_card", "bos"),
    ("print_card", "bos"),
    ("create_card", "o"),
    ("sign_card", "o"),
    ("deliver_card", "o"),
    ("reply_card", "b"),
    ("accept_card", "o"),
    ("upgrade_card", "o"),
    ("withdraw_card", "o"),
    ("comment_card", "bo"),
    ("list_proposals", "os"),
    ("get_card_rules", "osa"),
    ("set_card_rules", "o"),
    ("get_figures", "bosa"),
    ("list_bulletins", "bos"),
    ("get_bulletin", "bos"),
    ("print_bulletin", "bos"),
    ("list_bulletin_members", "bos"),
    ("get_bulletin_workbook", "bos"),
    ("preview_bulletin", "o"),
    ("create_bulletin", "o"),
    ("replay_bulletin", "os"),
    ("get_campaign", "ibosa"),
    ("set_campaign", "oa"),
    ("list_notices", "bo"),
    ("read_notices", "bo"),
    ("list_channels", "oa"),
    ("set_channel", "a"),
    ("remove_channel", "a"),
    ("test_channel", "a"),
    ("list_messages", "oa"),
    ("retry_message", "oa"),
    ("get_morning", "osa"),
    ("get_health", "-ibosa"),
    ("get_readiness", "-ibosa"),
];

fn subject_for(action: Action) -> Subject {
    if action.is_about_an_issue() { Subject::Issue(plain()) } else { Subject::None }
}

#[test]
fn each_role_may_do_what_the_table_says() {
    for (id, allowed) in TABLE {
        let action = Action::from_operation_id(id).unwrap();
        let subject = subject_for(action);
        let nobody = if allowed.contains('-') { Ok(()) } else { Err(Denied::Unauthenticated) };
        assert_eq!(may(None, action, &subject), nobody, "{id} by nobody");
        for (letter, role) in ROLES {
            let answer = if allowed.contains(letter) { Ok(()) } else { Err(Denied::Forbidden) };
            assert_eq!(may(Some(&actor(role)), action, &subject), answer, "{id} by {role:?}");
        }
    }
}

#[test]
fn the_table_names_every_operation_once_and_ids_lead_back() {
    let ids: Vec<&str> = Action::ALL.iter().map(|action| action.operation_id()).collect();
    assert_eq!(ids, TABLE.iter().map(|(id, _)| *id).collect::<Vec<_>>());
    for action in Action::ALL {
        assert_eq!(Action::from_operation_id(action.operation_id()), Some(*action));
    }
    assert_eq!(Action::from_operation_id("drop_database"), None);
}

#[test]
fn each_role_sees_what_the_table_says() {
    let code = |text: &str| Some(text.to_owned());
    let away = IssueFacets { lead: code("water"), areas: vec!["s2".to_owned()], ..plain() };
    let table = [
        ("in the duty area, led by the bureau", plain(), "ibosa"),
        ("blind", IssueFacets { blind: true, ..plain() }, "os"),
        ("blind, reported", IssueFacets { blind: true, reporters: vec![7], ..plain() }, "ios"),
        ("closed", IssueFacets { open: false, ..plain() }, "bosa"),
        (
            "closed, reported",
            IssueFacets { open: false, reporters: vec![3, 7], ..plain() },
            "ibosa",
        ),
        ("elsewhere, of another bureau", away.clone(), "osa"),
        ("elsewhere, reported", IssueFacets { reporters: vec![7], ..away.clone() }, "iosa"),
        (
            "elsewhere, helped with",
            IssueFacets { cooperating: vec!["gas".to_owned(), "power".to_owned()], ..away.clone() },
            "bosa",
        ),
        (
            "elsewhere, offered to the bureau",
            IssueFacets { lead: None, candidates: vec!["power".to_owned()], ..away.clone() },
            "bosa",
        ),
        ("of nobody yet", IssueFacets { lead: None, areas: Vec::new(), ..away }, "osa"),
    ];
    for (case, issue, seen_by) in table {
        for (letter, role) in ROLES {
            let seen = seen_by.contains(letter);
            assert_eq!(sees(&actor(role), &issue), seen, "{case}, {role:?}");
            let answer = may(Some(&actor(role)), Action::GetIssue, &Subject::Issue(issue.clone()));
            assert_eq!(answer, if seen { Ok(()) } else { Err(Denied::Hidden) }, "{case}, {role:?}");
        }
    }
}

#[test]
fn what_is_unseen_is_hidden_before_the_role_is_looked_at() {
    let blind = Subject::Issue(IssueFacets { blind: true, ..plain() });
    for action in [Action::AcceptIssue, Action::FileIssue, Action::GetPhoto] {
        assert_eq!(may(Some(&actor(Role::Bureau)), action, &blind), Err(Denied::Hidden));
    }
}

#[test]
fn an_operation_about_an_issue_fails_closed_without_one() {
    for action in Action::ALL.iter().filter(|action| action.is_about_an_issue()) {
        let answer = may(Some(&actor(Role::Office)), *action, &Subject::None);
        assert_eq!(answer, Err(Denied::Hidden), "{action:?}");
    }
}

#[test]
fn a_report_is_read_by_its_reporter_and_by_whoever_sees_its_issue() {
    let unseen = IssueFacets { blind: true, ..plain() };
    let of = |reporter| Subject::Report { reporter, issue: unseen.clone() };
    let inspector = actor(Role::Inspector);
    assert_eq!(may(Some(&inspector), Action::GetReport, &of(7)), Ok(()));
    assert_eq!(may(Some(&inspector), Action::GetReport, &of(8)), Err(Denied::Hidden));
    assert_eq!(may(Some(&inspector), Action::VerifyIssue, &of(7)), Err(Denied::Hidden));
    assert_eq!(may(Some(&actor(Role::Supervisor)), Action::GetReport, &of(8)), Ok(()));
}

#[test]
fn the_office_tries_reference_data_out_and_an_administrator_takes_it_in() {
    let may_import = |role, dry_run| {
        let subject = Subject::ReferenceImport { dry_run };
        may(Some(&actor(role)), Action::CreateReferenceImport, &subject).is_ok()
    };
    let roles = |dry_run| ROLES.map(|(_, role)| may_import(role, dry_run));
    assert_eq!(roles(true), [false, false, true, false, true]);
    assert_eq!(roles(false), [false, false, false, false, true]);
}

#[test]
fn an_account_of_no_bureau_sees_nothing() {
    let adrift = Actor { bureau: None, ..actor(Role::Bureau) };
    assert_eq!(scope(&adrift), Scope::Nothing);
    assert!(!sees(&adrift, &IssueFacets { lead: None, ..plain() }));
    assert!(!sees(&adrift, &plain()));
}

fn machine(role: Role, errands: impl IntoIterator<Item = Errand>) -> Actor {
    Actor { errands: Some(errands.into_iter().collect()), ..actor(role) }
}

#[test]
fn a_machine_does_what_its_scopes_name_and_nothing_else() {
    for errand in Errand::ALL {
        let machine = machine(Role::Bureau, [errand]);
        for action in Action::ALL.iter().filter(|action| !action.needs_nobody()) {
            let answer = may(Some(&machine), *action, &subject_for(*action));
            let expected = match action.errand() {
                Some(needed) if needed == errand && action.roles().contains(&Role::Bureau) => {
                    Ok(())
                }
                Some(needed) if needed == errand => Err(Denied::Forbidden),
                needed => Err(Denied::ScopeMissing(needed)),
            };
            assert_eq!(answer, expected, "{action:?} with {errand}");
        }
    }
}

#[test]
fn no_scope_reaches_sign_in_accounts_reference_data_or_what_a_person_has_to_decide() {
    let machines = [Role::Bureau, Role::Office].map(|role| machine(role, Errand::ALL));
    for action in [
        Action::EndSession,
        Action::GetMe,
        Action::ListAccounts,
        Action::CreateMachine,
        Action::PutReport,
        Action::PutReports,
        Action::FileIssue,
        Action::VerifyIssue,
        Action::OverrideIssue,
        Action::CreateReferenceImport,
    ] {
        for machine in &machines {
            let answer = may(Some(machine), action, &subject_for(action));
            assert_eq!(answer, Err(Denied::ScopeMissing(None)), "{action:?}");
        }
    }
}

#[test]
fn a_missing_scope_is_told_before_anything_is_looked_at() {
    let blind = Subject::Issue(IssueFacets { blind: true, ..plain() });
    let machine = machine(Role::Bureau, [Errand::ReadFigures]);
    let seen = may(Some(&machine), Action::GetIssue, &Subject::Issue(plain()));
    assert_eq!(seen, Err(Denied::ScopeMissing(Some(Errand::ReadIssues))));
    assert_eq!(may(Some(&machine), Action::GetIssue, &blind), seen);
}

#[test]
fn a_machine_on_the_office_s_side_sees_nothing_blind_and_works_nothing() {
    let blind = IssueFacets { blind: true, ..plain() };
    assert!(sees(&machine(Role::Office, Errand::ALL), &plain()));
    assert!(!sees(&machine(Role::Office, Errand::ALL), &blind));
    for errand in Errand::ALL {
        let works = matches!(errand, Errand::WorkIssues | Errand::SendPhotos);
        assert_eq!(errand.is_for(Role::Office), !works, "{errand}");
        assert!(errand.is_for(Role::Bureau), "{errand}");
        assert!(!errand.is_for(Role::Admin), "{errand}");
    }
}

#[test]
fn the_words_of_the_scopes_lead_back() {
    for errand in Errand::ALL {
        assert_eq!(errand.word().parse(), Ok(errand));
        assert_eq!(serde_json::to_value(errand).unwrap(), errand.word());
    }
    assert_eq!("issues:all".parse::<Errand>(), Err(()));
}

#[test]
fn names_of_persons_on_duty_are_for_people_who_work_with_them() {
    for (letter, role) in ROLES {
        let mut asking = actor(role);
        assert_eq!(sees_persons_on_duty(&asking), "osa".contains(letter), "{role:?}");
        asking.errands = Some(Errands::default());
        assert!(!sees_persons_on_duty(&asking), "a machine, {role:?}");
    }
}
