//! Full text over terms the caller prepared (for Chinese: bigrams), the same answers on both engines.
//!
//! A migration makes the index with `-- text index: org_terms`; a query asks it with the word `TERMS`, which stands for
//! a sub-select of the ids that have all the terms, so that it joins with any scope:
//!
//! ```sql
//! SELECT o.id, o.name FROM organisation o WHERE o.id IN TERMS(org_terms, $1) AND o.path >= $2 AND o.path < $3
//! ```
use crate::{Param, Result, Tx, dialect::Engine};

/// Terms as both engines store and ask them: lower case, each once, in order, without the signs that quote.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Terms(String);

impl Terms {
    /// From text with blanks between its terms.
    pub fn of(text: &str) -> Terms {
        Self::from_iter(text.split_whitespace())
    }
    /// Nothing to look for: a query with it finds nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<S: AsRef<str>> FromIterator<S> for Terms {
    fn from_iter<I: IntoIterator<Item = S>>(list: I) -> Self {
        let plain =
            |t: S| t.as_ref().to_lowercase().replace(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '\'' | '"' | '\\'), "");
        let terms: std::collections::BTreeSet<String> = list.into_iter().map(plain).filter(|t| !t.is_empty()).collect();
        Terms(terms.into_iter().collect::<Vec<_>>().join(" "))
    }
}

impl<'a> From<&'a Terms> for Param<'a> {
    fn from(terms: &'a Terms) -> Self {
        Param::Text(&terms.0)
    }
}

/// A text index made by a migration; declare it with [`text_index!`](crate::text_index).
#[derive(Clone, Copy, Debug)]
pub struct TextIndex {
    #[doc(hidden)]
    pub put: &'static str,
    #[doc(hidden)]
    pub delete: &'static str,
}

/// `const NAMES: db::TextIndex = db::text_index!("org_terms");`
#[macro_export]
macro_rules! text_index {
    ($name:literal) => {
        $crate::TextIndex {
            put: concat!("INSERT INTO ", $name, " (id, terms) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET terms = excluded.terms"),
            delete: concat!("DELETE FROM ", $name, " WHERE id = $1"),
        }
    };
}

impl TextIndex {
    /// What `id` is found by from now on; replaces what it was found by.
    ///
    /// # Errors
    /// The engine's.
    pub async fn put<'p>(&self, tx: &mut Tx<'_>, id: impl Into<Param<'p>>, terms: &Terms) -> Result<()> {
        tx.later(self.put, &[id.into(), terms.into()]).await
    }
    /// `id` is not found any more.
    ///
    /// # Errors
    /// The engine's.
    pub async fn delete<'p>(&self, tx: &mut Tx<'_>, id: impl Into<Param<'p>>) -> Result<()> {
        tx.later(self.delete, &[id.into()]).await
    }
}

/// The index's tables. FTS5 finds rows by number only, so the ids stand in a table beside it; the `ascii` tokenizer
/// leaves everything but blanks inside a term once the ASCII signs are declared part of it.
pub(crate) fn create(name: &str, engine: Engine) -> String {
    match engine {
        Engine::Sqlite => format!(
            "CREATE TABLE {name} (number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, terms TEXT NOT NULL);\n\
             CREATE VIRTUAL TABLE {name}_words USING fts5(terms, content='{name}', content_rowid='number', detail=none, columnsize=0, \
             tokenize=\"ascii tokenchars '!#$%&()*+,-./:;<=>?@[]^_`{{|}}~'\");\n\
             INSERT INTO {name}_words ({name}_words, rank) VALUES ('secure-delete', 1);\n\
             CREATE TRIGGER {name}_put AFTER INSERT ON {name} BEGIN\n\
             INSERT INTO {name}_words (rowid, terms) VALUES (new.number, new.terms); END;\n\
             CREATE TRIGGER {name}_gone AFTER DELETE ON {name} BEGIN\n\
             INSERT INTO {name}_words ({name}_words, rowid, terms) VALUES ('delete', old.number, old.terms); END;\n\
             CREATE TRIGGER {name}_changed AFTER UPDATE ON {name} BEGIN\n\
             INSERT INTO {name}_words ({name}_words, rowid, terms) VALUES ('delete', old.number, old.terms);\n\
             INSERT INTO {name}_words (rowid, terms) VALUES (new.number, new.terms); END;\n"
        ),
        Engine::Pg => format!(
            "CREATE TABLE {name} (id BYTEA NOT NULL PRIMARY KEY, terms TEXT COLLATE \"C\" NOT NULL, \
             words TSVECTOR GENERATED ALWAYS AS (array_to_tsvector(string_to_array(terms, ' '))) STORED);\n\
             CREATE INDEX {name}_words ON {name} USING GIN (words);\n"
        ),
    }
}

/// [`Terms`] hold neither quotes nor backslashes, so quoting them is putting signs between them.
pub(crate) fn found(name: &str, n: &str, engine: Engine) -> String {
    match engine {
        Engine::Sqlite => format!(
            "(SELECT {name}.id FROM {name}_words JOIN {name} ON {name}.number = {name}_words.rowid \
             WHERE {name}_words MATCH '\"' || replace(?{n}, ' ', '\" \"') || '\"')"
        ),
        Engine::Pg => {
            format!("(SELECT id FROM {name} WHERE words @@ ('''' || replace(NULLIF(${n}, ''), ' ', ''' & ''') || '''')::tsquery)")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_cleaned_of_what_quotes_and_doubles() {
        assert_eq!(Terms::of(" 党支  支部 党支 A-1 o'n\\e\"il ' ").as_str(), "a-1 oneil 党支 支部");
        assert!(Terms::of(" '' ").is_empty());
    }
}
