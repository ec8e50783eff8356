//! A migration's words in each engine's own. What the engines really do differently is named here and nowhere else:
//!
//! | in a migration | SQLite | PostgreSQL |
//! |---|---|---|
//! | `BLOB` `INTEGER` `TEXT` | as they are | `BYTEA` `BIGINT` `TEXT COLLATE "C"` |
//! | `SERIAL KEY` | `INTEGER PRIMARY KEY AUTOINCREMENT` | `BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY` |
//! | `WITHOUT ROWID` | as it is | nothing |
//! | `-- append only: a, b` | triggers that refuse UPDATE and DELETE | the same, and TRUNCATE |
//! | `-- text index: name` | a table, an FTS5 index and the triggers between them | a table with a `tsvector` and a GIN index |
//! | `-- sqlite:` … `-- end` | as it is | nothing |
//! | `-- postgres:` … `-- end` | nothing | as it is |
//!
//! A directive stands on a line of its own, after the table it speaks of. Quoted text and comments are never touched.
use crate::{Result, scan::Piece, scan::pieces};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Engine {
    Sqlite,
    Pg,
}

/// The SQLSTATE under which PostgreSQL reports a change to an append-only table; its class is ours.
pub(crate) const APPEND_ONLY_STATE: &str = "LT001";

/// # Errors
/// `internal` if a directive is not understood or a block is not closed.
pub(crate) fn translate(sql: &str, engine: Engine) -> Result<String> {
    let (mut out, mut plain, mut block) = (String::new(), String::new(), None);
    for line in sql.split_inclusive('\n') {
        let directive = line.trim().strip_prefix("--").map(str::trim);
        match (directive, block) {
            (Some("end"), Some(_)) => block = None,
            (_, Some(of)) if of == engine => out.push_str(line),
            (_, Some(_)) => {}
            (Some("sqlite:"), None) => {
                flush(&mut out, &mut plain, engine);
                block = Some(Engine::Sqlite);
            }
            (Some("postgres:"), None) => {
                flush(&mut out, &mut plain, engine);
                block = Some(Engine::Pg);
            }
            (Some(d), None) if d.starts_with("append only:") || d.starts_with("text index:") => {
                flush(&mut out, &mut plain, engine);
                expand(&mut out, d, engine)?;
            }
            _ => plain.push_str(line),
        }
    }
    out.push_str(&words(&plain, engine));
    if block.is_some() { Err(misread("a block without -- end")) } else { Ok(out) }
}

fn flush(out: &mut String, plain: &mut String, engine: Engine) {
    out.push_str(&words(plain, engine));
    // The statement before a directive may lack its semicolon.
    if !plain.trim().is_empty() && !plain.trim_end().ends_with(';') {
        out.push_str(";\n");
    }
    plain.clear();
}

fn words(sql: &str, engine: Engine) -> String {
    let list: Vec<Piece<'_>> = pieces(sql).collect();
    let (mut out, mut i, mut before) = (String::with_capacity(sql.len()), 0, "");
    while let Some(piece) = list.get(i) {
        let pair = match list.get(i..i + 3) {
            Some([_, Piece::Other(" "), Piece::Word(second)]) => *second,
            _ => "",
        };
        i += 1;
        match (*piece, engine) {
            (Piece::Word("SERIAL"), _) if pair == "KEY" => {
                out.push_str(if engine == Engine::Sqlite {
                    "INTEGER PRIMARY KEY AUTOINCREMENT"
                } else {
                    "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
                });
                i += 2;
            }
            (Piece::Word("WITHOUT"), Engine::Pg) if pair == "ROWID" => i += 2,
            (Piece::Word("BLOB"), Engine::Pg) => out.push_str("BYTEA"),
            (Piece::Word("INTEGER"), Engine::Pg) => out.push_str("BIGINT"),
            // A cast takes no collation.
            (Piece::Word("TEXT"), Engine::Pg) if before != "AS" => out.push_str("TEXT COLLATE \"C\""),
            (Piece::Word(t) | Piece::Other(t), _) => out.push_str(t),
            (Piece::Place(n), _) => {
                out.push('$');
                out.push_str(n);
            }
        }
        if let Piece::Word(w) = *piece {
            before = w;
        }
    }
    out
}

fn expand(out: &mut String, directive: &str, engine: Engine) -> Result<()> {
    let (what, names) = directive.split_once(':').unwrap_or((directive, ""));
    for name in names.split(',').map(str::trim) {
        if name.is_empty() || !name.bytes().all(|b| b == b'_' || b.is_ascii_lowercase() || b.is_ascii_digit()) {
            return Err(misread(directive));
        }
        out.push_str(&match what {
            "append only" => append_only(name, engine),
            _ => crate::terms::create(name, engine),
        });
    }
    Ok(())
}

fn append_only(table: &str, engine: Engine) -> String {
    match engine {
        Engine::Sqlite => ["UPDATE", "DELETE"]
            .map(|verb| {
                format!(
                    "CREATE TRIGGER {table}_no_{} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, 'append only: {table}'); END;\n",
                    verb.to_lowercase()
                )
            })
            .concat(),
        Engine::Pg => format!(
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS \
             'BEGIN RAISE EXCEPTION ''append only: %'', TG_TABLE_NAME USING ERRCODE = ''{APPEND_ONLY_STATE}''; END';\n\
             CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change();\n\
             CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();\n"
        ),
    }
}

fn misread(what: &str) -> crate::Error {
    kernel::Error::internal(format!("migration text not understood: {what}")).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pg(sql: &str) -> String {
        translate(sql, Engine::Pg).unwrap()
    }

    #[test]
    fn each_engine_reads_its_own_words() {
        let sql = "CREATE TABLE t (id SERIAL KEY, a BLOB NOT NULL, b INTEGER, c TEXT, d BOOLEAN) WITHOUT ROWID;";
        assert_eq!(translate(sql, Engine::Sqlite).unwrap(), sql.replace("SERIAL KEY", "INTEGER PRIMARY KEY AUTOINCREMENT"));
        assert_eq!(
            pg(sql),
            "CREATE TABLE t (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a BYTEA NOT NULL, b BIGINT, c TEXT COLLATE \"C\", d BOOLEAN) ;"
        );
    }

    #[test]
    fn quoted_text_names_and_casts_keep_their_words() {
        for sql in ["INSERT INTO t VALUES ('a TEXT, BLOB');", "SELECT \"TEXT\" FROM t; -- INTEGER\n", "SELECT CAST(a AS TEXT) FROM TEXTS;"]
        {
            assert_eq!(pg(sql), sql);
        }
    }

    #[test]
    fn a_block_belongs_to_one_engine() {
        let sql = "A;\n-- sqlite:\nB TEXT;\n-- end\n-- postgres:\nC TEXT;\n-- end\nD;";
        assert_eq!(translate(sql, Engine::Sqlite).unwrap(), "A;\nB TEXT;\nD;");
        assert_eq!(pg(sql), "A;\nC TEXT;\nD;");
    }

    #[test]
    fn a_directive_that_is_not_understood_is_refused() {
        for bad in ["-- append only: a b", "-- append only:", "-- text index: x; DROP", "-- sqlite:\nA;"] {
            assert!(translate(bad, Engine::Sqlite).is_err(), "{bad}");
        }
    }
}
