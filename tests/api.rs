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
mod reference;
mod routing;
mod sight;
mod sign_in;
mod standards;
mod tokens;
