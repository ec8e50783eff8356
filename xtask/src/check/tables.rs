//! A table is touched by the crate that owns it and by nobody else. Its owner is the crate whose
//! migrations create it.
use std::collections::BTreeMap;

use super::Finding;
use crate::sources::{Source, Sources};
use crate::words;

const REMEDY: &str = "call the owner's front door (its lib.rs), or move the statement there";

pub fn findings(sources: &Sources) -> Vec<Finding> {
    let owners = owners(sources);
    let mut found = Vec::new();
    for file in sources.ending(&["sql"]).filter(|f| f.path.contains("/migrations/")) {
        let bare = without_comments(&file.text);
        found.extend(touched(&bare).into_iter().filter_map(|(at, table)| foreign(&owners, file, file.line_at(at), &table)));
    }
    for file in sources.ending(&["rs"]).filter(|f| !f.is_test()) {
        for literal in words::literals(&file.text).iter().filter(|l| !l.in_test) {
            for (at, table) in touched(&literal.text) {
                let line = literal.line + literal.text[..at].matches('\n').count();
                found.extend(foreign(&owners, file, line, &table));
            }
        }
    }
    found
}

/// Table name → home of the crate whose migrations create it.
fn owners(sources: &Sources) -> BTreeMap<String, String> {
    let mut owners = BTreeMap::new();
    for file in sources.ending(&["sql"]).filter(|f| f.path.contains("/migrations/")) {
        let bare = without_comments(&file.text);
        let words = tokens(&bare);
        for (at, (_, word)) in words.iter().enumerate() {
            if word.eq_ignore_ascii_case("TABLE") && at > 0 && ["CREATE", "VIRTUAL"].iter().any(|w| words[at - 1].1.eq_ignore_ascii_case(w))
            {
                let skip = if words.get(at + 1).is_some_and(|w| w.1.eq_ignore_ascii_case("IF")) { 4 } else { 1 };
                if let Some((_, name)) = words.get(at + skip) {
                    owners.insert((*name).to_owned(), file.home().to_owned());
                }
            }
        }
    }
    owners
}

fn foreign(owners: &BTreeMap<String, String>, file: &Source, line: usize, table: &str) -> Option<Finding> {
    let owner = owners.get(table).filter(|owner| *owner != file.home())?;
    Some(Finding::new(&file.path, line, format!("touches `{table}`, which belongs to {owner}"), REMEDY))
}

/// Names after FROM, JOIN, INTO, UPDATE and DELETE FROM, also behind commas, with their offsets.
/// SQL keywords are upper case here, so that prose is not taken for a statement.
fn touched(sql: &str) -> Vec<(usize, String)> {
    let words = tokens(sql);
    let mut found = Vec::new();
    for (at, (_, word)) in words.iter().enumerate() {
        if !["FROM", "JOIN", "INTO", "UPDATE"].contains(word) {
            continue;
        }
        let mut next = at + 1;
        while let Some((offset, name)) = words.get(next).filter(|(_, w)| is_name(w)) {
            found.push((*offset, (*name).to_owned()));
            let alias = |n: usize| words.get(n).is_some_and(|(_, w)| is_name(w) && w.chars().any(char::is_lowercase));
            next += 1;
            next += usize::from(words.get(next).is_some_and(|(_, w)| *w == "AS"));
            next += usize::from(alias(next));
            if *word != "FROM" || words.get(next).is_none_or(|(_, w)| *w != ",") {
                break;
            }
            next += 1;
        }
    }
    found
}

fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
}

/// Words and single signs with their byte offsets.
fn tokens(sql: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in sql.char_indices() {
        let in_word = c.is_alphanumeric() || c == '_';
        match (in_word, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push((from, &sql[from..at]));
                start = None;
            }
            _ => {}
        }
        if !in_word && !c.is_whitespace() {
            found.push((at, &sql[at..at + c.len_utf8()]));
        }
    }
    found.extend(start.map(|from| (from, &sql[from..])));
    found
}

/// `-- …` replaced by spaces, so that offsets stay.
fn without_comments(sql: &str) -> String {
    let blank = |line: &str| line.find("--").map_or(line.to_owned(), |at| format!("{}{}", &line[..at], " ".repeat(line.len() - at)));
    sql.split('\n').map(blank).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::planted;

    const MIGRATION: (&str, &str) = (
        "platform/tree/migrations/0001_tree.sql",
        "-- CREATE TABLE no (x)\nCREATE TABLE node (id BLOB) WITHOUT ROWID;\nCREATE TABLE IF NOT EXISTS place (id BLOB);",
    );

    fn in_file(path: &str, text: &str) -> Vec<String> {
        findings(&planted(&[MIGRATION, (path, text)])).into_iter().map(|f| f.place).collect()
    }

    #[test]
    fn a_statement_on_a_foreign_table_is_found_with_its_line() {
        for statement in [
            "SELECT a\n FROM node WHERE x",
            "SELECT 1 FROM other AS o, node n WHERE x",
            "SELECT 1\n FROM x JOIN place p ON x",
            "INSERT \n INTO node VALUES ($1)",
            "UPDATE \n node SET x = 1",
            "DELETE \n FROM node",
        ] {
            let text = format!("fn f() {{ tx.exec(\"{statement}\") }}");
            let line = 1 + statement.matches('\n').count();
            assert_eq!(in_file("slices/members/src/store.rs", &text), [format!("slices/members/src/store.rs:{line}")], "{statement}");
        }
        assert_eq!(in_file("slices/members/migrations/0002_m.sql", "CREATE TABLE m (x);\nINSERT INTO node VALUES (1);").len(), 1);
    }

    #[test]
    fn the_owner_its_tests_prose_and_a_reference_are_left_alone() {
        assert!(in_file("platform/tree/src/store.rs", "f(\"SELECT 1 FROM node\")").is_empty());
        assert!(in_file("slices/members/tests/store.rs", "f(\"SELECT 1 FROM node\")").is_empty());
        assert!(in_file("slices/members/src/store.rs", "#[cfg(test)]\nmod tests { const A: &str = \"SELECT 1 FROM node\"; }").is_empty());
        assert!(in_file("slices/members/src/store.rs", "f(\"taken from node\") // FROM node").is_empty());
        assert!(in_file("slices/members/migrations/0002_m.sql", "CREATE TABLE m (x REFERENCES node (id)); -- FROM node").is_empty());
    }
}
