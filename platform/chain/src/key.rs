//! The installation's key for checkpoints: Ed25519.
use crate::hex::{hex, unhex};
use kernel::{Error, Result};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use std::sync::Arc;

pub(crate) type Signature = [u8; 64];

/// Whoever has this can tell who signed, and cannot sign.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PublicKey([u8; 32]);

impl PublicKey {
    /// 64 digits, as [`Display`](std::fmt::Display) writes them.
    pub fn parse(text: &str) -> Option<PublicKey> {
        unhex(text)?.try_into().ok().map(PublicKey)
    }
    pub(crate) fn admits(&self, text: &str, signature: &Signature) -> bool {
        UnparsedPublicKey::new(&ED25519, &self.0).verify(text.as_bytes(), signature).is_ok()
    }
}

impl std::fmt::Display for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

/// Signs checkpoints; cheap to clone, never printed.
#[derive(Clone)]
pub struct Signer(Arc<Ed25519KeyPair>);

impl Signer {
    /// The key that belongs to a secret of 32 bytes: the same one each time.
    ///
    /// # Errors
    /// Internal, if the library refuses the secret.
    pub fn of(secret: &[u8; 32]) -> Result<Signer> {
        let pair = Ed25519KeyPair::from_seed_unchecked(secret).map_err(|e| Error::internal(format!("a signing key: {e}")))?;
        Ok(Signer(Arc::new(pair)))
    }
    pub fn public(&self) -> PublicKey {
        let mut key = [0; 32];
        key.iter_mut().zip(self.0.public_key().as_ref()).for_each(|(to, from)| *to = *from);
        PublicKey(key)
    }
    pub(crate) fn sign(&self, text: &str) -> Signature {
        let mut signature = [0; 64];
        signature.iter_mut().zip(self.0.sign(text.as_bytes()).as_ref()).for_each(|(to, from)| *to = *from);
        signature
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8032, 7.1, test 1.
    #[test]
    fn the_signature_is_the_standard_s_own() {
        let secret = unhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60").unwrap();
        let signer = Signer::of(&secret.try_into().unwrap()).unwrap();
        assert_eq!(signer.public().to_string(), "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        let signature = signer.sign("");
        assert!(hex(&signature).starts_with("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"));
        assert!(signer.public().admits("", &signature) && !signer.public().admits("x", &signature));
        assert_eq!(PublicKey::parse(&signer.public().to_string()), Some(signer.public()));
        assert_eq!(PublicKey::parse("00"), None);
    }
}
