//! What the audit page and an object's history show.
use db::{Result, Tx, params};
use kernel::Instant;

db::row! {
    #[derive(Clone, Debug)]
    pub struct Line { pub segment: Vec<u8>, pub seq: i64, pub at: Instant, pub actor: String, pub action: String, pub object: String, pub body: String }
}

/// What the audit administrator looks for; an empty text stands for all.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// `noun:id`.
    pub object: String,
    /// The author's name as the event has it.
    pub actor: String,
    /// From this instant on …
    pub from: Instant,
    /// … and before this one.
    pub to: Instant,
    /// The last line of the page before.
    pub after: Option<Place>,
}

/// Where a line stands in the order of [`lines`].
#[derive(Clone, Debug)]
pub struct Place {
    pub at: Instant,
    pub segment: Vec<u8>,
    pub seq: i64,
}

impl Line {
    pub fn place(&self) -> Place {
        Place { at: self.at, segment: self.segment.clone(), seq: self.seq }
    }
}

/// Events of the whole installation, the newest first. Each of the three statements walks its own index.
///
/// # Errors
/// The engine's own.
pub async fn lines(tx: &mut Tx<'_>, wanted: &Wanted, limit: i64) -> Result<Vec<Line>> {
    let Wanted { object, actor, from, to, after } = wanted;
    let start = Place { at: *to, segment: Vec::new(), seq: i64::MAX };
    let p = after.as_ref().unwrap_or(&start);
    let sql = match (object.is_empty(), actor.is_empty()) {
        (false, _) => {
            "SELECT segment, seq, at, actor, action, object, body FROM event
             WHERE object = $6 AND ($7 = '' OR actor = $7) AND at >= $1 AND at < $2
               AND at <= $3 AND (at < $3 OR segment > $4 OR (segment = $4 AND seq < $5))
             ORDER BY at DESC, segment, seq DESC LIMIT $8"
        }
        (true, false) => {
            "SELECT segment, seq, at, actor, action, object, body FROM event
             WHERE actor = $7 AND ($6 = '' OR object = $6) AND at >= $1 AND at < $2
               AND at <= $3 AND (at < $3 OR segment > $4 OR (segment = $4 AND seq < $5))
             ORDER BY at DESC, segment, seq DESC LIMIT $8"
        }
        (true, true) => {
            "SELECT segment, seq, at, actor, action, object, body FROM event
             WHERE $6 = $7 AND at >= $1 AND at < $2
               AND at <= $3 AND (at < $3 OR segment > $4 OR (segment = $4 AND seq < $5))
             ORDER BY at DESC, segment, seq DESC LIMIT $8"
        }
    };
    tx.all(sql, &params![*from, *to, p.at, &p.segment, p.seq, object, actor, limit]).await
}

/// The newest event about one object.
///
/// # Errors
/// The engine's own.
pub async fn last(tx: &mut Tx<'_>, object: &str) -> Result<Option<Line>> {
    tx.opt(
        "SELECT segment, seq, at, actor, action, object, body FROM event WHERE object = $1 ORDER BY at DESC, seq DESC LIMIT 1",
        &params![object],
    )
    .await
}

/// All that happened to one object, oldest first. The caller has already been admitted to the object.
///
/// # Errors
/// The engine's own.
pub async fn history(tx: &mut Tx<'_>, object: &str, limit: i64) -> Result<Vec<Line>> {
    tx.all(
        "SELECT segment, seq, at, actor, action, object, body FROM event WHERE object = $1 ORDER BY at, seq LIMIT $2",
        &params![object, limit],
    )
    .await
}

/// Each time one thing was done to one object, oldest first. The caller has already been admitted to the object.
///
/// # Errors
/// The engine's own.
pub async fn deeds(tx: &mut Tx<'_>, object: &str, action: &str, limit: i64) -> Result<Vec<Line>> {
    tx.all(
        "SELECT segment, seq, at, actor, action, object, body FROM event WHERE object = $1 AND action = $2 ORDER BY at, seq LIMIT $3",
        &params![object, action, limit],
    )
    .await
}

/// Each time one thing was done to anything, from one instant on and before another, oldest first: an event that tells of many
/// objects bears the first one's name alone. The caller tells which of them concern an object it has been admitted to.
///
/// # Errors
/// The engine's own.
pub async fn between(tx: &mut Tx<'_>, action: &str, from: Instant, to: Instant, limit: i64) -> Result<Vec<Line>> {
    tx.all(BETWEEN, &params![from, to, action, limit]).await
}

const BETWEEN: &str = "SELECT segment, seq, at, actor, action, object, body FROM event WHERE at >= $1 AND at < $2 AND action = $3
     ORDER BY at, segment, seq LIMIT $4";

#[cfg(test)]
mod tests {
    #[tokio::test]
    async fn a_stretch_of_time_is_looked_up_in_a_log_of_any_length() {
        for engine in testkit::engines().await {
            engine.db().migrate(crate::MIGRATIONS).await.unwrap();
            let plan = engine.db().plan(super::BETWEEN).await.unwrap().join("\n");
            assert!(plan.contains("event_at") && !plan.contains("SCAN"), "{engine}: {plan}");
        }
    }
}
