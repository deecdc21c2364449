//! Supervision cards 督办卡: a white one that was accepted, a yellow one that waits for its reply, one that went up to
//! red, a letter 协调函, and a draft that waits for a signature. The rules draft theirs once the server runs.

use domain::access::{Action, Actor, Scope};
use domain::cards::{CardCommand, Colour};
use domain::workflow::{Command, Stage};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::id;
use super::step::{Step, take};
use crate::actions::cards::{Ask, ByHand, command_card, draft_by_hand};
use crate::actions::record::hex;
use crate::actions::store_photo::{announced, store_photo};
use crate::app::App;
use crate::demo::pictures::{Album, Side};
use crate::demo::story::{Cast, Month};
use crate::gazetteer::Authority;
use crate::intake::{ManifestPhoto, PhotoPart, canonical_hash};
use crate::problem::Error;
use crate::store::cards::{self, Card};
use crate::store::issue_list::{self, Filter, Order};
use crate::store::issues::Issue;

/// The company that gets a letter.
const COMPANY: &str = "gongdian";
/// What a reply says: cause, measures, person.
const REPLY: [&str; 3] = [
    "作业班组交接时漏派，整改后未安排复查。",
    "已整改到位；自本周起每日两次巡查该路段，由班长签字交接。",
    "李建国（作业科科长）",
];

/// Who tells, and the end of the month.
struct Teller<'a> {
    app: &'a App,
    cast: &'a Cast,
    now: Timestamp,
}

/// Tells them in an installation whose month is told.
pub(super) async fn tell(app: &App, cast: &Cast, month: &Month) -> Result<(), Error> {
    let teller = Teller { app, cast, now: month.now };
    let open = teller.list(Filter { open: Some(true), ..Filter::default() }).await?;
    let is_asked = |issue: &&Issue| teller.answers_to_the_district(issue);
    let over = |issue: &&Issue| issue.state.due_at.is_some_and(|due| due < month.now);
    let stands = |stage| move |issue: &&Issue| issue.state.stage == stage;
    let mut late = open.iter().filter(is_asked).filter(over).filter(stands(Stage::Accepted));
    if let Some(issue) = late.next() {
        teller.went_up(issue).await?;
    }
    if let Some(issue) = late.next() {
        teller.waits_for_a_reply(issue).await?;
    }
    if let Some(issue) = late.next() {
        teller.drafted(issue, Some(Colour::Yellow), 1, "超期多日，群众两次来电反映。").await?;
    }
    if let Some(issue) = open.iter().filter(is_asked).find(stands(Stage::Rectified)) {
        teller.was_accepted(issue).await?;
    }
    let theirs = |issue: &&Issue| {
        let state = &issue.state;
        !state.blind
            && (state.lead.as_deref() == Some(COMPANY)
                || state.cooperating.iter().any(|code| code == COMPANY))
    };
    if let Some(issue) = open.iter().find(theirs) {
        teller.wrote_a_letter(issue).await?;
    }
    app.clock.set(month.now);
    Ok(())
}

