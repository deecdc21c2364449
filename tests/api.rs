//! One operation at a time.

mod smoke;
