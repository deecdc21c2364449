//! 核查: how somebody else looks at what is said to be done, and who is asked to.
//!
//! What is grave is looked at on site. Of what is not, a share is: drawn by a number that anybody can reckon
//! again and nobody can choose. The rest is looked at by the desk, on its after-photos.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::part;
use super::refusal::Refusal;
use super::stage::Stage;
use super::state::IssueState;
use crate::access::{Actor, Role};

/// How it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// 现场核查: somebody goes there.
    OnSite,
    /// 案头核查: the office, on the after-photos.
    Desk,
    /// 视频核查: the place as it is now, by a camera.
    Video,
}

impl Way {
    /// The word used on the wire and in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::OnSite => "on_site",
            Self::Desk => "desk",
            Self::Video => "video",
        }
    }
}

/// Why the share of a bureau is higher than everybody's: what it said was done, and was not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Raised {
    /// The issue whose check failed.
    pub issue: i64,
    /// How many more of the bureau's rectifications have the higher share after this one.
    pub left: u32,
}

/// A draw: whether one of many is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draw {
    /// The published seed.
    pub seed: String,
    /// What was drawn for: an issue's number, or a report's id.
    pub of: String,
    /// The share, per cent.
    pub percent: u32,
    /// The number drawn, 0 to 9,999: below `percent` × 100 it is looked at.
    pub number: u32,
    /// Why the share is a higher one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raised: Option<Raised>,
}

impl Draw {
    /// Draws: the first 8 bytes of SHA-256 of `seed/of/at`, `at` in microseconds since 1970, modulo 10,000.
    ///
    /// The instant is the one at which the server took the rectification in, so that who sends it knows the
    /// number neither before nor can try for a better one.
    pub fn new(share: &Share, of: &str, at: Timestamp) -> Self {
        let text = format!("{}/{of}/{}", share.seed, at.as_microsecond());
        let hash = Sha256::digest(text.as_bytes());
        let first = hash.iter().take(8).fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
        let number = u32::try_from(first % 10_000).unwrap_or(0);
        let (seed, percent, raised) = (share.seed.clone(), share.percent, share.raised.clone());
        Self { seed, of: of.to_owned(), percent, number, raised }
    }

    /// Whether it is looked at.
    pub fn is_hit(&self) -> bool {
        self.number < self.percent.saturating_mul(100)
    }
}

/// Of how many one is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Share {
    /// The published seed.
    pub seed: String,
    /// Per cent.
    pub percent: u32,
    /// Why it is a higher one.
    pub raised: Option<Raised>,
}

/// What decides how the rectification of an issue is to be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checking {
    /// The issue's number.
    pub issue: i64,
    /// The share that is drawn; none where every one is looked at on site.
    pub share: Option<Share>,
}

/// Why it is looked at this way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Because {
    /// 必查: every one of its gravity is.
    Every,
    /// 返工: it failed before.
    Rework,
    /// 再次上报: a later report says that it is not done.
    Contradicted,
    /// 抽中: the draw met it.
    Drawn(Draw),
    /// 未抽中: the draw left it out.
    LeftOut(Draw),
}

impl Because {
    /// The draw, where there was one.
    pub fn draw(&self) -> Option<&Draw> {
        match self {
            Self::Drawn(draw) | Self::LeftOut(draw) => Some(draw),
            Self::Every | Self::Rework | Self::Contradicted => None,
        }
    }

    /// The word used on the wire.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Every => "every",
            Self::Rework => "rework",
            Self::Contradicted => "contradicted",
            Self::Drawn(_) => "drawn",
            Self::LeftOut(_) => "left_out",
        }
    }
}

/// A look that is owed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owed {
    /// How.
    pub way: Way,
    /// Why so.
    pub because: Because,
}

/// How a rectification that comes in now has to be looked at.
pub(super) fn owed(state: &IssueState, checking: &Checking, now: Timestamp) -> Owed {
    if state.rework > 0 {
        return Owed { way: Way::OnSite, because: Because::Rework };
    }
    let Some(share) = &checking.share else {
        return Owed { way: Way::OnSite, because: Because::Every };
    };
    let draw = Draw::new(share, &checking.issue.to_string(), now);
    if draw.is_hit() {
        Owed { way: Way::OnSite, because: Because::Drawn(draw) }
    } else {
        Owed { way: Way::Desk, because: Because::LeftOut(draw) }
    }
}

/// The check that what was self-handled 自处置 by this report owes; none where the draw leaves it out.
pub fn sample(report: &str, share: &Share, now: Timestamp) -> Option<Owed> {
    let draw = Draw::new(share, report, now);
    draw.is_hit().then_some(Owed { way: Way::Desk, because: Because::Drawn(draw) })
}

/// Whether somebody may be given the task of looking at it, whatever their role may.
pub fn may_be_given(state: &IssueState, actor: &Actor) -> Result<(), Refusal> {
    if state.verification.is_none() && state.stage != Stage::Rectified {
        return Err(Refusal::WrongStage(state.stage));
    }
    verifier_is_independent(state, actor)
}

pub(super) fn verifier_is_independent(state: &IssueState, actor: &Actor) -> Result<(), Refusal> {
    if state.rectified_by == Some(actor.account) || part::was_done_by(state, actor.account) {
        return Err(Refusal::VerifierRectified);
    }
    let is_on_it = |bureau| state.bureaus.contains(bureau);
    if actor.role == Role::Bureau || actor.bureau.as_ref().is_some_and(is_on_it) {
        return Err(Refusal::VerifierOfBureau);
    }
    Ok(())
}

/// How it was looked at: as it is stated, or else as it was owed.
///
/// From the desk nothing passes that has to be looked at on site. That it is not done may be seen there, too.
pub(super) fn way(
    state: &IssueState,
    actor: &Actor,
    passed: bool,
    stated: Option<Way>,
) -> Result<Way, Refusal> {
    let owed = state.verification.as_ref().map(|owed| owed.way);
    let way = stated.unwrap_or(match owed {
        _ if actor.role != Role::Office => Way::OnSite,
        _ if state.self_handled => Way::Desk,
        owed => owed.unwrap_or(Way::OnSite),
    });
    if way != Way::Desk {
        return Ok(way);
    }
    if actor.role != Role::Office {
        return Err(Refusal::DeskByOffice);
    }
    let on_site = state.stage == Stage::Rectified && owed != Some(Way::Desk);
    if passed && on_site { Err(Refusal::OnSiteOwed) } else { Ok(way) }
}

/// A later report says that what waits for the desk is not done: somebody has to go there.
pub(super) fn contradict(state: &mut IssueState) {
    if let Some(owed) = state.verification.as_mut().filter(|owed| owed.way == Way::Desk) {
        **owed = Owed { way: Way::OnSite, because: Because::Contradicted };
    }
}

/// Nothing is owed any more once it was looked at.
pub(super) fn lapse(state: &mut IssueState) {
    let waits = state.stage == Stage::Rectified
        || (state.self_handled && state.checked_at.is_none() && state.stage == Stage::Closed);
    if !waits {
        state.verification = None;
    }
}
