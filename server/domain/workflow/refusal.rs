//! Why a command may not be done: one name for each rule.

use super::claim::CANDIDATES_AT_MOST;
use super::request::UNTIL_AT_MOST_DAYS;
use super::stage::Stage;

/// A command that may not be done, named by the rule that refused it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The issue stands where this command does not apply.
    #[error("an issue that is {0:?} cannot take this step")]
    WrongStage(Stage),
    /// Only the lead bureau takes this step.
    #[error("only the lead bureau takes this step")]
    NotLead,
    /// A blind finding must be released before a bureau is involved.
    #[error("a blind finding must be released first")]
    Blind,
    /// The window for returns is over.
    #[error("the window for returning it is over")]
    ReturnWindowOver,
    /// It was returned as often as may be.
    #[error("it has been returned as often as may be")]
    ReturnsSpent,
    /// A return, refusal, void or override needs its reason in words.
    #[error("this step needs its reason in words")]
    ReasonMissing,
    /// A rectification names at least one after-photo.
    #[error("a rectification names at least one after-photo")]
    AfterPhotoMissing,
    /// The after-photos have not arrived.
    #[error("no after-photo has arrived yet")]
    AfterPhotoNotStored,
    /// No picture can be made of any after-photo that arrived.
    #[error("no after-photo that arrived can be looked at")]
    AfterPhotoUnreadable,
    /// Every after-photo that arrived had been used before.
    #[error("every after-photo that arrived has been used before")]
    AfterPhotoSeenBefore,
    /// Every after-photo is a copy of an earlier picture.
    #[error("every after-photo is a copy of an earlier picture")]
    AfterPhotoCopied,
    /// No after-photo was taken after dispatch.
    #[error("no after-photo was taken after dispatch")]
    AfterPhotoTooEarly,
    /// No after-photo was taken near the issue.
    #[error("no after-photo was taken near the issue")]
    AfterPhotoTooFar,
    /// Whoever rectified does not verify.
    #[error("whoever rectified an issue does not verify it")]
    VerifierRectified,
    /// An issue is not merged into itself.
    #[error("an issue is not merged into itself")]
    MergeIntoItself,
    /// An issue is merged into one that is still open.
    #[error("an issue that is {0:?} takes no reports")]
    MergeIntoEnded(Stage),
    /// What bureaus may not see is merged with nothing that they see.
    #[error("a blind finding is merged with blind findings only")]
    MergeBlind,
    /// A clock that runs is not merged with one that stands still.
    #[error("an issue that is deferred or shelved is not merged")]
    MergeSuspended,
    /// What a bureau works on is not merged into what waits for one.
    #[error("an issue that was dispatched is not merged into one that was not")]
    MergeIntoUndispatched,
    /// Nobody of a bureau on the issue verifies it.
    #[error("nobody of a bureau on the issue verifies it")]
    VerifierOfBureau,
    /// 案头核查 is the office's.
    #[error("only the office verifies from the desk")]
    DeskByOffice,
    /// What has to be looked at on site is not passed from the desk.
    #[error("it has to be looked at on site")]
    OnSiteOwed,
    /// Only a stage before the limit's last is done by itself.
    #[error("no stage before the last of its limit is open")]
    NoStageOpen,
    /// Only what has a limit can be given a later one.
    #[error("an issue without a limit needs no extension")]
    ExtensionWithoutLimit,
    /// An extension is asked for before the limit is over.
    #[error("an extension is asked for before the limit is over")]
    ExtensionTooLate,
    /// An extension asks for a later limit than there is.
    #[error("the limit asked for is not later than the one there is")]
    ExtensionNotLater,
    /// What was not offered, or not any more, is not claimed.
    #[error("it is not offered to anybody")]
    NotOffered,
    /// Only those whom it is offered to claim it.
    #[error("it is not offered to this bureau")]
    NotCandidate,
    /// It is claimed in time.
    #[error("the time to claim it is over, or another bureau has claimed it")]
    OfferOver,
    /// Who declined does not decline again.
    #[error("the bureau has declined it already")]
    ClaimDeclined,
    /// One offer at a time.
    #[error("it is offered already")]
    OfferedAlready,
    /// An offer is to somebody, and not to everybody.
    #[error("an offer is to one bureau at least and {CANDIDATES_AT_MOST} at most")]
    CandidatesWrong,
    /// Whoever does not help has no part.
    #[error("the bureau does not help with the issue")]
    NotCooperating,
    /// A part is accepted once.
    #[error("the bureau has accepted its part already")]
    PartAccepted,
    /// A part is accepted before it is done.
    #[error("the bureau has not accepted its part")]
    PartNotAccepted,
    /// What is not owed is neither done nor released.
    #[error("the bureau owes nothing: it has no sub-task, or that is done or released")]
    PartNotOwed,
    /// A sub-task is set for a time to come.
    #[error("the limit of the sub-task is over already")]
    PartDuePast,
    /// A sub-task ends no later than its issue.
    #[error("the limit of the sub-task is later than that of the issue")]
    PartDueAfterIssue,
    /// The lead rectifies once every part is done or released.
    #[error("a cooperating bureau has not done its part")]
    PartsOwed,
    /// A deferral is until a date that is still to come.
    #[error("the date of the deferral is over")]
    DeferralOver,
    /// What is asked for has a longest time.
    #[error("what was asked for is more than {UNTIL_AT_MOST_DAYS} days away")]
    UntilTooFar,
    /// What was asked for before is not decided on.
    #[error("something was asked for already, and is not decided on")]
    RequestPending,
    /// Shelving, and an extension from the second one on, come with the stamped form.
    #[error("a photo of the stamped form is needed")]
    FormMissing,
    /// Nothing was asked for.
    #[error("nothing was asked for")]
    RequestMissing,
    /// As many drafts wait as may.
    #[error("as many drafts wait for the bureau as may")]
    DraftsTooMany,
    /// The two levels that decide are two persons.
    #[error("whoever approved it first does not approve it again")]
    RequestSamePerson,
}
