//! Time limits (处置时限) on the statutory calendar.
