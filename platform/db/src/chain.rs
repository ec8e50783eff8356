//! A segment of the chain of events belongs to one connection, so nobody waits for its head.
#[derive(Clone, Debug, Default)]
pub struct Segment {
    pub id: Vec<u8>,
    pub seq: i64,
    pub head: Vec<u8>,
}
pub struct Chain<'a>(pub(crate) &'a mut Option<Segment>);
impl Chain<'_> {
    /// Advances the segment: `f(segment, seq, previous head)` returns the new head.
    pub fn advance(&mut self, genesis: impl FnOnce() -> Vec<u8>, f: impl FnOnce(&[u8], i64, &[u8]) -> Vec<u8>) -> Segment {
        let s = self.0.get_or_insert_with(|| {
            let id = genesis();
            Segment { head: id.clone(), id, seq: 0 }
        });
        s.seq += 1;
        s.head = f(&s.id, s.seq, &s.head);
        s.clone()
    }
}
