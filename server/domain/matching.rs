//! Is this report a problem we already know?
