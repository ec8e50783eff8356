//! Where segments end.
use crate::hex::{hex, unhex};
use crate::link::{Hash, finished};
use ring::digest::{Context, SHA256};
use std::collections::BTreeMap;

/// Where one segment ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub segment: Vec<u8>,
    /// The number of its newest event.
    pub seq: i64,
    /// That event's hash.
    pub hash: Vec<u8>,
}

impl Head {
    /// `head <segment> <seq> <hash>`
    pub fn line(&self) -> String {
        format!("head {} {} {}\n", hex(&self.segment), self.seq, hex(&self.hash))
    }
    /// What [`Head::line`] wrote, without the end of the line.
    pub fn parse(line: &str) -> Option<Head> {
        let mut words = line.strip_prefix("head ")?.split(' ');
        let head = Head { segment: unhex(words.next()?)?, seq: words.next()?.parse().ok()?, hash: unhex(words.next()?)? };
        // One form: a sign before the number or capitals would be another text for the same hash.
        (head.line().strip_suffix('\n') == Some(line)).then_some(head)
    }
}

/// The heads of all segments at one moment, in the order of the segments' ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heads(BTreeMap<Vec<u8>, (i64, Vec<u8>)>);

impl Heads {
    /// Takes the place of the segment's former head.
    pub fn set(&mut self, head: Head) {
        self.0.insert(head.segment, (head.seq, head.hash));
    }
    pub fn all(&self) -> impl Iterator<Item = Head> {
        self.0.iter().map(|(segment, (seq, hash))| Head { segment: segment.clone(), seq: *seq, hash: hash.clone() })
    }
    pub fn segments(&self) -> i64 {
        i64::try_from(self.0.len()).unwrap_or(i64::MAX)
    }
    /// Events up to these heads.
    pub fn events(&self) -> i64 {
        self.0.values().fold(0, |sum, (seq, _)| sum.saturating_add(*seq))
    }
    /// SHA-256 over the [lines](Head::line) one after another.
    pub fn root(&self) -> Hash {
        let mut hash = Context::new(&SHA256);
        self.all().for_each(|head| hash.update(head.line().as_bytes()));
        finished(hash)
    }
}

impl FromIterator<Head> for Heads {
    fn from_iter<I: IntoIterator<Item = Head>>(list: I) -> Self {
        let mut heads = Heads::default();
        list.into_iter().for_each(|head| heads.set(head));
        heads
    }
}
