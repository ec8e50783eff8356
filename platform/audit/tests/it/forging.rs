//! What somebody does who can write the database and would like nobody to notice.
use crate::log::Log;
use db::params;

/// The eight kinds. All but the last begin or end in the segment of twelve events, or take the one of five away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Edited,
    Deleted,
    Swapped,
    Inserted,
    CutTail,
    SegmentRemoved,
    HashedAnew,
    ColumnsOnly,
}

pub const ALL: [Kind; 8] =
    [Kind::Edited, Kind::Deleted, Kind::Swapped, Kind::Inserted, Kind::CutTail, Kind::SegmentRemoved, Kind::HashedAnew, Kind::ColumnsOnly];

impl Log {
    pub async fn tamper(&self, kind: Kind) {
        match kind {
            Kind::Edited => self.forge("UPDATE event SET body = replace(body, '因为', '所以') WHERE segment = $1 AND seq = $2", 0, 4).await,
            Kind::Deleted => self.forge("DELETE FROM event WHERE segment = $1 AND seq = $2", 0, 4).await,
            Kind::Swapped => {
                self.forge("UPDATE event SET seq = 1000 WHERE segment = $1 AND seq = $2", 0, 4).await;
                self.forge("UPDATE event SET seq = 4 WHERE segment = $1 AND seq = $2", 0, 5).await;
                self.forge("UPDATE event SET seq = 5 WHERE segment = $1 AND seq = $2", 0, 1000).await;
            }
            Kind::Inserted => self.insert().await,
            Kind::CutTail => self.forge("DELETE FROM event WHERE segment = $1 AND seq > $2", 0, 6).await,
            Kind::SegmentRemoved => self.forge("DELETE FROM event WHERE segment = $1 AND seq > $2", 1, 0).await,
            Kind::HashedAnew => {
                self.forge("UPDATE event SET body = replace(body, '因为', '所以') WHERE segment = $1 AND seq = $2", 0, 2).await;
                self.hash_anew(1).await;
            }
            Kind::ColumnsOnly => {
                self.forge("UPDATE event SET at = at - 86400000, actor = 'os:nobody' WHERE segment = $1 AND seq = $2", 0, 4).await;
            }
        }
    }
    /// A fifth event that hangs on the fourth as it should; those after it move up.
    async fn insert(&self) {
        self.forge("UPDATE event SET seq = seq + 1000 WHERE segment = $1 AND seq >= $2", 0, 5).await;
        self.forge("UPDATE event SET seq = seq - 999 WHERE segment = $1 AND seq > $2", 0, 1000).await;
        self.forge(
            "INSERT INTO event (segment, seq, at, actor, action, object, org, body, hash)
             SELECT segment, 5, at, actor, action, object, org, body, hash FROM event WHERE segment = $1 AND seq = $2",
            0,
            4,
        )
        .await;
        let (before, body) = (self.hash(4).await, self.body(5).await);
        self.set_hash(5, chain::link(&self.segments[0], 5, &before, body.as_bytes()).to_vec()).await;
    }
    /// Every hash of the first segment from `from` on as if it had always been so.
    pub async fn hash_anew(&self, from: i64) {
        let mut head = if from == 1 { self.segments[0].clone() } else { self.hash(from - 1).await };
        for seq in from..=self.count(0).await {
            head = chain::link(&self.segments[0], seq, &head, self.body(seq).await.as_bytes()).to_vec();
            self.set_hash(seq, head.clone()).await;
        }
    }
    async fn hash(&self, seq: i64) -> Vec<u8> {
        let sql = "SELECT hash FROM event WHERE segment = $1 AND seq = $2";
        self.db.lookup(sql, &params![&self.segments[0], seq]).await.unwrap().pop().unwrap()
    }
    async fn body(&self, seq: i64) -> String {
        let sql = "SELECT body FROM event WHERE segment = $1 AND seq = $2";
        self.db.lookup(sql, &params![&self.segments[0], seq]).await.unwrap().pop().unwrap()
    }
    async fn set_hash(&self, seq: i64, hash: Vec<u8>) {
        let id = self.segments[0].clone();
        let sql = "UPDATE event SET hash = $3 WHERE segment = $1 AND seq = $2";
        self.db.write(async move |tx| tx.exec(sql, &params![&id, seq, &hash]).await).await.unwrap();
    }
}
