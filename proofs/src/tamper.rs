//! Tampering with the audit log, in eight ways. Whoever forges it hastily leaves the signed checkpoints that stand beside it:
//! `leitu audit verify` alone must find each. Whoever has the machine and its keys takes them away and signs anew: verify with a
//! checkpoint that was kept elsewhere must find each. The chain alone would not see a cut end, a whole segment that is
//! gone, or a log hashed anew from its start: the control forgets what was kept.
#![allow(clippy::disallowed_methods, reason = "it forges what no slice could")]
use crate::postgres::{Cluster, open_up};
use crate::program::{Make, data};
use crate::report::Row;
use crate::stage;
use db::{Db, params};
use std::path::Path;

/// What is done to the longest segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Edited,
    Deleted,
    Swapped,
    Inserted,
    CutTail,
    SegmentRemoved,
    HashedAnew,
    ColumnsOnly,
}

const KINDS: [Kind; 8] =
    [Kind::Edited, Kind::Deleted, Kind::Swapped, Kind::Inserted, Kind::CutTail, Kind::SegmentRemoved, Kind::HashedAnew, Kind::ColumnsOnly];

pub async fn sqlite(name: &str, defect: Option<&'static str>) -> Row {
    let home = tempfile::tempdir().expect("a folder");
    stage::make(home.path(), None, 1).await;
    let url = format!("sqlite:{}", data(home.path()).join("leitu.db").display());
    tampered(name, home.path(), None, &url, defect).await
}

pub async fn postgres(name: &str, defect: Option<&'static str>) -> Row {
    let home = tempfile::tempdir().expect("a folder");
    open_up(home.path());
    let cluster = match Cluster::make(&home.path().join("pg"), &[]) {
        Ok(cluster) => cluster,
        Err(why) => return Row::not_run(name, why),
    };
    let url = cluster.url();
    stage::make(home.path(), Some(&url), 1).await;
    tampered(name, home.path(), Some(url.clone()), &url, defect).await
}

async fn tampered(name: &str, home: &Path, at: Option<String>, url: &str, defect: Option<&'static str>) -> Row {
    let make = Make { defect, url: at, home: home.into(), log: home.join("log") };
    let kept = make.run(&["audit", "checkpoint", "kept.txt"]);
    let log = Log::of(Db::open(url).await.expect("the database")).await;
    let with_what_was_kept = || make.run(&["audit", "verify", "--checkpoint", "kept.txt"]).status.code();
    let honest = kept.status.success() && with_what_was_kept() == Some(0);
    let (mut hasty, mut thorough, mut unseen) = (0, 0, Vec::new());
    for kind in KINDS {
        log.tamper(kind).await;
        hasty += usize::from(make.run(&["audit", "verify"]).status.code() == Some(1));
        log.run(&FORGET).await;
        make.run(&["audit", "checkpoint", "anew.txt"]);
        match with_what_was_kept() {
            Some(1) => thorough += 1,
            _ => unseen.push(format!("{kind:?}")),
        }
        log.run(&RESTORE).await;
    }
    let mended = with_what_was_kept() == Some(0);
    let unseen = if unseen.is_empty() { "none".into() } else { unseen.join(",") };
    let text = format!("kinds={} found={thorough} found_where_checkpoints_were_left={hasty} unseen={unseen}", KINDS.len());
    let all = thorough == KINDS.len() && hasty == KINDS.len();
    Row::of(name, text, honest && mended && if defect.is_some() { thorough < KINDS.len() } else { all })
}

/// Keeps the honest rows beside the tables, and takes away what refuses changes.
const COPIES: [&str; 3] = [
    "CREATE TABLE honest_event AS SELECT * FROM event",
    "CREATE TABLE honest_checkpoint AS SELECT * FROM audit_checkpoint",
    "CREATE TABLE honest_head AS SELECT * FROM audit_head",
];
const UNLOCK_SQLITE: [&str; 6] = [
    "DROP TRIGGER event_no_update",
    "DROP TRIGGER event_no_delete",
    "DROP TRIGGER audit_checkpoint_no_update",
    "DROP TRIGGER audit_checkpoint_no_delete",
    "DROP TRIGGER audit_head_no_update",
    "DROP TRIGGER audit_head_no_delete",
];
const UNLOCK_PG: [&str; 3] = [
    "DROP TRIGGER event_no_change ON event",
    "DROP TRIGGER audit_checkpoint_no_change ON audit_checkpoint",
    "DROP TRIGGER audit_head_no_change ON audit_head",
];
const FORGET: [&str; 2] = ["DELETE FROM audit_checkpoint", "DELETE FROM audit_head"];
const RESTORE: [&str; 6] = [
    "DELETE FROM event",
    "INSERT INTO event SELECT * FROM honest_event",
    "DELETE FROM audit_checkpoint",
    "DELETE FROM audit_head",
    "INSERT INTO audit_checkpoint SELECT * FROM honest_checkpoint",
    "INSERT INTO audit_head SELECT * FROM honest_head",
];

