//! Three keys, kept beside the data but never in it nor in a backup: sealing, lookup, signing.
use aes_gcm_siv::aead::{Aead, KeyInit, Payload};
use aes_gcm_siv::{Aes256GcmSiv, Nonce};
use db::planted::Defect;
use hmac::{Hmac, Mac};
use kernel::{Error, Result};
use rustix::fs::{FlockOperation, Mode, OFlags};
use sha2::{Digest, Sha256};
use std::fs;
use std::io::Write;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use subtle::ConstantTimeEq;

const FILES: [&str; 3] = ["encryption.key", "lookup.key", "signing.key"];
/// Stands beside the keys from before the first is written until all are.
const MAKING: &str = "making";

/// The installation's secrets. Cloned freely; never printed (it has no `Debug` on purpose).
#[derive(Clone)]
pub struct Keys {
    encryption: [u8; 32],
    lookup: [u8; 32],
    signing: [u8; 32],
}

impl Keys {
    /// Whether any key lies in `dir`.
    pub fn are_in(dir: &Path) -> bool {
        FILES.iter().any(|f| dir.join(f).exists())
    }
    /// Opens the keys in `dir`, or makes them there (files of mode 0600) if none of them exists. Several processes may begin
    /// at once: one makes them, the others wait for it. Of keys whose making was cut off nobody has sealed anything yet; they
    /// are made anew.
    ///
    /// # Errors
    /// `keys-incomplete` if some but not all are there; `keys-unreadable` if one cannot be read or written.
    pub fn open_or_make(dir: &Path) -> Result<Keys> {
        let paths = FILES.map(|f| dir.join(f));
        let _alone = alone(dir)?;
        if dir.join(MAKING).exists() && paths.iter().any(|p| read(p).is_err()) {
            clear(&paths)?;
        }
        match paths.iter().filter(|p| p.exists()).count() {
            0 => make(dir, &paths)?,
            3 => {}
            _ => return Err(Error::invalid("keys-incomplete").with("dir", dir.display())),
        }
        let [encryption, lookup, signing] = paths;
        Ok(Keys { encryption: read(&encryption)?, lookup: read(&lookup)?, signing: read(&signing)? })
    }
    /// Names the keys without giving them away; stored in the database to tell whether they fit it.
    pub fn fingerprint(&self) -> [u8; 32] {
        let all = [b"leitu-keys-v1".as_slice(), &self.encryption, &self.lookup, &self.signing];
        all.iter().fold(Sha256::new(), |h, part| h.chain_update(part)).finalize().into()
    }
    /// Seals personal data. `place` (table|column|row) is authenticated: a sealed value moved elsewhere does not open.
    ///
    /// # Errors
    /// `internal` if the machine gives no randomness.
    pub fn seal(&self, place: &str, plain: &str) -> Result<Vec<u8>> {
        self.seal_bytes(place, plain.as_bytes())
    }
    /// As [`Self::seal`], of a file.
    ///
    /// # Errors
    /// As [`Self::seal`].
    pub fn seal_bytes(&self, place: &str, plain: &[u8]) -> Result<Vec<u8>> {
        if Defect::InTheClear.is_on() {
            return Ok(plain.to_vec());
        }
        let mut nonce = [0u8; 12];
        getrandom::fill(&mut nonce).map_err(Error::internal)?;
        let sealed = self.cipher()?.encrypt(Nonce::from_slice(&nonce), Payload { msg: plain, aad: place.as_bytes() });
        Ok([nonce.as_slice(), &sealed.map_err(Error::internal)?].concat())
    }
    /// # Errors
    /// `internal` if it was not sealed here, for this place, with these keys.
    pub fn unseal(&self, place: &str, sealed: &[u8]) -> Result<String> {
        String::from_utf8(self.unseal_bytes(place, sealed)?).map_err(Error::internal)
    }
    /// # Errors
    /// As [`Self::unseal`].
    pub fn unseal_bytes(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        let (nonce, body) = sealed.split_at_checked(12).ok_or_else(|| Error::internal("sealed value too short"))?;
        let plain = self.cipher()?.decrypt(Nonce::from_slice(nonce), Payload { msg: body, aad: place.as_bytes() });
        plain.map_err(|_| Error::internal("sealed value does not open"))
    }
    /// A keyed hash by which an exact value can be found and nothing be guessed.
    pub fn lookup(&self, place: &str, plain: &str) -> [u8; 32] {
        keyed(&self.lookup, place, plain)
    }
    /// A keyed hash that proves we wrote `text` for `purpose`.
    pub fn sign(&self, purpose: &str, text: &str) -> [u8; 32] {
        keyed(&self.signing, purpose, text)
    }
    pub fn signed(&self, purpose: &str, text: &str, signature: &[u8]) -> bool {
        self.sign(purpose, text).as_slice().ct_eq(signature).into()
    }
    /// A secret of its own for `purpose`, always the same, from which neither the keys nor another purpose's can be told.
    pub fn secret(&self, purpose: &str) -> [u8; 32] {
        keyed(&self.signing, &format!("secret {purpose}"), "")
    }
    fn cipher(&self) -> Result<Aes256GcmSiv> {
        Aes256GcmSiv::new_from_slice(&self.encryption).map_err(Error::internal)
    }
}

