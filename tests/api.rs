//! One operation at a time.

mod access;
mod batch;
mod chain;
mod commands;
mod contract;
mod exports;
mod field_pack;
mod garbage;
mod imports;
mod limits;
mod lists;
mod machines;
mod manifests;
mod morning;
mod oracle;
mod people;
mod photos;
mod reference;
mod routing;
mod sight;
mod sign_in;
mod standards;
mod suggest;
mod tokens;
mod uploads;
