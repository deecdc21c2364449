//! What whoever runs it does: back up, restore, look for damage, watch.

mod backup;
mod damage;
mod full_disk;
mod postgres_restart;
mod watching;
