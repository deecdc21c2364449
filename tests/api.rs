//! One operation at a time.

mod access;
mod chain;
mod commands;
mod contract;
mod garbage;
mod lists;
mod manifests;
mod oracle;
mod photos;
mod reference;
mod sight;
mod tokens;
