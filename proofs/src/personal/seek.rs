//! Looks for texts in everything that lies in a folder, however they may be written there, and in what is packed inside.
use aho_corasick::AhoCorasick;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

/// Archives within archives, at most.
const DEEP: usize = 3;

/// What is looked for: each pattern is a way to write one of the texts.
pub struct Seeker {
    automaton: AhoCorasick,
    /// By pattern: whose it is, and how it is written.
    of: Vec<(usize, &'static str)>,
}

/// What was looked through, and what was found where.
#[derive(Default)]
pub struct Found {
    pub files: usize,
    pub bytes: u64,
    /// By place: which texts, and in which writings.
    pub hits: BTreeMap<PathBuf, (BTreeSet<usize>, BTreeSet<&'static str>)>,
}

impl Found {
    /// Texts that were found anywhere.
    pub fn texts(&self) -> usize {
        self.hits.values().flat_map(|(texts, _)| texts).collect::<BTreeSet<_>>().len()
    }
    /// Where and how, for whoever has to mend it.
    pub fn told(&self) {
        for (path, (texts, ways)) in &self.hits {
            eprintln!("  {}: {} of what was planted, as {ways:?}", path.display(), texts.len());
        }
    }
}

/// A number with a sign between region, birthday and the rest.
fn parted(text: &str, sign: &str) -> Option<String> {
    let whole = text.len() == 18 && text.is_ascii();
    whole.then(|| [&text[..6], &text[6..14], &text[14..]].join(sign))
}

/// The part of its base64 that is the same whatever stands before and behind, for the three places it may begin at.
fn in_base64(bytes: &[u8], engine: &impl Engine) -> Vec<Vec<u8>> {
    let at = |before: usize| {
        let padded = [vec![0; before], bytes.to_vec()].concat();
        let text = engine.encode(&padded);
        // Signs that hold a bit of what stands before, and of what stands behind.
        let (from, to) = ((before * 8).div_ceil(6), padded.len() * 8 / 6);
        text.as_bytes()[from..to].to_vec()
    };
    (0..3).map(at).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// All ways in which a text is looked for.
fn writings(text: &str) -> Vec<(Vec<u8>, &'static str)> {
    let bytes = text.as_bytes();
    let wide = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let lower = text.to_ascii_lowercase();
    let percent: String = bytes.iter().map(|b| format!("%{b:02X}")).collect();
    let hash: [u8; 32] = Sha256::digest(bytes).into();
    let mut all = vec![
        (bytes.to_vec(), "UTF-8"),
        (wide(u16::to_le_bytes), "UTF-16LE"),
        (wide(u16::to_be_bytes), "UTF-16BE"),
        (hex(bytes).into_bytes(), "hex"),
        (hex(bytes).to_ascii_uppercase().into_bytes(), "hex"),
        (percent.into_bytes(), "percents"),
        (hash.to_vec(), "a plain SHA-256"),
        (hex(&hash).into_bytes(), "a plain SHA-256"),
    ];
    if lower != text {
        all.push((lower.into_bytes(), "UTF-8"));
    }
    all.extend([" ", "-", "+", "%20"].into_iter().filter_map(|sign| Some((parted(text, sign)?.into_bytes(), "parted"))));
    all.extend(in_base64(bytes, &STANDARD).into_iter().chain(in_base64(bytes, &URL_SAFE)).map(|b| (b, "base64")));
    all
}

impl Seeker {
    /// For texts.
    pub fn texts(texts: &[String]) -> Seeker {
        Self::of(texts.iter().map(|text| writings(text)).collect())
    }
    /// For values as they are stored, beside texts: whatever belongs to one person stands in one list.
    pub fn persons(persons: &[(Vec<String>, Vec<Vec<u8>>)]) -> Seeker {
        let one = |(texts, stored): &(Vec<String>, Vec<Vec<u8>>)| {
            let mut all: Vec<_> = texts.iter().flat_map(|text| writings(text)).collect();
            all.extend(stored.iter().map(|bytes| (bytes.clone(), "as it was stored")));
            all
        };
        Self::of(persons.iter().map(one).collect())
    }
    fn of(all: Vec<Vec<(Vec<u8>, &'static str)>>) -> Seeker {
        let (mut patterns, mut of) = (Vec::new(), Vec::new());
        for (whose, writings) in all.into_iter().enumerate() {
            for (pattern, way) in writings {
                patterns.push(pattern);
                of.push((whose, way));
            }
        }
        Seeker { automaton: AhoCorasick::new(patterns).expect("patterns"), of }
    }
    /// Looks through a folder, or one file. What vanishes meanwhile is not there.
    pub fn through(&self, place: &Path, found: &mut Found) {
        if place.is_dir() {
            let mut all: Vec<PathBuf> = std::fs::read_dir(place).into_iter().flatten().flatten().map(|e| e.path()).collect();
            all.sort();
            all.iter().filter(|path| !path.is_symlink()).for_each(|path| self.through(path, found));
        } else if let Ok(bytes) = std::fs::read(place) {
            found.files += 1;
            self.within(&bytes, place, found, DEEP);
        }
    }
    /// Looks through bytes, and through what is packed in them.
    pub fn within(&self, bytes: &[u8], place: &Path, found: &mut Found, deep: usize) {
        found.bytes += bytes.len() as u64;
        for hit in self.automaton.find_overlapping_iter(bytes) {
            let (whose, way) = self.of[hit.pattern().as_usize()];
            let (texts, ways) = found.hits.entry(place.to_owned()).or_default();
            texts.insert(whose);
            ways.insert(way);
        }
        if deep == 0 {
            return;
        }
        if bytes.starts_with(b"PK\x03\x04")
            && let Ok(mut zip) = zip::ZipArchive::new(Cursor::new(bytes))
        {
            for at in 0..zip.len() {
                let Ok(mut part) = zip.by_index(at) else { continue };
                let (name, mut inside) = (part.name().to_owned(), Vec::new());
                if part.read_to_end(&mut inside).is_ok() {
                    self.within(&inside, &place.join(name), found, deep - 1);
                }
            }
        }
        if bytes.starts_with(&[0x1f, 0x8b]) {
            let mut inside = Vec::new();
            if flate2::read::GzDecoder::new(bytes).read_to_end(&mut inside).is_ok() {
                self.within(&inside, &place.join("unpacked"), found, deep - 1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBER: &str = "11010519491231002X";

    fn found(bytes: &[u8]) -> Vec<&'static str> {
        let mut found = Found::default();
        Seeker::texts(&[NUMBER.into()]).within(bytes, Path::new("here"), &mut found, DEEP);
        found.hits.into_values().flat_map(|(_, ways)| ways).collect()
    }

    #[test]
    fn a_number_is_found_however_it_is_written() {
        let wide: Vec<u8> = NUMBER.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (way, bytes) in [
            ("UTF-8", format!("id={NUMBER}&").into_bytes()),
            ("UTF-8", NUMBER.to_lowercase().into_bytes()),
            ("UTF-16LE", wide),
            ("hex", format!("\\x{}", hex(NUMBER.as_bytes())).into_bytes()),
            ("parted", b"110105 19491231 002X".to_vec()),
            ("a plain SHA-256", Sha256::digest(NUMBER).to_vec()),
        ] {
            assert_eq!(found(&bytes), [way]);
        }
        for before in ["", "a", "ab", "abc"] {
            assert_eq!(found(STANDARD.encode(format!("{before}{NUMBER}, born")).as_bytes()), ["base64"], "{before}");
        }
        assert!(found(b"110105********002X, 110105194912310021").is_empty());
    }

    #[test]
    fn a_number_is_found_in_what_is_packed() {
        let book = crate::hostile::workbooks::of_texts(&[vec!["a".into(), NUMBER.into()]]);
        assert_eq!(found(&book), ["UTF-8"]);
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::Write::write_all(&mut packed, &book).unwrap();
        assert_eq!(found(&packed.finish().unwrap()), ["UTF-8"]);
    }
}
