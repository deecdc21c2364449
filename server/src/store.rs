//! Every query. Rows stay private to their module; what leaves are the program's own values.
//!
//! Verbs are a closed set: find (one or none), list, insert, save, remove.

pub mod accounts;
pub mod bulletins;
pub mod calendars;
pub mod campaign;
pub mod cards;
pub mod channels;
pub mod commands;
pub mod counts;
pub mod desk_waits;
pub mod drafts;
pub mod events;
pub mod feed;
pub mod handovers;
pub mod installation;
pub mod issue_list;
pub mod issues;
pub mod links;
pub mod machine_secrets;
pub mod messages;
pub mod morning;
pub mod notices;
pub mod offers;
pub mod part_spans;
pub mod photo_files;
pub mod photo_marks;
pub mod photos;
pub mod points;
pub mod reference;
pub mod reference_imports;
pub mod reports;
pub mod rules;
pub mod sample_raises;
pub mod sessions;
mod sight;
pub mod sign_in_failures;
pub mod snapshot;
pub mod spans;
pub mod stored;
pub mod suggestions;
pub mod suspensions;
pub mod uploads;
pub mod verification_tasks;
pub mod viewings;
