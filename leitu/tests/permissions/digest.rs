//! What a database holds, table by table, to see that a refused change has left nothing.
use db::Db;
use std::collections::BTreeMap;

/// Text of every row of every table. What a request notes before it is answered, whatever comes of it, is left out: when its
/// session was last used (at most once a minute, and so once in a while here), and that a password was tried.
pub struct Digest(Vec<(String, &'static str)>);

const TABLES_SQLITE: &str = "SELECT m.name, group_concat('quote(\"' || c.name || '\")', ' || ''|'' || ')
    FROM sqlite_schema m JOIN pragma_table_info(m.name) c
    WHERE m.type = 'table' AND NOT (m.name = 'session' AND c.name = 'used') AND m.name NOT GLOB 'sqlite_*' AND m.name NOT GLOB '*_words*' GROUP BY m.name ORDER BY m.name";
const TABLES_PG: &str = "SELECT tablename::text, 'x'::text FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename";

db::row! { struct Table { name: String, columns: String } }

impl Digest {
    pub async fn of(db: &Db, pg: bool) -> Digest {
        let tables: Vec<Table> = db.lookup(if pg { TABLES_PG } else { TABLES_SQLITE }, &[]).await.unwrap();
        let sql = |t: &Table| match pg {
            true => {
                let row = if t.name == "session" { "(to_jsonb(t) - 'used')::text" } else { "t::text" };
                format!("SELECT md5(COALESCE(string_agg({row}, '|' ORDER BY {row} COLLATE \"C\"), '')) FROM \"{}\" t", t.name)
            }
            false => format!("SELECT COALESCE(group_concat({}, x'0a'), '') FROM \"{}\"", t.columns, t.name),
        };
        // A statement lives as long as the program; there are as many as tables.
        let kept = tables.iter().filter(|t| t.name != "event" && t.name != "attempt").map(|t| (t.name.clone(), &*sql(t).leak()));
        Digest(kept.collect())
    }
    pub async fn take(&self, db: &Db) -> BTreeMap<String, String> {
        let mut all = BTreeMap::new();
        for (name, sql) in &self.0 {
            let found: Vec<String> = db.lookup(sql, &[]).await.unwrap();
            all.insert(name.clone(), found.concat());
        }
        all
    }
}

/// Names of the tables that differ.
pub fn differing(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<String> {
    before.iter().filter(|(name, text)| after[*name] != **text).map(|(name, _)| name.clone()).collect()
}
