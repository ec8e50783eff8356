//! The one verifier, of databases and of files: it is told what there is, in order, and says what is wrong first.
//!
//! First the checkpoints that stand beside the events, by number, each after the heads that are new in it; then the events,
//! by segment and number; then [`end`](Verifier::end).
use crate::hex::hex;
use crate::link::{Hash, Row, link};
use crate::{Checkpoint, Head, Heads, Kept, PublicKey};
use std::collections::BTreeMap;

/// What was checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Whole {
    pub events: u64,
    pub segments: u64,
    /// Checkpoints that stand beside the events.
    pub checkpoints: u64,
    /// Events up to the newest of them.
    pub signed: u64,
    /// Checkpoints that were kept elsewhere.
    pub copies: u64,
}

/// What is wrong first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Broken {
    /// An event does not hang on the one before it: one of the two was changed, or what stood between them is gone.
    Link { segment: String, seq: i64 },
    /// A column says something else than the event it belongs to.
    Column { segment: String, seq: i64, column: &'static str },
    /// A checkpoint has an event that is not there any more: the end was cut off, or the whole segment.
    Gone { number: i64, segment: String, seq: i64 },
    /// The event is another one than the checkpoint has: the chain was written anew.
    Rewritten { number: i64, segment: String, seq: i64 },
    /// The signature is none of the key's.
    Signature { number: i64 },
    /// It was signed by another installation.
    Key { number: i64 },
    /// The heads that stand with the checkpoint are not those it signs.
    Heads { number: i64 },
    /// Of the checkpoints beside the events this one is missing, or it is another one than was kept elsewhere.
    Record { number: i64 },
}

/// `number` and hash of whoever wants to see an event again.
type Wanted = BTreeMap<Vec<u8>, BTreeMap<i64, Vec<(i64, Vec<u8>)>>>;

/// See the module.
pub struct Verifier {
    key: Option<PublicKey>,
    /// Copies whose like has not been met beside the events.
    unmet: Vec<Checkpoint>,
    heads: Heads,
    wanted: Wanted,
    whole: Whole,
    place: Place,
}

/// Where the walk through the events stands.
struct Place {
    segment: Vec<u8>,
    seq: i64,
    head: Hash,
    /// What is wanted of this segment from here on.
    ahead: BTreeMap<i64, Vec<(i64, Vec<u8>)>>,
    next: i64,
}

