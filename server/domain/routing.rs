//! Which bureau answers for an issue, and why.
