//! How one event hangs on the one before it. A script of sixty lines can do this again; docs/operations.md shows one.
use sha2::{Digest, Sha256};

/// One row of the chain as it is exported.
#[derive(Clone, Debug)]
pub struct Link {
    pub segment: Vec<u8>,
    pub seq: i64,
    pub body: String,
    pub hash: Vec<u8>,
}

/// `SHA-256("leitu-event-v1\0" ‖ segment ‖ seq ‖ previous hash ‖ length ‖ body)`; the first event of a segment
/// hangs on the segment's own id. Numbers are eight bytes, big-endian.
pub fn link(segment: &[u8], seq: i64, previous: &[u8], body: &str) -> Vec<u8> {
    Sha256::new_with_prefix(b"leitu-event-v1\0")
        .chain_update(segment)
        .chain_update(seq.to_be_bytes())
        .chain_update(previous)
        .chain_update((body.len() as u64).to_be_bytes())
        .chain_update(body)
        .finalize()
        .to_vec()
}