impl Verifier {
    /// `key` is the installation's; without one, whatever key the first checkpoint names. `copies` were kept elsewhere.
    ///
    /// # Errors
    /// A copy that is wrong in itself.
    pub fn new(key: Option<PublicKey>, copies: Vec<Kept>) -> Result<Verifier, Broken> {
        let place = Place { segment: Vec::new(), seq: 0, head: Hash::default(), ahead: BTreeMap::new(), next: i64::MAX };
        let whole = Whole { copies: copies.len() as u64, ..Whole::default() };
        let mut verifier = Verifier { key, unmet: Vec::new(), heads: Heads::default(), wanted: Wanted::new(), whole, place };
        for copy in copies {
            verifier.genuine(&copy.checkpoint)?;
            if let Some(heads) = &copy.heads {
                verifier.over(&copy.checkpoint, heads)?;
                heads.all().for_each(|head| verifier.want(copy.checkpoint.number, head));
            }
            verifier.unmet.push(copy.checkpoint);
        }
        Ok(verifier)
    }
    /// A head that is new, or stands further on, in the checkpoint that comes next.
    pub fn head(&mut self, head: Head) {
        let number = i64::try_from(self.whole.checkpoints).unwrap_or(i64::MAX).saturating_add(1);
        self.want(number, head.clone());
        self.heads.set(head);
    }
    /// The next checkpoint that stands beside the events.
    ///
    /// # Errors
    /// It is not the next one, not signed by this installation, or not over the heads it came with.
    pub fn checkpoint(&mut self, note: &str) -> Result<(), Broken> {
        self.whole.checkpoints += 1;
        let number = i64::try_from(self.whole.checkpoints).unwrap_or(i64::MAX);
        let read = Kept::parse(note).ok().map(|copy| copy.checkpoint).filter(|c| c.number == number && c.note() == note);
        let Some(checkpoint) = read else { return Err(Broken::Record { number }) };
        self.genuine(&checkpoint)?;
        self.over(&checkpoint, &self.heads)?;
        self.unmet.retain(|copy| *copy != checkpoint);
        self.whole.signed = u64::try_from(checkpoint.events).unwrap_or(0);
        Ok(())
    }
    /// The next event, without its columns.
    ///
    /// # Errors
    /// It does not hang on the one before it, or is not the one that was signed.
    pub fn event(&mut self, row: &Row<'_>) -> Result<(), Broken> {
        let place = &mut self.place;
        if row.segment != place.segment || self.whole.events == 0 {
            place.end()?;
            *place = Place::begin(row.segment, self.wanted.remove(row.segment).unwrap_or_default());
            self.whole.segments += 1;
        }
        let previous = if place.seq == 0 { row.segment } else { &place.head };
        let hash = link(row.segment, row.seq, previous, row.body);
        if place.seq.checked_add(1) != Some(row.seq) || hash != row.hash {
            return Err(Broken::Link { segment: hex(row.segment), seq: row.seq });
        }
        (place.seq, place.head) = (row.seq, hash);
        self.whole.events += 1;
        if row.seq == place.next { place.meet() } else { Ok(()) }
    }
    /// There are no more events.
    ///
    /// # Errors
    /// Something that was signed has not come.
    pub fn end(mut self) -> Result<Whole, Broken> {
        self.place.end()?;
        for (segment, ahead) in std::mem::take(&mut self.wanted) {
            Place::begin(&segment, ahead).end()?;
        }
        let unmet = self.unmet.first().map(|copy| Broken::Record { number: copy.number });
        unmet.map_or(Ok(self.whole), Err)
    }

    fn genuine(&mut self, checkpoint: &Checkpoint) -> Result<(), Broken> {
        let number = checkpoint.number;
        if *self.key.get_or_insert(checkpoint.key) != checkpoint.key {
            return Err(Broken::Key { number });
        }
        if checkpoint.is_signed() { Ok(()) } else { Err(Broken::Signature { number }) }
    }
    fn over(&self, checkpoint: &Checkpoint, heads: &Heads) -> Result<(), Broken> {
        if checkpoint.is_over(heads) { Ok(()) } else { Err(Broken::Heads { number: checkpoint.number }) }
    }
    fn want(&mut self, number: i64, head: Head) {
        self.wanted.entry(head.segment).or_default().entry(head.seq).or_default().push((number, head.hash));
    }
}

impl Place {
    fn begin(segment: &[u8], ahead: BTreeMap<i64, Vec<(i64, Vec<u8>)>>) -> Place {
        let next = ahead.keys().next().copied().unwrap_or(i64::MAX);
        Place { segment: segment.into(), seq: 0, head: Hash::default(), ahead, next }
    }
    /// The event that was just taken is one that was signed.
    fn meet(&mut self) -> Result<(), Broken> {
        let signed = self.ahead.remove(&self.seq).unwrap_or_default();
        self.next = self.ahead.keys().next().copied().unwrap_or(i64::MAX);
        match signed.iter().find(|(_, hash)| *hash != self.head) {
            Some((number, _)) => Err(Broken::Rewritten { number: *number, segment: hex(&self.segment), seq: self.seq }),
            None => Ok(()),
        }
    }
    /// The segment has no more events.
    fn end(&self) -> Result<(), Broken> {
        let gone = self.ahead.iter().find_map(|(seq, signed)| Some((*seq, signed.first()?.0)));
        gone.map_or(Ok(()), |(seq, number)| Err(Broken::Gone { number, segment: hex(&self.segment), seq }))
    }
}
