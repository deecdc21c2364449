//! zhoubian: takes inspectors' reports, finds who answers for them, keeps the clock, and shows what
//! became of them.

// Examples of the API are JSON within macros.
#![recursion_limit = "256"]

pub mod accounts;
pub mod actions;
pub mod app;
pub mod backup;
pub mod boot;
pub mod check;
pub mod clock;
pub mod config;
pub mod demo;
pub mod export;
pub mod figures;
pub mod gazetteer;
pub mod heard;
pub mod http;
pub mod import;
pub mod intake;
pub mod jobs;
mod key_file;
pub mod lifecycle;
pub mod lockout;
pub mod logs;
pub mod metrics;
pub mod notices;

pub mod papers;
pub mod passwords;
pub mod people;
pub mod photos;
pub mod placing;
mod private_file;
pub mod problem;
pub mod pull;
pub mod rates;
pub mod routes;
pub mod rules;
pub mod second_factor;
pub mod serve;
mod spelled;
pub mod store;
pub mod terminal;
pub mod together;
pub mod tokens;
pub mod uploads;
pub mod viewings;
pub mod views;
