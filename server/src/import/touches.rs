//! What an import would touch: the open issues that newer reference data has lie elsewhere, or be
//! answered for by somebody else.

use domain::access::Actor;
use jiff::Timestamp;
use schema::Conn;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::actions::reassign::anew;
use crate::actions::record::{Act, Happened};
use crate::gazetteer::Gazetteer;
use crate::problem::Error;
use crate::store::issues::{self, Issue};

/// Issues read at a time.
const PAGE: i64 = 500;
/// Examples that are told.
const EXAMPLES: usize = 50;

/// What an import would touch.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
pub struct Touches {
    /// Open issues that were looked at.
    pub looked_at: usize,
    /// Those that would change in any way.
    pub changed: usize,
    /// In other areas than before.
    pub area: usize,
    /// With other points around them, or others of their bands or distances.
    pub points: usize,
    /// With another lead bureau.
    pub lead: usize,
    /// With the same lead bureau and other cooperating ones.
    pub cooperating: usize,
    /// That nobody answered for, and somebody would.
    pub newly_routed: usize,
    /// That somebody answers for, and nobody would: they go back to the desk.
    pub newly_unrouted: usize,
    /// That waited for the desk, and would be offered to whoever may own them 待认领.
    #[serde(default)]
    pub offered: usize,
    /// With another limit, or one that waits for no announcement any more.
    #[serde(default)]
    pub limit: usize,
    /// The first 50 of them that are not blind.
    pub examples: Vec<Touched>,
}

/// An issue that would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Touched {
    /// Its number.
    pub issue: i64,
    /// As it is.
    pub before: Standing,
    /// As it would be.
    pub after: Standing,
}

/// Where an issue lies, and who answers for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"area": "429901001000", "points": ["P001"], "lead": "huanwei", "cooperating": [],
    "due_at": "2026-11-20T03:12:07Z"}))]
pub struct Standing {
    /// Its finest area.
    #[schema(required)]
    pub area: Option<String>,
    /// The points it lies around.
    pub points: Vec<String>,
    /// Its lead bureau.
    #[schema(required)]
    pub lead: Option<String>,
    /// Its cooperating bureaus.
    pub cooperating: Vec<String>,
    /// Its limit.
    #[serde(default)]
    #[schema(required, value_type = Option<String>, format = DateTime)]
    pub due_at: Option<Timestamp>,
}

impl Standing {
    fn of(issue: &Issue) -> Self {
        Self {
            area: issue.area().map(str::to_owned),
            points: issue.detail.points.iter().map(|near| near.code.clone()).collect(),
            lead: issue.state.lead.clone(),
            cooperating: issue.state.cooperating.clone(),
            due_at: issue.state.due_at,
        }
    }
}

impl Touches {
    /// Looks at every open issue with reference data that is not in force yet.
    pub fn of(conn: &mut Conn, would_be: &Gazetteer, at: Timestamp) -> Result<Self, Error> {
        let (mut touches, mut after) = (Self::default(), 0);
        loop {
            let page = issues::list_open(conn, after, PAGE)?;
            let Some(last) = page.last() else { return Ok(touches) };
            after = last.id;
            for issue in page {
                touches.look_at(&issue, would_be, at)?;
            }
        }
    }

    fn look_at(&mut self, issue: &Issue, would_be: &Gazetteer, at: Timestamp) -> Result<(), Error> {
        self.looked_at += 1;
        let events = anew(issue, would_be, at)?;
        if events.is_empty() {
            return Ok(());
        }
        let (mut now, actor) = (issue.clone(), Actor::system());
        Happened::to(&mut now, events, Act { actor: &actor, at, command: None })?;
        self.count(issue, &now);
        // An administrator reads this, and sees no blind finding.
        if self.examples.len() < EXAMPLES && !issue.state.blind {
            let (before, after) = (Standing::of(issue), Standing::of(&now));
            self.examples.push(Touched { issue: issue.id, before, after });
        }
        Ok(())
    }

