//! A province, the real binary over it, and clients that save scores through HTTP: for the proofs of durability and the
//! measurements.
#![allow(dead_code, reason = "each user takes its part")]
pub mod client;
pub mod province;
pub mod server;
