//! Every handler by scope: the whole product on one screen.

use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::{HttpResponse, web};
use utoipa_actix_web::scope::{Scope, scope};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::http::{
    account_care, accounts, base_map, bulletins, campaign, cards, categories, changes, channels,
    clusters, counts, desk_waits, devices, exports, field_pack, figures, guest, handovers, health,
    issue_commands, issue_limit, issues, limit_periods, links, machines, maps, morning, notices,
    own_device, own_password, own_reports, photos, reference, reference_imports, reports, routing,
    second_factor, sessions, suggestions, suspensions, tokens, uploads, verification_tasks,
    viewings,
};

use crate::problem::Error;

pub mod document;

/// Where the API stands.
pub const API: &str = "/api/v1";

/// Every operation of the API.
#[allow(clippy::too_many_lines)] // a table
pub fn api() -> Scope<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    scope(API)
        // Everybody
        .service(health::get_health)
        .service(health::get_readiness)
        .service(sessions::create_session)
        .service(sessions::refresh_session)
        .service(tokens::create_token)
        .service(handovers::redeem_handover)
        // Whoever is signed in
        .service(sessions::end_session)
        .service(sessions::get_me)
        .service(devices::list_my_sessions)
        .service(devices::end_my_other_sessions)
        .service(devices::end_my_session)
        .service(own_device::put_my_device)
        .service(own_reports::list_my_reports)
        .service(own_password::change_my_password)
        .service(second_factor::begin_second_factor)
        .service(second_factor::confirm_second_factor)
        .service(second_factor::remove_my_second_factor)
        .service(handovers::create_handover)
        .service(reference::list_areas)
        .service(reference::list_site_kinds)
        .service(base_map::get_base_map)
        .service(maps::list_sites)
        .service(maps::list_places)
        .service(maps::list_facilities)
        .service(maps::list_permitted_zones)
        .service(maps::list_cameras)
        .service(maps::list_duties)
        .service(reference::list_bureaus)
        .service(categories::list_categories)
        .service(reference::list_points)
        .service(routing::get_routing)
        .service(routing::list_rule_versions)
        .service(routing::get_rule_version)
        .service(clusters::get_point_cluster)
        .service(field_pack::get_field_pack)
        .service(changes::list_changes)
        .service(changes::snapshot::snapshot_changes)
        .service(changes::stream::stream_changes)
        .service(issues::list_issues)
        .service(suggestions::put_suggestion)
        .service(suggestions::list_my_suggestions)
        .service(exports::export_issues_csv)
        .service(exports::export_issues_xlsx)
        // Inspectors, supervisors and the desk send; whoever sees the issue reads
        .service(counts::put_count)
        .service(reports::put_report)
        .service(reports::put_reports)
        .service(reports::get_report)
        .service(uploads::uploads())
        .service(photos::put_photo)
        .service(photos::get_photo)
        .service(photos::get_photo_large)
        .service(photos::get_photo_thumbnail)
        .service(photos::get_watermarked_photo)
        // The desk
        .service(issue_commands::file_issue)
        .service(issue_commands::refuse_issue)
        .service(issue_commands::void_issue)
        .service(issue_commands::merge_issue)
        .service(issue_commands::release_issue)
        .service(issue_commands::dispatch_issue)
        .service(issue_commands::offer_issue)
        .service(issue_commands::claim_issue)
        .service(issue_commands::decline_claim)
        .configure(requests)
        .configure(parts)
        .configure(by_link)
        .service(issue_commands::override_issue)
        .service(counts::list_counts)
        .service(suggestions::list_suggestions)
        .service(suggestions::answer_suggestion)
        // The lead bureau
        .service(issue_commands::accept_issue)
        .service(issue_commands::return_issue)
        .service(issue_commands::rectify_issue)
        .service(issue_commands::secure_issue)
        // Somebody else
        .service(issue_commands::verify_issue)
        .configure(verification)
        .configure(news)
        // Whoever sees the issue
        .service(issues::list_issue_events)
        .service(viewings::list_viewings)
        .service(issue_limit::get_issue_limit)
        .service(limit_periods::list_limit_periods)
        .service(limit_periods::set_limit_period)
        .service(issues::get_issue)
        // Cards: the office drafts, signs and delivers, the addressee replies
        .service(cards::list_cards)
        .service(cards::list_proposals)
        .service(cards::create_card)
        .service(cards::commands::sign_card)
        .service(cards::commands::deliver_card)
        .service(cards::commands::reply_card)
        .service(cards::commands::accept_card)
        .service(cards::commands::upgrade_card)
        .service(cards::commands::withdraw_card)
        .service(cards::commands::comment_card)
        .service(cards::paper::print_card_paper)
        .service(cards::get_card)
        .service(cards::get_card_rules)
        .service(cards::set_card_rules)
        // The office and bureaus
        .service(campaign::get_campaign)
        .service(campaign::set_campaign)
        .service(figures::get_figures)
        .configure(bulletins)
        .service(morning::get_morning)
        // The office and administrators; what is taken in, administrators alone
        .service(routing::suggest::suggest_route)
        .service(routing::lint_routing)
        .service(routing::try_routing)
        .service(reference_imports::list_reference_imports)
        .service(reference_imports::create_reference_import)
        .service(reference_imports::get_reference_import)
        // Administrators
        .service(accounts::list_accounts)
        .service(accounts::create_account)
        .service(accounts::update_account)
        .service(accounts::import_accounts)
        .service(machines::list_machines)
        .service(machines::create_machine)
        .service(machines::update_machine)
        .service(machines::create_machine_secret)
        .service(machines::revoke_machine_secret)
        .service(account_care::list_account_sessions)
        .service(account_care::end_account_sessions)
        .service(account_care::remove_second_factor)
        .service(account_care::unlock_account)
        .default_service(web::to(nothing_here))
}

