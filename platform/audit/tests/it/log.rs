//! A log of three segments with two checkpoints, and a copy of the first one that was kept elsewhere.
use access::System;
use audit::{Broken, Event, Kept, Signer, Whole, checkpoint};
use db::{Db, params};
use std::sync::atomic::{AtomicU32, Ordering};
use testkit::{Engine, PLATFORM, engines};

pub struct Log {
    pub db: Db,
    pub signer: Signer,
    /// Of checkpoint 1.
    pub copy: Kept,
    /// Segments in the order in which they were begun: of 12, 5 and 3 events, of which checkpoint 1 has 8, 5 and 3.
    pub segments: Vec<Vec<u8>>,
}

pub fn signer() -> Signer {
    Signer::of(&[5; 32]).unwrap()
}

/// A connection of its own, as another process has it: it begins a segment of its own.
pub async fn another(engine: &Engine) -> Db {
    let one_lane = if engine.is_pg() { "lanes=1" } else { "" };
    Db::open(&format!("{}{one_lane}", engine.url())).await.unwrap()
}

pub async fn note(db: &Db, times: usize) {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    for _ in 0..times {
        let object = format!("thing:{}", COUNT.fetch_add(1, Ordering::Relaxed));
        audit::note(db, &System::command("test"), Event::new("test.noted", object).because("因为")).await.unwrap();
    }
}

/// Both engines, migrated.
pub async fn fresh() -> Vec<Engine> {
    let engines = engines().await;
    for engine in &engines {
        engine.db().migrate(&PLATFORM.concat()).await.unwrap();
    }
    engines
}

impl Log {
    pub async fn of(engine: &Engine) -> Log {
        println!("on {engine}");
        let (first, second, third) = (another(engine).await, another(engine).await, another(engine).await);
        note(&first, 8).await;
        note(&second, 5).await;
        note(&third, 3).await;
        let signer = signer();
        assert_eq!(checkpoint::make(&first, &signer).await.unwrap(), Some(1));
        let (_, kept) = first.read(async |tx| checkpoint::copy(tx, 1).await).await.unwrap();
        note(&first, 4).await;
        assert_eq!(checkpoint::make(&first, &signer).await.unwrap(), Some(2));
        let segments = first.lookup("SELECT DISTINCT segment FROM event ORDER BY segment", &[]).await.unwrap();
        let log = Log { db: first, signer, copy: Kept::parse(&kept).unwrap(), segments };
        assert_eq!((log.count(0).await, log.count(1).await, log.count(2).await), (12, 5, 3));
        log
    }
    pub async fn count(&self, segment: usize) -> i64 {
        self.db.lookup("SELECT COUNT(*) FROM event WHERE segment = $1", &params![&self.segments[segment]]).await.unwrap()[0]
    }
    /// One statement of whoever can write the database.
    pub async fn run(&self, sql: &'static str) {
        self.db.write(async move |tx| tx.exec(sql, &[]).await).await.unwrap();
    }
    /// One statement about an event; it changes something.
    pub async fn forge(&self, sql: &'static str, segment: usize, seq: i64) {
        let id = self.segments[segment].clone();
        let changed = self.db.write(async move |tx| tx.exec(sql, &params![&id, seq]).await).await.unwrap();
        assert!(changed > 0, "{sql}");
    }
    /// Takes away what refuses changes, as the owner of the database can.
    pub async fn unlock(&self) {
        let pg = self.db.read(async |tx| Ok(tx.is_pg())).await.unwrap();
        let locks: &[&'static str] = match pg {
            true => &[
                "DROP TRIGGER event_no_change ON event",
                "DROP TRIGGER audit_checkpoint_no_change ON audit_checkpoint",
                "DROP TRIGGER audit_head_no_change ON audit_head",
            ],
            false => &[
                "DROP TRIGGER event_no_update",
                "DROP TRIGGER event_no_delete",
                "DROP TRIGGER audit_checkpoint_no_update",
                "DROP TRIGGER audit_checkpoint_no_delete",
                "DROP TRIGGER audit_head_no_update",
                "DROP TRIGGER audit_head_no_delete",
            ],
        };
        for sql in locks {
            self.run(sql).await;
        }
    }
    /// Takes the checkpoints away, which stand in the same database.
    pub async fn forget(&self) {
        self.run("DELETE FROM audit_checkpoint").await;
        self.run("DELETE FROM audit_head").await;
    }
    pub async fn verify(&self, copies: &[Kept]) -> Result<Whole, Broken> {
        audit::verify_against(&self.db, Some(self.signer.public()), copies.to_vec()).await.unwrap()
    }
    /// The same from an exported file.
    pub async fn verify_exported(&self, copies: &[Kept]) -> Result<Whole, Broken> {
        let mut file = Vec::new();
        audit::export(&self.db, &self.signer.public(), &mut file).await.unwrap();
        audit::verify_file(file.as_slice(), copies.to_vec()).unwrap()
    }
}