impl Teller<'_> {
    async fn list(&self, filter: Filter) -> Result<Vec<Issue>, Error> {
        let list = move |conn: &mut schema::Conn| {
            issue_list::list(conn, &Scope::All, &filter, Order::Due, None, 400)
        };
        self.app.db.read(list).await
    }

    fn answers_to_the_district(&self, issue: &Issue) -> bool {
        let gazetteer = self.app.gazetteer();
        let lead = issue.state.lead.as_deref().and_then(|code| gazetteer.bureau(code));
        !issue.state.blind && lead.is_some_and(|lead| lead.authority == Authority::D)
    }

    fn at(&self, hours: i64) {
        self.app.clock.set(self.now - SignedDuration::from_hours(hours));
    }

    async fn drafted(
        &self,
        issue: &Issue,
        colour: Option<Colour>,
        hours: i64,
        facts: &str,
    ) -> Result<Card, Error> {
        self.at(hours);
        let bureau = if colour.is_some() { issue.state.lead.clone() } else { None };
        let ask = ByHand {
            id: id(&format!("card on {} {colour:?}", issue.id)),
            bureau: bureau.unwrap_or_else(|| COMPANY.to_owned()),
            colour,
            facts: facts.to_owned(),
            issues: vec![issue.id],
        };
        Ok(draft_by_hand(self.app, self.cast.account("office")?, ask).await?.0)
    }

    async fn takes(
        &self,
        card: i64,
        actor: Actor,
        (action, command): (Action, CardCommand),
        photos: Vec<ManifestPhoto>,
    ) -> Result<Card, Error> {
        let found = self.app.db.read(move |conn| cards::find(conn, card)).await?;
        let name = format!("{} of card {card}", action.operation_id());
        let ask = Ask {
            actor,
            action,
            card,
            version: Some(found.ok_or(Error::NotFound)?.version),
            id: id(&name),
            content_hash: canonical_hash(&json!({"step": name}))?,
            command,
            photos,
        };
        command_card(self.app, ask).await
    }

    /// Signed and delivered within the hour.
    async fn delivered(&self, card: i64, hours: i64) -> Result<(), Error> {
        self.at(hours);
        let watch = || self.cast.account("watch");
        self.takes(card, watch()?, (Action::SignCard, CardCommand::Sign), Vec::new()).await?;
        let deliver = (Action::DeliverCard, CardCommand::Deliver);
        self.takes(card, watch()?, deliver, Vec::new()).await?;
        Ok(())
    }

    async fn waits_for_a_reply(&self, issue: &Issue) -> Result<(), Error> {
        let facts = "同一位置一周内三次上报，整改后反弹。";
        let card = self.drafted(issue, Some(Colour::Yellow), 5, facts).await?;
        self.delivered(card.id, 4).await?;
        self.at(2);
        let text = "电话已提醒，单位称今天下午安排人员。".to_owned();
        let comment = (Action::CommentCard, CardCommand::Comment { text });
        self.takes(card.id, self.cast.account("office")?, comment, Vec::new()).await?;
        Ok(())
    }

    /// Nothing was replied to the yellow one, so that a red one took its place.
    async fn went_up(&self, issue: &Issue) -> Result<(), Error> {
        let facts = "超期多日未整改，影响点位迎检。";
        let card = self.drafted(issue, Some(Colour::Yellow), 168, facts).await?;
        self.delivered(card.id, 167).await?;
        self.at(3);
        let reason = "逾期未回复，现场仍未整改。".to_owned();
        let upgrade = (Action::UpgradeCard, CardCommand::Upgrade { reason });
        match self.takes(card.id, self.cast.account("office")?, upgrade, Vec::new()).await {
            Ok(card) => self.delivered(card.state.upgraded_to.unwrap_or_default(), 2).await,
            // After a week of holidays the reply is not late yet.
            Err(Error::CardRefused(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    async fn was_accepted(&self, issue: &Issue) -> Result<(), Error> {
        let facts = "超过处置时限仍未整改到位。";
        let card = self.drafted(issue, Some(Colour::White), 10, facts).await?;
        self.delivered(card.id, 9).await?;
        let Some(lead) = issue.state.lead.clone() else { return Ok(()) };
        self.at(6);
        self.replies(card.id, self.cast.account(&lead)?).await?;
        self.at(5);
        let verified = Step {
            name: "verified for its card",
            login: "watch".to_owned(),
            action: Action::VerifyIssue,
            command: Command::Verify {
                passed: true,
                note: "现场已整改到位".to_owned(),
                photos: Vec::new(),
                way: None,
            },
        };
        match take(self.app, self.cast, issue.id, verified).await {
            Ok(_closed) => {}
            // An after-photo that proves nothing: the card stays replied to.
            Err(Error::Refused(_)) => return Ok(()),
            Err(error) => return Err(error),
        }
        self.at(4);
        let note = "整改到位，予以办结。".to_owned();
        let accept = (Action::AcceptCard, CardCommand::Accept { note });
        self.takes(card.id, self.cast.account("office")?, accept, Vec::new()).await?;
        Ok(())
    }

    /// With a photo for the stamped reply, sent at once.
    async fn replies(&self, card: i64, actor: Actor) -> Result<(), Error> {
        let photo_id = id(&format!("stamped reply to card {card}"));
        let bytes = Album::default().picture("0101", Side::After, 7, photo_id)?;
        let sha256 = hex(&Sha256::digest(&bytes));
        let line = ManifestPhoto {
            photo_id,
            sha256: sha256.clone(),
            bytes: bytes.len() as u64,
            media_type: "image/jpeg".to_owned(),
            captured_at: self.app.clock.now(),
            position: None,
            part: PhotoPart::Scene,
        };
        let [cause, measures, person] = REPLY.map(str::to_owned);
        let reply = CardCommand::Reply {
            cause,
            measures,
            person,
            photos: Vec::new(),
            scan: vec![photo_id.to_string()],
            command: id(&format!("{} of card {card}", Action::ReplyCard.operation_id()))
                .to_string(),
        };
        self.takes(card, actor.clone(), (Action::ReplyCard, reply), vec![line]).await?;
        let known = announced(self.app, &actor, &sha256).await?;
        let mut incoming = self.app.photos.receive().await?;
        incoming.write(bytes.into()).await?;
        store_photo(self.app, actor, &sha256, &known, incoming).await?;
        Ok(())
    }

    async fn wrote_a_letter(&self, issue: &Issue) -> Result<(), Error> {
        let facts = "线缆垂落影响行人，请贵公司协助核查归属并整治。";
        let card = self.drafted(issue, None, 8, facts).await?;
        self.delivered(card.id, 7).await
    }
}
