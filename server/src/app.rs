//! What every request can reach.

use std::sync::{Arc, PoisonError, RwLock};

use schema::Db;
use tokio::sync::Semaphore;

use crate::accounts::Accounts;
use crate::actions::store_photo::Binding;
use crate::actions::submit_report::Inbox;
use crate::actions::upload_photo::Keeping;
use crate::clock::Clock;
use crate::config::Config;
use crate::gazetteer::Gazetteer;
use crate::heard::Heard;
use crate::http::reports::Batches;
use crate::lifecycle::Lifecycle;
use crate::metrics::Metrics;
use crate::papers::Press;
use crate::photos::{Blobs, Looking};
use crate::problem::Error;
use crate::rates::Rates;
use crate::second_factor::Vault;
use crate::store::installation;
use crate::tokens::{Keys, LinkKey};
use crate::uploads::Uploads;
use crate::viewings::Viewings;

/// What every request can reach; one per process, shared by all threads.
#[allow(missing_debug_implementations)]
pub struct App {
    /// The database.
    pub db: Db,
    /// The clock.
    pub clock: Clock,
    /// Settings.
    pub config: Config,
    /// Photo bytes.
    pub photos: Blobs,
    /// What looking at photos shares.
    pub looking: Looking,
    /// Keys that sign access tokens.
    pub keys: Keys,
    /// What seals the secrets of second factors.
    pub vault: Vault,
    /// What signs links for people without an account.
    pub link_key: LinkKey,
    /// Accounts and sessions lately seen.
    pub accounts: Accounts,
    /// Who waits to hear of changes.
    pub heard: Arc<Heard>,
    /// What accounts and addresses have asked lately.
    pub rates: Rates,
    /// Reports that wait to be written.
    pub inbox: Inbox,
    /// Photos that came whole and wait to be bound to what announced them.
    pub binding: Binding,
    /// Uploads of which it is to be kept how far they are.
    pub keeping: Keeping,
    /// Batches of reports that are worked on.
    pub batches: Batches,
    /// Photos that come in parts.
    pub uploads: Uploads,
    /// One import at a time is read: each may take the memory of some hundred megabytes.
    pub importing: Arc<Semaphore>,
    /// Two workbooks at a time are written: each takes room on the disk until it is sent.
    pub exporting: Semaphore,
    /// What prints papers.
    pub press: Press,
    /// Identity of this installation's feed; part of every cursor.
    pub epoch: String,
    /// Which blind findings were shown to whom lately.
    pub viewings: Viewings,
    /// Numbers for whoever watches.
    pub metrics: Metrics,
    /// Whether the server goes on or is about to end.
    pub lifecycle: Lifecycle,
    gazetteer: RwLock<Arc<Gazetteer>>,
}

impl App {
    /// Puts the parts together.
    pub fn new(
        db: Db,
        clock: Clock,
        config: Config,
        keys: Keys,
        (vault, link_key): (Vault, LinkKey),
        gazetteer: Gazetteer,
        epoch: String,
    ) -> Self {
        let heard = Arc::new(Heard::new(&config.changes));
        Self {
            photos: Blobs::new(config.data.join("photos")),
            looking: Looking::new(&config.photos),
            accounts: Accounts::telling(Arc::clone(&heard)),
            heard,
            rates: Rates::new(&config.rates, &clock),
            inbox: Inbox::default(),
            binding: Binding::default(),
            keeping: Keeping::default(),
            batches: Batches::default(),
            uploads: Uploads::new(config.photos.uploads_at_once),
            importing: Arc::new(Semaphore::new(1)),
            exporting: Semaphore::new(2),
            press: Press::new(&config.paper),
            viewings: Viewings::default(),
            metrics: Metrics::default(),
            lifecycle: Lifecycle::default(),
            gazetteer: RwLock::new(Arc::new(gazetteer)),
            db,
            clock,
            config,
            keys,
            vault,
            link_key,
            epoch,
        }
    }

    /// The reference data as it stands; hold it for one request at most.
    pub fn gazetteer(&self) -> Arc<Gazetteer> {
        Arc::clone(&self.gazetteer.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts newer reference data in place, whole.
    pub fn replace_gazetteer(&self, newer: Gazetteer) {
        *self.gazetteer.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(newer);
    }

    /// Reads the reference data anew when another version is in force than the one at hand.
    pub async fn reload_gazetteer(&self) -> Result<(), Error> {
        let at_hand = self.gazetteer().version;
        let newer = self
            .db
            .read(move |conn| {
                let in_force = installation::find_reference_version(conn)?;
                if in_force == at_hand { Ok(None) } else { Gazetteer::load(conn).map(Some) }
            })
            .await?;
        if let Some(newer) = newer {
            self.replace_gazetteer(newer);
        }
        Ok(())
    }
}
