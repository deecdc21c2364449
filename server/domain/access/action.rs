//! Every operation of the API on a line: what it is about, the roles that use it, and the scope that a machine
//! needs for it.

use super::Role::{self, Admin, Bureau, Inspector, Office, Supervisor};
use super::errand::Errand::{
    self, ReadFigures, ReadIssues, ReadPhotos, ReadReference, SendPhotos, WorkIssues,
};

/// What an operation is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    /// Open to whoever is not signed in.
    Anyone,
    /// No particular issue.
    General,
    /// One issue, so that it must be seen first.
    Issue,
}

const EVERYBODY: &[Role] = &[Inspector, Bureau, Office, Supervisor, Admin];

/// One line of the table.
struct Line {
    id: &'static str,
    about: About,
    roles: &'static [Role],
    errand: Option<Errand>,
}

/// The table: the variant, its operation id, what it is about, who uses it, and a machine's scope; none where a
/// person has to do it.
macro_rules! actions {
    ($($(#[doc = $doc:literal])+ $variant:ident = $id:literal, $about:ident, $roles:expr, $errand:expr;)+) => {
        /// One operation of the API.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Action {
            /// Every operation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The operation of that id; none if there is none.
            pub fn from_operation_id(id: &str) -> Option<Self> {
                match id {
                    $($id => Some(Self::$variant),)+
                    _ => None,
                }
            }

            const fn line(self) -> Line {
                match self {
                    $(Self::$variant => Line {
                        id: $id, about: About::$about, roles: $roles, errand: $errand,
                    },)+
                }
            }
        }
    };
}

actions! {
    /// Sign in.
    CreateSession = "create_session", Anyone, EVERYBODY, None;
    /// Exchange a refresh token.
    RefreshSession = "refresh_session", Anyone, EVERYBODY, None;
    /// Get a machine's access token.
    CreateToken = "create_token", Anyone, EVERYBODY, None;
    /// Sign out.
    EndSession = "end_session", General, EVERYBODY, None;
    /// Read one's own account.
    GetMe = "get_me", General, EVERYBODY, None;
    /// Open a session with a code of another device.
    RedeemHandover = "redeem_handover", Anyone, EVERYBODY, None;
    /// Make a code that opens a session on another device.
    CreateHandover = "create_handover", General, EVERYBODY, None;
    /// Read the devices one is signed in on.
    ListMySessions = "list_my_sessions", General, EVERYBODY, None;
    /// Sign another device of one's own out.
    EndMySession = "end_my_session", General, EVERYBODY, None;
    /// Sign all one's other devices out.
    EndMyOtherSessions = "end_my_other_sessions", General, EVERYBODY, None;
    /// Say what a device still holds.
    PutMyDevice = "put_my_device", General, EVERYBODY, None;
    /// Read what became of one's own reports.
    ListMyReports = "list_my_reports", General, EVERYBODY, None;
    /// Set another password of one's own.
    ChangeMyPassword = "change_my_password", General, EVERYBODY, None;
    /// Begin to set a second factor up.
    BeginSecondFactor = "begin_second_factor", General, EVERYBODY, None;
    /// Confirm it with its first code.
    ConfirmSecondFactor = "confirm_second_factor", General, EVERYBODY, None;
    /// Remove one's own second factor.
    RemoveMySecondFactor = "remove_my_second_factor", General, EVERYBODY, None;
    /// Read accounts.
    ListAccounts = "list_accounts", General, &[Admin], None;
    /// Make an account.
    CreateAccount = "create_account", General, &[Admin], None;
    /// Change or close an account.
    UpdateAccount = "update_account", General, &[Admin], None;
    /// Make and change accounts from a list of people.
    ImportAccounts = "import_accounts", General, &[Admin], None;
    /// Read machine accounts.
    ListMachines = "list_machines", General, &[Admin], None;
    /// Make a machine account.
    CreateMachine = "create_machine", General, &[Admin], None;
    /// Change or close a machine account.
    UpdateMachine = "update_machine", General, &[Admin], None;
    /// Give a machine account another secret.
    CreateMachineSecret = "create_machine_secret", General, &[Admin], None;
    /// Revoke a machine account's secret.
    RevokeMachineSecret = "revoke_machine_secret", General, &[Admin], None;
    /// Read the devices somebody is signed in on.
    ListAccountSessions = "list_account_sessions", General, &[Admin], None;
    /// Sign somebody out everywhere.
    EndAccountSessions = "end_account_sessions", General, &[Admin], None;
    /// Remove somebody's second factor.
    RemoveSecondFactor = "remove_second_factor", General, &[Admin], None;
    /// Unlock a login before its time.
    UnlockAccount = "unlock_account", General, &[Admin], None;
    /// Submit a report, under an id made on the phone.
    PutReport = "put_report", General, &[Inspector, Office, Supervisor], None;
    /// Submit a day's reports at once.
    PutReports = "put_reports", General, &[Inspector, Office, Supervisor], None;
    /// Read a report.
    GetReport = "get_report", Issue, EVERYBODY, Some(ReadIssues);
    /// Send the bytes of a photo that one's own report or rectification names.
    PutPhoto = "put_photo", General, &[Inspector, Bureau, Office, Supervisor], Some(SendPhotos);
    /// Begin to send a photo in parts.
    CreateUpload = "create_upload", General, &[Inspector, Bureau, Office, Supervisor], Some(SendPhotos);
    /// Read how far a photo that is sent in parts is.
    GetUpload = "get_upload", General, &[Inspector, Bureau, Office, Supervisor], Some(SendPhotos);
    /// Send a part of a photo.
    SendUpload = "send_upload", General, &[Inspector, Bureau, Office, Supervisor], Some(SendPhotos);
    /// End the sending of a photo.
    EndUpload = "end_upload", General, &[Inspector, Bureau, Office, Supervisor], Some(SendPhotos);
    /// Read how photos may be sent in parts.
    GetUploadOptions = "get_upload_options", Anyone, EVERYBODY, None;
    /// Read a photo.
    GetPhoto = "get_photo", Issue, EVERYBODY, Some(ReadPhotos);
    /// Read the large rendition of a photo.
    GetPhotoLarge = "get_photo_large", Issue, EVERYBODY, Some(ReadPhotos);
    /// Read the thumbnail of a photo.
    GetPhotoThumbnail = "get_photo_thumbnail", Issue, EVERYBODY, Some(ReadPhotos);
    /// Read a photo with its watermark 水印.
    GetWatermarkedPhoto = "get_watermarked_photo", Issue, EVERYBODY, Some(ReadPhotos);
    /// Read issues.
    ListIssues = "list_issues", General, EVERYBODY, Some(ReadIssues);
    /// Get a list of issues as CSV.
    ExportIssuesCsv = "export_issues_csv", General, EVERYBODY, Some(ReadIssues);
    /// Get a list of issues as a workbook.
    ExportIssuesXlsx = "export_issues_xlsx", General, EVERYBODY, Some(ReadIssues);
    /// Read an issue.
    GetIssue = "get_issue", Issue, EVERYBODY, Some(ReadIssues);
    /// Read what happened to an issue.
    ListIssueEvents = "list_issue_events", Issue, EVERYBODY, Some(ReadIssues);
    /// Read who was shown a blind finding 暗访.
    ListViewings = "list_viewings", Issue, &[Office, Supervisor], None;
    /// Read the times with shorter limits.
    ListLimitPeriods = "list_limit_periods", General, EVERYBODY, Some(ReadReference);
    /// Set a time with shorter limits.
    SetLimitPeriod = "set_limit_period", General, &[Office], None;
    /// Read how an issue's limit came to end when it does.
    GetIssueLimit = "get_issue_limit", Issue, EVERYBODY, Some(ReadIssues);
    /// 立案.
    FileIssue = "file_issue", Issue, &[Office], None;
    /// 不予立案.
    RefuseIssue = "refuse_issue", Issue, &[Office], None;
    /// 作废.
    VoidIssue = "void_issue", Issue, &[Office], None;
    /// 合并.
    MergeIssue = "merge_issue", Issue, &[Office], None;
    /// Let bureaus see a blind finding.
    ReleaseIssue = "release_issue", Issue, &[Office], None;
    /// 派遣.
    DispatchIssue = "dispatch_issue", Issue, &[Office], None;
    /// 挂出认领: offer an issue to those who may own it.
    OfferIssue = "offer_issue", Issue, &[Office], None;
    /// 认领.
    ClaimIssue = "claim_issue", Issue, &[Bureau], Some(WorkIssues);
    /// 不认领.
    DeclineClaim = "decline_claim", Issue, &[Bureau], Some(WorkIssues);
    /// 签收.
    AcceptIssue = "accept_issue", Issue, &[Bureau], Some(WorkIssues);
    /// 退回.
    ReturnIssue = "return_issue", Issue, &[Bureau], Some(WorkIssues);
    /// 整改.
    RectifyIssue = "rectify_issue", Issue, &[Bureau], Some(WorkIssues);
    /// Say that a stage of its limit is done.
    SecureIssue = "secure_issue", Issue, &[Bureau], Some(WorkIssues);
    /// 延期申请.
    ExtendIssue = "extend_issue", Issue, &[Bureau], Some(WorkIssues);
    /// 缓办申请: ask for a deferral, or order it.
    DeferIssue = "defer_issue", Issue, &[Bureau, Office], Some(WorkIssues);
    /// 挂账申请: ask for an issue to be shelved, or order it.
    ShelveIssue = "shelve_issue", Issue, &[Bureau, Office], Some(WorkIssues);
    /// 恢复办理: take a deferred or shelved issue up again.
    ResumeIssue = "resume_issue", Issue, &[Bureau, Office], Some(WorkIssues);
    /// 挂账复核: look at a shelved issue.
    ReviewIssue = "review_issue", Issue, &[Office], None;
    /// Read what is deferred or shelved.
    ListSuspensions = "list_suspensions", General, &[Bureau, Office, Supervisor, Admin], Some(ReadIssues);
    /// 审批: decide on what was asked for.
    DecideIssue = "decide_issue", Issue, &[Office], None;
    /// 子任务: what a cooperating bureau has to do.
    SetTask = "set_task", Issue, &[Bureau, Office], Some(WorkIssues);
    /// 协办签收.
    AcceptPart = "accept_part", Issue, &[Bureau], Some(WorkIssues);
    /// 协办完成.
    FinishPart = "finish_part", Issue, &[Bureau], Some(WorkIssues);
    /// Let a cooperating bureau off its part.
    ReleasePart = "release_part", Issue, &[Office], None;
    /// 核查.
    VerifyIssue = "verify_issue", Issue, &[Inspector, Office, Supervisor], None;
    /// Read the looks that are owed 核查任务.
    ListVerificationTasks = "list_verification_tasks", General, &[Inspector, Office, Supervisor], None;
    /// Take one.
    TakeTask = "take_task", Issue, &[Inspector, Office, Supervisor], None;
    /// Give it back.
    GiveBackTask = "give_back_task", Issue, &[Inspector, Office, Supervisor], None;
    /// Hand it to an inspector.
    HandTask = "hand_task", Issue, &[Office], None;
    /// Read whom it can be handed to.
    ListTaskInspectors = "list_task_inspectors", Issue, &[Office], None;
    /// Read the office's own clocks.
    GetDeskClocks = "get_desk_clocks", General, &[Office, Supervisor], None;
    /// Read what waits for the office.
    ListDeskWaits = "list_desk_waits", General, &[Office, Supervisor], None;
    /// Close without a passed verification.
    OverrideIssue = "override_issue", Issue, &[Office], None;
    /// Read the links 链接 of an issue and the drafts 草稿 that came by them.
    ListLinks = "list_links", Issue, &[Bureau, Office], None;
    /// Make one for somebody without an account.
    MakeLink = "make_link", Issue, &[Bureau, Office], None;
    /// Take one back.
    RevokeLink = "revoke_link", Issue, &[Bureau, Office], None;
    /// Throw away what came by one.
    DiscardDraft = "discard_draft", Issue, &[Bureau, Office], None;
    // What a link opens is for its holder, who has no account.
    /// Look at the issue of a link.
    GetGuestIssue = "get_guest_issue", Anyone, EVERYBODY, None;
    /// Look at a photo of it.
    GetGuestPhoto = "get_guest_photo", Anyone, EVERYBODY, None;
    /// Send a draft by a link.
    PutGuestDraft = "put_guest_draft", Anyone, EVERYBODY, None;
    /// Send a photo of a draft.
    PutGuestPhoto = "put_guest_photo", Anyone, EVERYBODY, None;
    /// Follow the change feed.
    ListChanges = "list_changes", General, EVERYBODY, Some(ReadIssues);
    /// Read what to follow the change feed from.
    SnapshotChanges = "snapshot_changes", General, EVERYBODY, Some(ReadIssues);
    /// Hear that something changed.
    StreamChanges = "stream_changes", General, EVERYBODY, Some(ReadIssues);
    /// Read points 固定点位.
    ListPoints = "list_points", General, EVERYBODY, Some(ReadReference);
    /// Read the issues in one point's surroundings.
    GetPointCluster = "get_point_cluster", General, EVERYBODY, Some(ReadIssues);
    /// Get what is needed in the field without a network.
    GetFieldPack = "get_field_pack", General, &[Inspector], None;
    /// Read areas 辖区.
    ListAreas = "list_areas", General, EVERYBODY, Some(ReadReference);
    /// Read the kinds of site.
    ListSiteKinds = "list_site_kinds", General, EVERYBODY, Some(ReadReference);
    /// Read sites 测评点位.
    ListSites = "list_sites", General, EVERYBODY, Some(ReadReference);
    /// Read which base map 底图 is drawn under the district's own.
    GetBaseMap = "get_base_map", General, EVERYBODY, Some(ReadReference);
    /// Read back streets and compounds 场所.
    ListPlaces = "list_places", General, EVERYBODY, Some(ReadReference);
    /// Read facilities 设施.
    ListFacilities = "list_facilities", General, EVERYBODY, Some(ReadReference);
    /// Read permitted zones 疏导点.
    ListPermittedZones = "list_permitted_zones", General, EVERYBODY, Some(ReadReference);
    /// Read cameras 视频点位.
    ListCameras = "list_cameras", General, &[Office, Supervisor, Admin], Some(ReadReference);
    /// Read duties 包保; who may read the names of persons is [`super::sees_persons_on_duty`].
    ListDuties = "list_duties", General, EVERYBODY, Some(ReadReference);
    /// Read bureaus 责任单位.
    ListBureaus = "list_bureaus", General, EVERYBODY, Some(ReadReference);
    /// Read the taxonomy.
    ListCategories = "list_categories", General, EVERYBODY, Some(ReadReference);
    /// Read the routing rules in force.
    GetRouting = "get_routing", General, EVERYBODY, Some(ReadReference);
    /// Read which rules were in force.
    ListRuleVersions = "list_rule_versions", General, EVERYBODY, Some(ReadReference);
    /// Read rules that were in force.
    GetRuleVersion = "get_rule_version", General, EVERYBODY, Some(ReadReference);
    /// Ask what a problem is and where it would go.
    SuggestRoute = "suggest_route", General, &[Inspector, Office, Supervisor], None;
    /// Check a draft of the rules.
    LintRouting = "lint_routing", General, &[Office, Admin], None;
    /// Try a draft of the rules against past issues.
    TryRouting = "try_routing", General, &[Office, Admin], None;
    /// Try reference data out, or take it in.
    CreateReferenceImport = "create_reference_import", General, &[Office, Admin], None;
    /// Read which reference data was taken in.
    ListReferenceImports = "list_reference_imports", General, &[Office, Admin], None;
    /// Read what one import did.
    GetReferenceImport = "get_reference_import", General, &[Office, Admin], None;
    /// Send a count 计数观测.
    PutCount = "put_count", General, &[Inspector, Office, Supervisor], None;
    /// Read counts.
    ListCounts = "list_counts", General, &[Office], None;
    /// Send a complaint or suggestion 投诉建议.
    PutSuggestion = "put_suggestion", General, EVERYBODY, None;
    /// Read everybody's.
    ListSuggestions = "list_suggestions", General, &[Office], None;
    /// Read one's own.
    ListMySuggestions = "list_my_suggestions", General, EVERYBODY, None;
    /// Answer one.
    AnswerSuggestion = "answer_suggestion", General, &[Office], None;
    /// Read supervision cards 督办卡.
    ListCards = "list_cards", General, &[Bureau, Office, Supervisor], None;
    /// Read one.
    GetCard = "get_card", General, &[Bureau, Office, Supervisor], None;
    /// Print one.
    PrintCard = "print_card", General, &[Bureau, Office, Supervisor], None;
    /// 拟稿: draft one by hand.
    CreateCard = "create_card", General, &[Office], None;
    /// 签发.
    SignCard = "sign_card", General, &[Office], None;
    /// 送达.
    DeliverCard = "deliver_card", General, &[Office], None;
    /// 回复.
    ReplyCard = "reply_card", General, &[Bureau], None;
    /// 办结.
    AcceptCard = "accept_card", General, &[Office], None;
    /// 升级.
    UpgradeCard = "upgrade_card", General, &[Office], None;
    /// 撤回.
    WithdrawCard = "withdraw_card", General, &[Office], None;
    /// 批注.
    CommentCard = "comment_card", General, &[Bureau, Office], None;
    /// Read whom a talk 约谈 or accountability 问责 is proposed for.
    ListProposals = "list_proposals", General, &[Office, Supervisor], None;
    /// Read the rules that draft cards.
    GetCardRules = "get_card_rules", General, &[Office, Supervisor, Admin], None;
    /// Set them.
    SetCardRules = "set_card_rules", General, &[Office], None;
    // No ranking of persons: an inspector has no business with the figures.
    /// Read figures.
    GetFigures = "get_figures", General, &[Bureau, Office, Supervisor, Admin], Some(ReadFigures);
    /// Read bulletins 通报; a bureau those that are addressed to all.
    ListBulletins = "list_bulletins", General, &[Bureau, Office, Supervisor], None;
    /// Read one.
    GetBulletin = "get_bulletin", General, &[Bureau, Office, Supervisor], None;
    /// Print one.
    PrintBulletin = "print_bulletin", General, &[Bureau, Office, Supervisor], None;
    /// List the issues behind its figures; a bureau its own.
    ListBulletinMembers = "list_bulletin_members", General, &[Bureau, Office, Supervisor], None;
    /// Get one as a workbook.
    GetBulletinWorkbook = "get_bulletin_workbook", General, &[Bureau, Office, Supervisor], None;
    /// See what one would say.
    PreviewBulletin = "preview_bulletin", General, &[Office], None;
    /// 发布.
    CreateBulletin = "create_bulletin", General, &[Office], None;
    /// Make one again from the log.
    ReplayBulletin = "replay_bulletin", General, &[Office, Supervisor], None;
    /// Read what the campaign works towards.
    GetCampaign = "get_campaign", General, EVERYBODY, Some(ReadFigures);
    /// Set it.
    SetCampaign = "set_campaign", General, &[Office, Admin], None;
    /// Read one's notices 通知.
    ListNotices = "list_notices", General, &[Bureau, Office], Some(ReadIssues);
    /// Say up to which one has read.
    ReadNotices = "read_notices", General, &[Bureau, Office], None;
    /// Read where notices go beside the pages.
    ListChannels = "list_channels", General, &[Office, Admin], None;
    /// Set where they go.
    SetChannel = "set_channel", General, &[Admin], None;
    /// Have them go there no more.
    RemoveChannel = "remove_channel", General, &[Admin], None;
    /// Try a channel.
    TestChannel = "test_channel", General, &[Admin], None;
    /// Read what was sent, and what could not be.
    ListMessages = "list_messages", General, &[Office, Admin], None;
    /// Send once more what could not be sent.
    RetryMessage = "retry_message", General, &[Office, Admin], None;
    // It shows issues beside its figures, hence the scope.
    /// Read the morning's figures 每日例会.
    GetMorning = "get_morning", General, &[Office, Supervisor, Admin], Some(ReadIssues);
    /// Whether the process lives.
    GetHealth = "get_health", Anyone, EVERYBODY, None;
    /// Whether it can serve.
    GetReadiness = "get_readiness", Anyone, EVERYBODY, None;
}

impl Action {
    /// Its `operationId` in the API's description.
    pub fn operation_id(self) -> &'static str {
        self.line().id
    }

    /// Whether it is open to whoever is not signed in.
    pub fn needs_nobody(self) -> bool {
        self.line().about == About::Anyone
    }

    /// Whether it is about one issue, so that it must be seen first.
    pub fn is_about_an_issue(self) -> bool {
        self.line().about == About::Issue
    }

    /// The roles that use it, once the subject is seen.
    pub fn roles(self) -> &'static [Role] {
        self.line().roles
    }

    /// The scope that a machine needs for it; none where a person has to do it.
    pub fn errand(self) -> Option<Errand> {
        self.line().errand
    }
}
