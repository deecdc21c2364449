//! One operation at a time.

mod access;
mod chain;
mod commands;
mod contract;
mod garbage;
mod imports;
mod lists;
mod manifests;
mod oracle;
mod photos;
mod sight;
mod tokens;
