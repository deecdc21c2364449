//! Who acts in the story: the accounts, by what they do.

use std::collections::HashMap;

use domain::access::Actor;

use crate::demo::geography::Dice;
use crate::problem::Error;
use crate::store::accounts::Account;

/// Accounts by what they do.
#[derive(Debug)]
pub(in crate::demo) struct Cast {
    by_login: HashMap<String, Actor>,
    inspectors: Vec<Actor>,
}

/// The hour at which the late shift takes over.
const SHIFT_CHANGE: i8 = 14;

impl Cast {
    /// The accounts of the demo.
    pub(in crate::demo) fn new(accounts: &[Account]) -> Self {
        // The leaders of their teams are inspectors too, but on no beat of their own.
        let on_a_beat = |account: &&Account| account.login.starts_with("inspector");
        let inspectors = accounts.iter().filter(on_a_beat);
        let by_login = |account: &Account| (account.login.clone(), account.actor());
        Self {
            inspectors: inspectors.map(Account::actor).collect(),
            by_login: accounts.iter().map(by_login).collect(),
        }
    }

    /// An inspector of this area on the shift of this hour.
    pub(super) fn inspector(
        &self,
        area: Option<&str>,
        hour: i8,
        dice: &mut Dice,
    ) -> Result<Actor, Error> {
        let half = self.inspectors.len() / 2;
        let shift =
            if hour < SHIFT_CHANGE { &self.inspectors[..half] } else { &self.inspectors[half..] };
        let walks = |actor: &&Actor| {
            area.is_none_or(|area| actor.duty_areas.iter().any(|duty| duty == area))
        };
        let there: Vec<&Actor> = shift.iter().filter(walks).collect();
        let chosen = there.get(dice.below(there.len())).copied().or(shift.first());
        chosen.cloned().ok_or_else(|| missing("inspector"))
    }

    /// Somebody who takes reports in at the desk 受理员.
    pub(super) fn intake(&self, dice: &mut Dice) -> Result<Actor, Error> {
        self.account(dice.word(&["intake01", "intake02", "intake03"]))
    }

    /// Somebody who dispatches 派遣员.
    pub(super) fn dispatcher(&self, dice: &mut Dice) -> Result<Actor, Error> {
        self.account(dice.word(&["dispatch01", "dispatch02", "office"]))
    }

    /// Somebody of the supervision team 督导组.
    pub(super) fn supervisor(&self, dice: &mut Dice) -> Result<Actor, Error> {
        self.account(&format!("supervisor{:02}", dice.within(1, 9)))
    }

    /// The account with this login; a bureau's is its code.
    pub(in crate::demo) fn account(&self, login: &str) -> Result<Actor, Error> {
        self.by_login.get(login).cloned().ok_or_else(|| missing(login))
    }
}

fn missing(who: &str) -> Error {
    Error::Internal(format!("the demo has no account {who}"))
}
