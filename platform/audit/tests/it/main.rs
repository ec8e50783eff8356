//! The log on both engines: signed, tampered with, taken away.
#![allow(clippy::restriction, clippy::disallowed_methods, reason = "what is missing fails the test; it forges what no slice could")]
mod forging;
mod log;
mod signing;
mod tampering;
