//! Closure figures and how they are counted.
