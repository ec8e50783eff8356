//! No change without an event
