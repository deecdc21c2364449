//! Every operation of the API, and the roles that use it.

use super::Role;

/// Lists the operations once: the variant, its operation id, its place in [`Action::ALL`].
macro_rules! actions {
    ($($(#[doc = $doc:literal])+ $variant:ident = $id:literal,)+) => {
        /// One operation of the API.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Action {
            /// Every operation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its `operationId` in the API's description.
            pub fn operation_id(self) -> &'static str {
                match self {
                    $(Self::$variant => $id,)+
                }
            }

            /// The operation of that id; none if there is none.
            pub fn from_operation_id(id: &str) -> Option<Self> {
                match id {
                    $($id => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

actions! {
    /// Sign in.
    CreateSession = "create_session",
    /// Exchange a refresh token.
    RefreshSession = "refresh_session",
    /// Get a machine's access token.
    CreateToken = "create_token",
    /// Sign out.
    EndSession = "end_session",
    /// Read one's own account.
    GetMe = "get_me",
    /// Open a session with a code of another device.
    RedeemHandover = "redeem_handover",
    /// Make a code that opens a session on another device.
    CreateHandover = "create_handover",
    /// Read the devices one is signed in on.
    ListMySessions = "list_my_sessions",
    /// Sign another device of one's own out.
    EndMySession = "end_my_session",
    /// Sign all one's other devices out.
    EndMyOtherSessions = "end_my_other_sessions",
    /// Say what a device still holds.
    PutMyDevice = "put_my_device",
    /// Read what became of one's own reports.
    ListMyReports = "list_my_reports",
    /// Set another password of one's own.
    ChangeMyPassword = "change_my_password",
    /// Begin to set a second factor up.
    BeginSecondFactor = "begin_second_factor",
    /// Confirm it with its first code.
    ConfirmSecondFactor = "confirm_second_factor",
    /// Remove one's own second factor.
    RemoveMySecondFactor = "remove_my_second_factor",
    /// Read accounts.
    ListAccounts = "list_accounts",
    /// Make an account.
    CreateAccount = "create_account",
    /// Change or close an account.
    UpdateAccount = "update_account",
    /// Make and change accounts from a list of people.
    ImportAccounts = "import_accounts",
    /// Read machine accounts.
    ListMachines = "list_machines",
    /// Make a machine account.
    CreateMachine = "create_machine",
    /// Change or close a machine account.
    UpdateMachine = "update_machine",
    /// Give a machine account another secret.
    CreateMachineSecret = "create_machine_secret",
    /// Revoke a machine account's secret.
    RevokeMachineSecret = "revoke_machine_secret",
    /// Read the devices somebody is signed in on.
    ListAccountSessions = "list_account_sessions",
    /// Sign somebody out everywhere.
    EndAccountSessions = "end_account_sessions",
    /// Remove somebody's second factor.
    RemoveSecondFactor = "remove_second_factor",
    /// Unlock a login before its time.
    UnlockAccount = "unlock_account",
    /// Submit a report, under an id made on the phone.
    PutReport = "put_report",
    /// Submit a day's reports at once.
    PutReports = "put_reports",
    /// Read a report.
    GetReport = "get_report",
    /// Send the bytes of a photo that one's own report or rectification names.
    PutPhoto = "put_photo",
    /// Begin to send a photo in parts.
    CreateUpload = "create_upload",
    /// Read how far a photo that is sent in parts is.
    GetUpload = "get_upload",
    /// Send a part of a photo.
    SendUpload = "send_upload",
    /// End the sending of a photo.
    EndUpload = "end_upload",
    /// Read how photos may be sent in parts.
    GetUploadOptions = "get_upload_options",
    /// Read a photo.
    GetPhoto = "get_photo",
    /// Read the large rendition of a photo.
    GetPhotoLarge = "get_photo_large",
    /// Read the thumbnail of a photo.
    GetPhotoThumbnail = "get_photo_thumbnail",
    /// Read a photo with its watermark 水印.
    GetWatermarkedPhoto = "get_watermarked_photo",
    /// Read issues.
    ListIssues = "list_issues",
    /// Get a list of issues as CSV.
    ExportIssuesCsv = "export_issues_csv",
    /// Get a list of issues as a workbook.
    ExportIssuesXlsx = "export_issues_xlsx",
    /// Read an issue.
    GetIssue = "get_issue",
    /// Read what happened to an issue.
    ListIssueEvents = "list_issue_events",
    /// 立案.
    FileIssue = "file_issue",
    /// 不予立案.
    RefuseIssue = "refuse_issue",
    /// 作废.
    VoidIssue = "void_issue",
    /// 合并.
    MergeIssue = "merge_issue",
    /// Let bureaus see a blind finding.
    ReleaseIssue = "release_issue",
    /// 派遣.
    DispatchIssue = "dispatch_issue",
    /// 签收.
    AcceptIssue = "accept_issue",
    /// 退回.
    ReturnIssue = "return_issue",
    /// 整改.
    RectifyIssue = "rectify_issue",
    /// 延期申请.
    ExtendIssue = "extend_issue",
    /// 延期审批: decide on what the lead bureau asked for.
    DecideIssue = "decide_issue",
    /// 核查.
    VerifyIssue = "verify_issue",
    /// Close without a passed verification.
    OverrideIssue = "override_issue",
    /// Follow the change feed.
    ListChanges = "list_changes",
    /// Read what to follow the change feed from.
    SnapshotChanges = "snapshot_changes",
    /// Hear that something changed.
    StreamChanges = "stream_changes",
    /// Read points 固定点位.
    ListPoints = "list_points",
    /// Read the issues in one point's surroundings.
    GetPointCluster = "get_point_cluster",
    /// Get what is needed in the field without a network.
    GetFieldPack = "get_field_pack",
    /// Read areas 辖区.
    ListAreas = "list_areas",
    /// Read the kinds of site.
    ListSiteKinds = "list_site_kinds",
    /// Read sites 测评点位.
    ListSites = "list_sites",
    /// Read which base map 底图 is drawn under the district's own.
    GetBaseMap = "get_base_map",
    /// Read back streets and compounds 场所.
    ListPlaces = "list_places",
    /// Read facilities 设施.
    ListFacilities = "list_facilities",
    /// Read permitted zones 疏导点.
    ListPermittedZones = "list_permitted_zones",
    /// Read cameras 视频点位.
    ListCameras = "list_cameras",
    /// Read duties 包保; who may read the names of persons is [`super::sees_persons_on_duty`].
    ListDuties = "list_duties",
    /// Read bureaus 责任单位.
    ListBureaus = "list_bureaus",
    /// Read the taxonomy.
    ListCategories = "list_categories",
    /// Read the routing rules in force.
    GetRouting = "get_routing",
    /// Read which rules were in force.
    ListRuleVersions = "list_rule_versions",
    /// Read rules that were in force.
    GetRuleVersion = "get_rule_version",
    /// Ask what a problem is and where it would go.
    SuggestRoute = "suggest_route",
    /// Check a draft of the rules.
    LintRouting = "lint_routing",
    /// Try a draft of the rules against past issues.
    TryRouting = "try_routing",
    /// Try reference data out, or take it in.
    CreateReferenceImport = "create_reference_import",
    /// Read which reference data was taken in.
    ListReferenceImports = "list_reference_imports",
    /// Read what one import did.
    GetReferenceImport = "get_reference_import",
    /// Send a count 计数观测.
    PutCount = "put_count",
    /// Read counts.
    ListCounts = "list_counts",
    /// Send a complaint or suggestion 投诉建议.
    PutSuggestion = "put_suggestion",
    /// Read everybody's.
    ListSuggestions = "list_suggestions",
    /// Read one's own.
    ListMySuggestions = "list_my_suggestions",
    /// Answer one.
    AnswerSuggestion = "answer_suggestion",
    /// Read figures.
    GetFigures = "get_figures",
    /// Read what the campaign works towards.
    GetCampaign = "get_campaign",
    /// Set it.
    SetCampaign = "set_campaign",
    /// Read the morning's figures 每日例会.
    GetMorning = "get_morning",
    /// Whether the process lives.
    GetHealth = "get_health",
    /// Whether it can serve.
    GetReadiness = "get_readiness",
}

impl Action {
    /// Whether it is open to whoever is not signed in.
    pub fn needs_nobody(self) -> bool {
        matches!(
            self,
            Self::CreateSession
                | Self::RefreshSession
                | Self::CreateToken
                | Self::RedeemHandover
                | Self::GetUploadOptions
                | Self::GetHealth
                | Self::GetReadiness
        )
    }

    /// Whether it is about one issue, so that it must be seen first.
    pub fn is_about_an_issue(self) -> bool {
        match self {
            Self::GetReport
            | Self::GetPhoto
            | Self::GetPhotoLarge
            | Self::GetPhotoThumbnail
            | Self::GetWatermarkedPhoto
            | Self::GetIssue
            | Self::ListIssueEvents
            | Self::FileIssue
            | Self::RefuseIssue
            | Self::VoidIssue
            | Self::MergeIssue
            | Self::ReleaseIssue
            | Self::DispatchIssue
            | Self::AcceptIssue
            | Self::ReturnIssue
            | Self::RectifyIssue
            | Self::ExtendIssue
            | Self::DecideIssue
            | Self::VerifyIssue
            | Self::OverrideIssue => true,
            Self::CreateSession
            | Self::RefreshSession
            | Self::CreateToken
            | Self::EndSession
            | Self::GetMe
            | Self::RedeemHandover
            | Self::CreateHandover
            | Self::ListMySessions
            | Self::EndMySession
            | Self::EndMyOtherSessions
            | Self::PutMyDevice
            | Self::ListMyReports
            | Self::ChangeMyPassword
            | Self::BeginSecondFactor
            | Self::ConfirmSecondFactor
            | Self::RemoveMySecondFactor
            | Self::ListAccounts
            | Self::CreateAccount
            | Self::UpdateAccount
            | Self::ImportAccounts
            | Self::ListMachines
            | Self::CreateMachine
            | Self::UpdateMachine
            | Self::CreateMachineSecret
            | Self::RevokeMachineSecret
            | Self::ListAccountSessions
            | Self::EndAccountSessions
            | Self::RemoveSecondFactor
            | Self::UnlockAccount
            | Self::PutReport
            | Self::PutReports
            | Self::PutPhoto
            | Self::CreateUpload
            | Self::GetUpload
            | Self::SendUpload
            | Self::EndUpload
            | Self::GetUploadOptions
            | Self::ListIssues
            | Self::ExportIssuesCsv
            | Self::ExportIssuesXlsx
            | Self::ListChanges
            | Self::SnapshotChanges
            | Self::StreamChanges
            | Self::ListPoints
            | Self::GetPointCluster
            | Self::GetFieldPack
            | Self::ListAreas
            | Self::ListSiteKinds
            | Self::GetBaseMap
            | Self::ListSites
            | Self::ListPlaces
            | Self::ListFacilities
            | Self::ListPermittedZones
            | Self::ListCameras
            | Self::ListDuties
            | Self::ListBureaus
            | Self::ListCategories
            | Self::GetRouting
            | Self::ListRuleVersions
            | Self::GetRuleVersion
            | Self::SuggestRoute
            | Self::LintRouting
            | Self::TryRouting
            | Self::CreateReferenceImport
            | Self::ListReferenceImports
            | Self::GetReferenceImport
            | Self::PutCount
            | Self::ListCounts
            | Self::PutSuggestion
            | Self::ListSuggestions
            | Self::ListMySuggestions
            | Self::AnswerSuggestion
            | Self::GetFigures
            | Self::GetCampaign
            | Self::SetCampaign
            | Self::GetMorning
            | Self::GetHealth
            | Self::GetReadiness => false,
        }
    }

    /// The roles that use it, once the subject is seen.
    pub fn roles(self) -> &'static [Role] {
        use Role::{Admin, Bureau, Inspector, Office, Supervisor};
        match self {
            Self::ListAccounts
            | Self::CreateAccount
            | Self::UpdateAccount
            | Self::ImportAccounts
            | Self::ListMachines
            | Self::CreateMachine
            | Self::UpdateMachine
            | Self::CreateMachineSecret
            | Self::RevokeMachineSecret
            | Self::ListAccountSessions
            | Self::EndAccountSessions
            | Self::RemoveSecondFactor
            | Self::UnlockAccount => &[Admin],
            Self::CreateReferenceImport | Self::ListReferenceImports | Self::GetReferenceImport => {
                &[Office, Admin]
            }
            Self::GetFieldPack => &[Inspector],
            Self::PutReport
            | Self::PutReports
            | Self::PutCount
            | Self::VerifyIssue
            | Self::SuggestRoute => &[Inspector, Office, Supervisor],
            Self::PutPhoto
            | Self::CreateUpload
            | Self::GetUpload
            | Self::SendUpload
            | Self::EndUpload => &[Inspector, Bureau, Office, Supervisor],
            Self::FileIssue
            | Self::RefuseIssue
            | Self::VoidIssue
            | Self::MergeIssue
            | Self::ReleaseIssue
            | Self::DispatchIssue
            | Self::DecideIssue
            | Self::OverrideIssue
            | Self::ListCounts
            | Self::ListSuggestions
            | Self::AnswerSuggestion => &[Office],
            Self::AcceptIssue | Self::ReturnIssue | Self::RectifyIssue | Self::ExtendIssue => {
                &[Bureau]
            }
            Self::ListCameras | Self::GetMorning => &[Office, Supervisor, Admin],
            Self::LintRouting | Self::TryRouting | Self::SetCampaign => &[Office, Admin],
            // No ranking of persons: an inspector has no business with the figures.
            Self::GetFigures => &[Bureau, Office, Supervisor, Admin],
            Self::CreateSession
            | Self::RefreshSession
            | Self::CreateToken
            | Self::EndSession
            | Self::GetMe
            | Self::RedeemHandover
            | Self::CreateHandover
            | Self::ListMySessions
            | Self::EndMySession
            | Self::EndMyOtherSessions
            | Self::PutMyDevice
            | Self::ListMyReports
            | Self::ChangeMyPassword
            | Self::BeginSecondFactor
            | Self::ConfirmSecondFactor
            | Self::RemoveMySecondFactor
            | Self::GetReport
            | Self::GetPhoto
            | Self::GetPhotoLarge
            | Self::GetPhotoThumbnail
            | Self::GetWatermarkedPhoto
            | Self::ListIssues
            | Self::ExportIssuesCsv
            | Self::ExportIssuesXlsx
            | Self::GetIssue
            | Self::ListIssueEvents
            | Self::ListChanges
            | Self::SnapshotChanges
            | Self::StreamChanges
            | Self::ListPoints
            | Self::GetPointCluster
            | Self::ListAreas
            | Self::ListSiteKinds
            | Self::GetBaseMap
            | Self::ListSites
            | Self::ListPlaces
            | Self::ListFacilities
            | Self::ListPermittedZones
            | Self::ListDuties
            | Self::ListBureaus
            | Self::ListCategories
            | Self::GetRouting
            | Self::ListRuleVersions
            | Self::GetRuleVersion
            | Self::PutSuggestion
            | Self::ListMySuggestions
            | Self::GetCampaign
            | Self::GetUploadOptions
            | Self::GetHealth
            | Self::GetReadiness => &[Inspector, Bureau, Office, Supervisor, Admin],
        }
    }
}
