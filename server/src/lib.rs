//! zhoubian: takes inspectors' reports, finds who answers for them, keeps the clock, and shows what
//! became of them.

pub mod accounts;
pub mod app;
pub mod clock;
pub mod gazetteer;
pub mod passwords;
pub mod photos;
pub mod problem;
pub mod tokens;
