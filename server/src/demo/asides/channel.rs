//! A channel of the bureau with the most to do, as an administrator sets one up: switched off, since it leads nowhere.

use domain::notices::{Audience, Topic};

use crate::app::App;
use crate::notices::Address;
use crate::problem::Error;
use crate::store::channels::{self, Channel, ChannelKind, Language};

/// Whose notices it carries.
const BUREAU: &str = "huanwei";
/// A robot that nobody has.
const ROBOT: &str =
    "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=00000000-0000-0000-0000-000000000000";

/// Sets it.
pub(super) async fn tell(app: &App) -> Result<(), Error> {
    let url = ROBOT.parse().map_err(|_| Error::Internal("the robot has no address".to_owned()))?;
    let address = Address { url: Some(url), ..Address::default() };
    let code = "huanwei-wecom".to_owned();
    let channel = Channel {
        sealed: address.seal(&app.vault, &code)?,
        shown: address.shown(),
        code,
        name: "环卫中心值班群".to_owned(),
        audience: Audience::Bureau(BUREAU.to_owned()),
        kind: ChannelKind::Wecom,
        topics: vec![Topic::Dispatched, Topic::Failed, Topic::DueSoon, Topic::Overdue],
        gather_minutes: 10,
        language: Language::Zh,
        enabled: false,
        cursor: 0,
        tried_at: None,
    };
    app.db.write(move |conn| channels::save(conn, channel.clone())).await?;
    Ok(())
}
