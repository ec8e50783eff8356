//! A segment of the chain of events belongs to one writing connection, so nobody waits for its head.

/// One connection's part of the chain. A process starts a fresh one per connection; checkpoints tie them together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Segment {
    pub id: Vec<u8>,
    /// The number of the newest event, from 1.
    pub seq: i64,
    /// The hash of the newest event; the segment's id before the first.
    pub head: Vec<u8>,
}

/// The chain as a unit of work sees it ([`Tx::chain`](crate::Tx::chain)); put back if the unit, its group or the commit fails.
pub struct Chain<'a>(pub(crate) &'a mut Option<Segment>);

impl Chain<'_> {
    /// Takes the next place: `link(segment id, seq, previous head)` returns the new head.
    /// `genesis` names the segment if the connection has none yet.
    pub fn advance(&mut self, genesis: impl FnOnce() -> Vec<u8>, link: impl FnOnce(&[u8], i64, &[u8]) -> Vec<u8>) -> Segment {
        let s = self.0.get_or_insert_with(|| {
            let id = genesis();
            Segment { head: id.clone(), id, seq: 0 }
        });
        s.seq += 1;
        s.head = link(&s.id, s.seq, &s.head);
        s.clone()
    }
}
