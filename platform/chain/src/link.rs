//! How one event hangs on the one before it.
use ring::digest::{Context, SHA256};

/// SHA-256.
pub(crate) type Hash = [u8; 32];

/// One event of the chain, wherever it was read.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    pub segment: &'a [u8],
    /// From 1.
    pub seq: i64,
    pub hash: &'a [u8],
    /// The event itself, one object of JSON; the hash covers exactly these bytes.
    pub body: &'a [u8],
}

/// `SHA-256("leitu-event-v1\0" ‖ segment ‖ seq ‖ previous hash ‖ length ‖ body)`; the first event of a segment
/// hangs on the segment's own id. Numbers are eight bytes, big-endian.
pub fn link(segment: &[u8], seq: i64, previous: &[u8], body: &[u8]) -> Hash {
    let mut hash = Context::new(&SHA256);
    for part in [b"leitu-event-v1\0".as_slice(), segment, &seq.to_be_bytes(), previous, &(body.len() as u64).to_be_bytes(), body] {
        hash.update(part);
    }
    finished(hash)
}

pub(crate) fn finished(hash: Context) -> Hash {
    let digest = hash.finish();
    let mut out = Hash::default();
    // Both are 32 bytes.
    out.iter_mut().zip(digest.as_ref()).for_each(|(to, from)| *to = *from);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hex::hex;

    /// By Python's hashlib; whoever changes the form breaks every chain there is.
    #[test]
    fn the_form_never_changes() {
        let first = link(&[7; 16], 1, &[7; 16], r#"{"at":0}"#.as_bytes());
        assert_eq!(hex(&first), "dd4b841d0278e7c8c06ad71bea81327ec62a2508de8175f73acccc27ed39cd61");
        assert_eq!(hex(&link(&[7; 16], 2, &first, "会".as_bytes())), "52a5ef24a6cfaf38e056ed8047ff7c5cfd9db3adde1dff4d73de006d86425f9e");
    }
}