    fn count(&mut self, before: &Issue, now: &Issue) {
        self.changed += 1;
        self.area += usize::from(before.detail.areas != now.detail.areas);
        self.points += usize::from(before.detail.points != now.detail.points);
        self.limit +=
            usize::from(before.state.limit.is_some() && before.state.limit != now.state.limit);
        self.offered += usize::from(before.state.offer.is_none() && now.state.offer.is_some());
        let (was, is) = (&before.state.lead, &now.state.lead);
        *match (was, is) {
            (None, Some(_)) => &mut self.newly_routed,
            (Some(_), None) => &mut self.newly_unrouted,
            (Some(was), Some(is)) if was != is => &mut self.lead,
            _ if before.state.cooperating != now.state.cooperating => &mut self.cooperating,
            _ => return,
        } += 1;
    }

    /// In words: the numbers, and some of the issues.
    pub fn lines(&self, verbose: bool) -> Vec<String> {
        if self.changed == 0 {
            return vec![format!("open issues: none of {} is touched", self.looked_at)];
        }
        let parts = [
            (self.area, "in another area"),
            (self.points, "with other points around them"),
            (self.lead, "with another lead bureau"),
            (self.cooperating, "with other cooperating bureaus"),
            (self.newly_routed, "that find their bureau"),
            (self.offered, "that are offered to whoever may own them"),
            (self.limit, "with another limit"),
            (self.newly_unrouted, "that lose their bureau and go back to the desk"),
        ];
        let parts = parts.iter().filter(|(count, _)| *count > 0);
        let parts: Vec<String> = parts.map(|(count, words)| format!("{count} {words}")).collect();
        let (changed, all) = (self.changed, self.looked_at);
        let total = format!("open issues: {changed} of {all} are touched: {}", parts.join(", "));
        let some = if verbose { EXAMPLES } else { 5 };
        let examples = self.examples.iter().take(some).map(Touched::line);
        std::iter::once(total).chain(examples).collect()
    }
}

impl Touched {
    fn line(&self) -> String {
        let Self { issue, before, after } = self;
        let one = |code: &Option<String>| code.clone().unwrap_or_else(|| "none".to_owned());
        let instant =
            |at: Option<Timestamp>| at.map_or_else(|| "none".to_owned(), |at| at.to_string());
        let many = |codes: &[String]| {
            if codes.is_empty() { "none".to_owned() } else { codes.join(" ") }
        };
        let told = [
            ("area", one(&before.area), one(&after.area)),
            ("points", many(&before.points), many(&after.points)),
            ("lead", one(&before.lead), one(&after.lead)),
            ("cooperating", many(&before.cooperating), many(&after.cooperating)),
            ("limit", instant(before.due_at), instant(after.due_at)),
        ];
        let changes = told.iter().filter(|(_, before, after)| before != after);
        let changes: Vec<String> =
            changes.map(|(what, before, after)| format!("{what} {before} -> {after}")).collect();
        if changes.is_empty() {
            return format!("  issue {issue}: its distances, places, flags or reason change");
        }
        format!("  issue {issue}: {}", changes.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(area: &str, lead: Option<&str>) -> Standing {
        let lead = lead.map(str::to_owned);
        Standing {
            area: Some(area.to_owned()),
            points: Vec::new(),
            lead,
            cooperating: Vec::new(),
            due_at: None,
        }
    }

    #[test]
    fn touches_are_told_in_plain_words() {
        let none = Touches { looked_at: 7, ..Touches::default() };
        assert_eq!(none.lines(false), ["open issues: none of 7 is touched"]);
        let moved = Touched {
            issue: 412,
            before: standing("1", Some("xinhua")),
            after: standing("2", None),
        };
        let stays = standing("1", None);
        let hidden = Touched { issue: 413, before: stays.clone(), after: stays };
        let some = Touches {
            looked_at: 7,
            changed: 2,
            area: 1,
            newly_unrouted: 1,
            examples: vec![moved, hidden],
            ..Touches::default()
        };
        assert_eq!(
            some.lines(false),
            [
                "open issues: 2 of 7 are touched: 1 in another area, 1 that lose their bureau and go back to the desk",
                "  issue 412: area 1 -> 2, lead xinhua -> none",
                "  issue 413: its distances, places, flags or reason change",
            ]
        );
    }
}
