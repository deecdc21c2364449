//! Drafts a card: by hand, or because a rule owes it.

use domain::access::{Action, Actor, Subject, may};
use domain::cards::{CardKind, CardRefusal, CardRules, Colour, DraftedCard, OwedCard, Trigger};
use domain::workflow::IssueState;
use jiff::Timestamp;
use schema::Conn;
use uuid::Uuid;

use super::record::begin;
use crate::actions::authority;
use crate::actions::record::Act;
use crate::app::App;
use crate::gazetteer::{Authority, Gazetteer};
use crate::intake::check_text;
use crate::problem::Error;
use crate::store::cards::{self, Card, key_by_hand};
use crate::store::issues;

/// Issues on a card, at most.
const ISSUES_MAX: usize = 100;

/// A card as somebody drafts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByHand {
    /// Made by the client; the same again gives the card that is there.
    pub id: Uuid,
    /// Code of the bureau it is addressed to.
    pub bureau: String,
    /// How grave; a letter goes without.
    pub colour: Option<Colour>,
    /// What it is about, in words.
    pub facts: String,
    /// Numbers of the issues on it.
    pub issues: Vec<i64>,
}

/// What is sent to a bureau: vertical units and companies are asked by letter.
pub fn kind_for(gazetteer: &Gazetteer, bureau: &str) -> Option<CardKind> {
    gazetteer.bureau(bureau).map(|known| match known.authority {
        Authority::D => CardKind::Card,
        Authority::V | Authority::X => CardKind::Letter,
    })
}

/// Drafts a card by hand; asked again, the card that is there. Says whether it is new.
pub async fn draft_by_hand(app: &App, actor: Actor, ask: ByHand) -> Result<(Card, bool), Error> {
    may(Some(&actor), Action::CreateCard, &Subject::None)?;
    let (gazetteer, now) = (app.gazetteer(), app.clock.now());
    let kind = kind_for(&gazetteer, &ask.bureau).ok_or_else(|| {
        Error::invalid("bureau-unknown", format!("There is no bureau {}.", ask.bureau))
    })?;
    let ask = checked(ask, kind)?;
    let write = move |conn: &mut Conn| {
        authority::still_holds(conn, &actor)?;
        let key = key_by_hand(actor.account, ask.id);
        if let Some(known) = cards::find_by_key(conn, &key)? {
            return same(known, &ask).map(|known| (known, false));
        }
        for issue in &ask.issues {
            let found = issues::find_locked(conn, *issue)?.ok_or_else(|| {
                Error::invalid("issue-unknown", format!("There is no issue {issue}."))
            })?;
            may_stand(&found.state, &ask.bureau)?;
        }
        let rules = cards::find_rules(conn)?.rules;
        let card = DraftedCard {
            facts: ask.facts.clone(),
            issues: ask.issues.clone(),
            ..blank(kind, ask.colour, ask.bureau.clone(), &rules)
        };
        let act = Act { actor: &actor, at: now, command: Some(ask.id) };
        if let Some(new) = begin(conn, key.clone(), card, act)? {
            return Ok((new, true));
        }
        // The same was sent twice at once, and the other one was faster.
        let known = cards::find_by_key(conn, &key)?.ok_or(Error::Overtaken)?;
        same(known, &ask).map(|known| (known, false))
    };
    app.db.write(write).await
}

fn checked(ask: ByHand, kind: CardKind) -> Result<ByHand, Error> {
    check_text("facts", &ask.facts)?;
    let facts = ask.facts.trim().to_owned();
    let mut issues = ask.issues;
    issues.sort_unstable();
    issues.dedup();
    if facts.is_empty() {
        return Err(Error::invalid("text-missing", "`facts` says nothing."));
    }
    if issues.is_empty() || issues.len() > ISSUES_MAX {
        let detail = format!("`issues` names {}, not 1 to {ISSUES_MAX}.", issues.len());
        return Err(Error::invalid("card-issues", detail));
    }
    let colour = match kind {
        CardKind::Letter => None,
        CardKind::Card if ask.colour.is_none() => {
            let detail = "`colour` is missing: only vertical units and companies get a letter.";
            return Err(Error::invalid("colour-missing", detail));
        }
        CardKind::Card => ask.colour,
    };
    Ok(ByHand { colour, facts, issues, ..ask })
}

/// A card names what its bureau answers for and can see.
fn may_stand(state: &IssueState, bureau: &str) -> Result<(), CardRefusal> {
    let is_theirs = state.lead.as_deref() == Some(bureau)
        || state.cooperating.iter().any(|code| code == bureau);
    match state {
        IssueState { blind: true, .. } => Err(CardRefusal::Blind),
        _ if !state.stage.is_open() => Err(CardRefusal::IssueEnded),
        _ if !is_theirs => Err(CardRefusal::IssueOfOthers),
        _ => Ok(()),
    }
}

fn same(known: Card, ask: &ByHand) -> Result<Card, Error> {
    let drafted = &known.state.drafted;
    let is = drafted.bureau == ask.bureau
        && drafted.colour == ask.colour
        && drafted.facts == ask.facts
        && drafted.issues == ask.issues;
    if is { Ok(known) } else { Err(Error::CardConflict) }
}

/// A card of this kind and colour by the rules in force, without what it is about.
fn blank(kind: CardKind, colour: Option<Colour>, bureau: String, rules: &CardRules) -> DraftedCard {
    let colour = colour.filter(|_| kind == CardKind::Card);
    let level = rules.level(kind, colour);
    DraftedCard {
        kind,
        colour,
        bureau,
        to: level.to.clone(),
        reply_days: level.reply_days,
        consequence: level.consequence.clone(),
        facts: String::new(),
        issues: Vec::new(),
        rule: None,
        owed_at: None,
        upgrade_of: None,
    }
}

/// Drafts what a rule owes; no where it was drafted before, or its bureau is no longer known.
pub fn draft_owed(
    conn: &mut Conn,
    owed: &OwedCard,
    rules: &CardRules,
    gazetteer: &Gazetteer,
    now: Timestamp,
) -> Result<bool, Error> {
    let Some(kind) = kind_for(gazetteer, &owed.bureau) else { return Ok(false) };
    let card = DraftedCard {
        facts: facts(owed),
        issues: owed.issues.clone(),
        rule: Some(owed.rule.clone()),
        owed_at: Some(owed.at),
        ..blank(kind, Some(owed.colour), owed.bureau.clone(), rules)
    };
    let actor = Actor::system();
    let act = Act { actor: &actor, at: now, command: None };
    Ok(begin(conn, owed.key.clone(), card, act)?.is_some())
}

/// What a rule's card says of itself 事由, in the words of an official letter.
fn facts(owed: &OwedCard) -> String {
    let amount = owed.amount;
    match owed.trigger {
        Trigger::OverdueHours => format!("下列案件超过处置时限 {amount} 小时仍未整改到位。"),
        Trigger::UnacknowledgedHours => format!("下列案件派遣后 {amount} 小时仍未签收。"),
        Trigger::ReworkTimes => format!("下列案件经核查不合格，累计返工 {amount} 次。"),
        Trigger::OverdueInWeek => format!("你单位一周内超期未整改的案件达到 {amount} 件。"),
    }
}