fn keyed(key: &[u8; 32], context: &str, text: &str) -> [u8; 32] {
    let mut mac: Hmac<Sha256> = match Mac::new_from_slice(key) {
        Ok(mac) => mac,
        Err(_) => unreachable!("HMAC takes keys of any length"),
    };
    mac.update(&(context.len() as u64).to_be_bytes());
    mac.update(context.as_bytes());
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().into()
}

fn unusable(path: &Path, why: impl std::fmt::Display) -> Error {
    Error::invalid("keys-unreadable").with("path", path.display()).with("why", why)
}

/// The folder, made if need be, to ourselves for as long as the answer is kept.
fn alone(dir: &Path) -> Result<fs::File> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(|e| unusable(dir, e))?;
    let folder = fs::File::open(dir).map_err(|e| unusable(dir, e))?;
    rustix::fs::flock(&folder, FlockOperation::LockExclusive).map_err(|e| unusable(dir, e))?;
    Ok(folder)
}

fn clear(paths: &[PathBuf; 3]) -> Result<()> {
    for path in paths.iter().filter(|p| p.exists()) {
        fs::remove_file(path).map_err(|e| unusable(path, e))?;
    }
    Ok(())
}

fn make(dir: &Path, paths: &[PathBuf; 3]) -> Result<()> {
    let making = dir.join(MAKING);
    fs::write(&making, "").map_err(|e| unusable(&making, e))?;
    for path in paths {
        let mut key = [0u8; 32];
        getrandom::fill(&mut key).map_err(Error::internal)?;
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
        let file = rustix::fs::open(path, flags, Mode::from_raw_mode(0o600)).map_err(|e| unusable(path, e))?;
        let mut file = fs::File::from(file);
        file.write_all(&key).and_then(|()| file.sync_all()).map_err(|e| unusable(path, e))?;
    }
    let synced = || fs::File::open(dir).and_then(|folder| folder.sync_all());
    synced().and_then(|()| fs::remove_file(&making)).and_then(|()| synced()).map_err(|e| unusable(dir, e))
}

fn read(path: &Path) -> Result<[u8; 32]> {
    let bytes = fs::read(path).map_err(|e| unusable(path, e))?;
    bytes.try_into().map_err(|_| unusable(path, "not 32 bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    fn keys() -> (Keys, TempDir) {
        let dir = tempfile::tempdir().unwrap();
        (Keys::open_or_make(dir.path()).unwrap(), dir)
    }

    #[test]
    fn keys_are_private_files_that_stay_the_same() {
        use std::os::unix::fs::PermissionsExt;
        let (first, home) = keys();
        let dir = home.path();
        assert_eq!(Keys::open_or_make(dir).unwrap().fingerprint(), first.fingerprint());
        for f in FILES {
            assert_eq!(fs::metadata(dir.join(f)).unwrap().permissions().mode() & 0o777, 0o600);
        }
        fs::remove_file(dir.join(FILES[1])).unwrap();
        assert_eq!(Keys::open_or_make(dir).err().unwrap().key, "keys-incomplete");
    }

    #[test]
    fn of_many_that_begin_at_once_one_makes_the_keys_and_all_have_the_same() {
        let place = tempfile::tempdir().unwrap();
        let begin = || Keys::open_or_make(place.path()).unwrap().fingerprint();
        let found: Vec<_> = std::thread::scope(|s| {
            let all: Vec<_> = (0..16).map(|_| s.spawn(begin)).collect();
            all.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert!(found.iter().all(|f| *f == found[0]));
    }

    #[test]
    fn keys_whose_making_was_cut_off_are_made_anew_and_lost_ones_are_not() {
        let home = tempfile::tempdir().unwrap();
        let dir = home.path();
        for whole in 0..=FILES.len() {
            fs::write(dir.join(MAKING), "").unwrap();
            for f in FILES {
                let _ = fs::remove_file(dir.join(f));
            }
            FILES[..whole].iter().for_each(|f| fs::write(dir.join(f), "half").unwrap());
            assert!(Keys::open_or_make(dir).is_ok(), "{whole}");
            assert!(!dir.join(MAKING).exists());
        }
        fs::remove_file(dir.join(FILES[0])).unwrap();
        assert_eq!(Keys::open_or_make(dir).err().unwrap().key, "keys-incomplete");
    }

    #[test]
    fn what_is_sealed_opens_only_in_its_place_and_whole() {
        let (k, _dir) = keys();
        let sealed = k.seal("member|id_number|1", "211302197512310020").unwrap();
        assert_eq!(k.unseal("member|id_number|1", &sealed).unwrap(), "211302197512310020");
        assert!(k.unseal("member|id_number|2", &sealed).is_err());
        assert_ne!(sealed, k.seal("member|id_number|1", "211302197512310020").unwrap());
        for bit in 0..sealed.len() * 8 {
            let mut forged = sealed.clone();
            forged[bit / 8] ^= 1 << (bit % 8);
            assert!(k.unseal("member|id_number|1", &forged).is_err(), "bit {bit}");
        }
        assert!(k.secret("a") == k.secret("a") && k.secret("a") != k.secret("b") && k.secret("a") != k.sign("a", ""));
        assert!(k.signed("visitor", "abc", &k.sign("visitor", "abc")) && !k.signed("reset", "abc", &k.sign("visitor", "abc")));
    }
}