struct Log {
    db: Db,
    /// The longest one.
    segment: Vec<u8>,
    events: i64,
}

impl Log {
    async fn of(db: Db) -> Log {
        db::row! { struct Longest { segment: Vec<u8>, events: i64 } }
        let sql = "SELECT segment, COUNT(*) FROM event GROUP BY segment ORDER BY COUNT(*) DESC LIMIT 1";
        let longest: Longest = db.lookup(sql, &[]).await.expect("the log").pop().expect("an event");
        let log = Log { db, segment: longest.segment, events: longest.events };
        assert!(log.events > 10, "the log is too short to be tampered with: {}", log.events);
        log.run(&COPIES).await;
        match log.db.read(async |tx| Ok(tx.is_pg())).await.expect("an engine") {
            true => log.run(&UNLOCK_PG).await,
            false => log.run(&UNLOCK_SQLITE).await,
        }
        log
    }
    async fn run(&self, statements: &[&'static str]) {
        for sql in statements.iter().copied() {
            self.db.write(async move |tx| tx.exec(sql, &[]).await).await.expect("a statement");
        }
    }
    async fn tamper(&self, kind: Kind) {
        match kind {
            Kind::Edited => self.edit(4).await,
            Kind::Deleted => self.forge("DELETE FROM event WHERE segment = $1 AND seq = $2", 4).await,
            Kind::Swapped => {
                self.forge("UPDATE event SET seq = 1000000 WHERE segment = $1 AND seq = $2", 4).await;
                self.forge("UPDATE event SET seq = 4 WHERE segment = $1 AND seq = $2", 5).await;
                self.forge("UPDATE event SET seq = 5 WHERE segment = $1 AND seq = $2", 1_000_000).await;
            }
            Kind::Inserted => self.insert().await,
            Kind::CutTail => self.forge("DELETE FROM event WHERE segment = $1 AND seq > $2", self.events - 3).await,
            Kind::SegmentRemoved => self.forge("DELETE FROM event WHERE segment = $1 AND seq > $2", 0).await,
            Kind::HashedAnew => {
                self.edit(2).await;
                self.hash_anew().await;
            }
            Kind::ColumnsOnly => {
                self.forge("UPDATE event SET at = at - 86400000, actor = 'os:nobody' WHERE segment = $1 AND seq = $2", 4).await;
            }
        }
    }
    async fn edit(&self, seq: i64) {
        self.forge("UPDATE event SET body = replace(body, 'session', 'sitting') WHERE segment = $1 AND seq = $2", seq).await;
    }
    /// A fifth event that hangs on the fourth as it should; those after it move up.
    async fn insert(&self) {
        self.forge("UPDATE event SET seq = seq + 1000000 WHERE segment = $1 AND seq >= $2", 5).await;
        self.forge("UPDATE event SET seq = seq - 999999 WHERE segment = $1 AND seq > $2", 1_000_000).await;
        self.forge(
            "INSERT INTO event (segment, seq, at, actor, action, object, org, body, hash)
             SELECT segment, 5, at, actor, action, object, org, body, hash FROM event WHERE segment = $1 AND seq = $2",
            4,
        )
        .await;
        let (before, body) = (self.event(4).await.hash, self.event(5).await.body);
        self.set_hash(5, chain::link(&self.segment, 5, &before, body.as_bytes()).to_vec()).await;
    }
    /// As if it had always been so.
    async fn hash_anew(&self) {
        let mut head = self.segment.clone();
        for seq in 1..=self.events {
            head = chain::link(&self.segment, seq, &head, self.event(seq).await.body.as_bytes()).to_vec();
            self.set_hash(seq, head.clone()).await;
        }
    }
    async fn event(&self, seq: i64) -> Event {
        let sql = "SELECT body, hash FROM event WHERE segment = $1 AND seq = $2";
        self.db.lookup(sql, &params![&self.segment, seq]).await.expect("the log").pop().expect("an event")
    }
    async fn set_hash(&self, seq: i64, hash: Vec<u8>) {
        let id = self.segment.clone();
        let sql = "UPDATE event SET hash = $3 WHERE segment = $1 AND seq = $2";
        self.db.write(async move |tx| tx.exec(sql, &params![&id, seq, &hash]).await).await.expect("a forgery");
    }
    async fn forge(&self, sql: &'static str, seq: i64) {
        let id = self.segment.clone();
        let changed = self.db.write(async move |tx| tx.exec(sql, &params![&id, seq]).await).await.expect("a forgery");
        assert!(changed > 0, "nothing was forged: {sql}");
    }
}

db::row! {
    struct Event { body: String, hash: Vec<u8> }
}
