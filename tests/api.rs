//! One operation at a time.

mod access;
mod chain;
mod commands;
mod contract;
mod garbage;
mod imports;
mod limits;
mod lists;
mod machines;
mod manifests;
mod oracle;
mod people;
mod photos;
mod reference;
mod routing;
mod sight;
mod sign_in;
mod standards;
mod tokens;
mod uploads;
