//! What everybody shares who looks at photos: memory, turns, the word that one has come.

use std::sync::Arc;

use tokio::sync::{Mutex, Notify, OwnedSemaphorePermit, Semaphore};

use super::Font;
use crate::config::PhotoSettings;
use crate::problem::Error;

const MIB: usize = 1024 * 1024;

/// What everybody shares who looks at photos.
#[derive(Debug)]
pub struct Looking {
    /// Said whenever a photo has come.
    pub arrived: Notify,
    /// Said whenever a photo was looked at.
    pub looked: Notify,
    /// Who reads a photo to learn how much memory it takes, while holding some already: one at a
    /// time, as two could wait for each other.
    pub turn: Mutex<()>,
    /// Photos that are drawn on now.
    pub drawing: Semaphore,
    /// The type they are drawn on with.
    pub font: Font,
    memory: Arc<Semaphore>,
    all: usize,
}

/// Memory that is set aside; given back when this is dropped.
#[derive(Debug)]
pub struct Reserved {
    permit: OwnedSemaphorePermit,
}

impl Reserved {
    /// How much it is, bytes.
    pub fn bytes(&self) -> usize {
        self.permit.num_permits() * MIB
    }
}

impl Looking {
    /// With as much memory and as many at once as are set.
    pub fn new(settings: &PhotoSettings) -> Self {
        let all = settings.memory_mib.min(Semaphore::MAX_PERMITS).min(u32::MAX as usize);
        Self {
            arrived: Notify::new(),
            looked: Notify::new(),
            turn: Mutex::new(()),
            drawing: Semaphore::new(settings.workers.max(1)),
            font: Font::new(settings.watermark_font.clone()),
            memory: Arc::new(Semaphore::new(all)),
            all,
        }
    }

    /// Sets memory aside, once there is as much; none when there never is.
    pub async fn reserve(&self, bytes: usize) -> Result<Option<Reserved>, Error> {
        let count = bytes.div_ceil(MIB).max(1);
        if count > self.all {
            return Ok(None);
        }
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        let permit = Arc::clone(&self.memory).acquire_many_owned(count).await;
        let permit = permit.map_err(|closed| Error::Internal(closed.to_string()))?;
        Ok(Some(Reserved { permit }))
    }

    /// Makes what is set aside as much as this; none when there never is as much.
    pub async fn enlarge(
        &self,
        mut has: Reserved,
        bytes: usize,
    ) -> Result<Option<Reserved>, Error> {
        if bytes.div_ceil(MIB) > self.all {
            return Ok(None);
        }
        if let Some(more) = bytes.checked_sub(has.bytes()).filter(|more| *more > 0) {
            let Some(more) = self.reserve(more).await? else { return Ok(None) };
            has.permit.merge(more.permit);
        }
        Ok(Some(has))
    }
}