/// The parts of those who help: the lead's, the office's and the helpers' own steps.
fn parts(config: &mut ServiceConfig) {
    config
        .service(issue_commands::set_task)
        .service(issue_commands::accept_part)
        .service(issue_commands::finish_part)
        .service(issue_commands::release_part);
}

/// Looks that are owed: taken, given back, handed to somebody; and what waits for the office.
fn verification(config: &mut ServiceConfig<'_>) {
    config
        .service(verification_tasks::list_verification_tasks)
        .service(verification_tasks::take_task)
        .service(verification_tasks::give_back_task)
        .service(verification_tasks::hand_task)
        .service(verification_tasks::list_task_inspectors)
        .service(desk_waits::get_desk_clocks)
        .service(desk_waits::list_desk_waits);
}

/// Links for people without an account: the bureau's side, and their holders'.
fn by_link(config: &mut ServiceConfig<'_>) {
    config
        .service(links::list_links)
        .service(links::make_link)
        .service(links::revoke_link)
        .service(links::discard_draft)
        .service(guest::get_guest_issue)
        .service(guest::get_guest_photo)
        .service(guest::put_guest_draft)
        .service(guest::put_guest_photo);
}

/// What the office issues: the figures of a time, stored as issued.
fn bulletins(config: &mut ServiceConfig<'_>) {
    config
        .service(bulletins::list_bulletins)
        .service(bulletins::create_bulletin)
        .service(bulletins::preview_bulletin)
        .service(bulletins::print_bulletin)
        .service(bulletins::list_bulletin_members)
        .service(bulletins::get_bulletin_workbook)
        .service(bulletins::replay_bulletin)
        .service(bulletins::get_bulletin);
}

/// Notices, and where they go beside the pages.
fn news(config: &mut ServiceConfig<'_>) {
    config
        .service(notices::list_notices)
        .service(notices::read_notices)
        .service(channels::list_channels)
        .service(channels::set_channel)
        .service(channels::remove_channel)
        .service(channels::test_channel)
        .service(channels::messages_of::list_messages)
        .service(channels::messages_of::retry_message);
}

/// What is asked of the office, and what stands still by it.
fn requests(config: &mut ServiceConfig<'_>) {
    config
        .service(issue_commands::extend_issue)
        .service(issue_commands::defer_issue)
        .service(issue_commands::shelve_issue)
        .service(issue_commands::decide_issue)
        .service(issue_commands::resume_issue)
        .service(issue_commands::review_issue)
        .service(suspensions::list_suspensions);
}

/// What no operation answers is a problem like any other.
async fn nothing_here() -> Result<HttpResponse, Error> {
    Err(Error::NotFound)
}
