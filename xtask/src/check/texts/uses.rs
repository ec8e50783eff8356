//! Where code and templates name a text.
use std::collections::{BTreeMap, BTreeSet};

use super::catalogue::{self, Place};
use crate::check::Finding;
use crate::sources::{Source, Sources};
use crate::words;

/// Calls whose first text is a key: what stands directly before the literal, without spaces.
/// `.text(` gives a sentence, the others an error, whose key is a sentence too.
const LOOKS_UP: [&str; 4] = [".text(", "Error::invalid(", "Error::conflict(", "Error::denied("];

#[derive(Default)]
pub struct Uses {
    /// Keys that are certainly looked up, and where.
    pub looked_up: BTreeMap<String, Vec<Place>>,
    /// Every literal that may be a key somewhere (passed on as a value, chosen by a match).
    pub mentioned: BTreeSet<String>,
}

pub fn read(sources: &Sources) -> Uses {
    let mut uses = Uses::default();
    // xtask and the journeys speak about texts without showing any.
    for file in sources.ending(&["rs"]).filter(|f| !["xtask", "journeys"].contains(&f.home()) && !f.is_test()) {
        for literal in words::literals(&file.text).into_iter().filter(|l| !l.in_test) {
            uses.note(&literal.text, &literal.before, file, literal.line);
        }
    }
    for file in templates(sources) {
        for (at, piece) in file.text.match_indices('"').map(|(at, _)| (at, &file.text[at + 1..])) {
            let before: String = file.text[..at].chars().rev().take(20).filter(|c| !c.is_whitespace()).collect();
            let before: String = before.chars().rev().collect();
            uses.note(piece.split('"').next().unwrap_or_default(), &before, file, file.line_at(at));
        }
    }
    for file in sources.ending(&["ftl"]) {
        uses.mentioned.extend(catalogue::references(&file.text).map(str::to_owned));
    }
    uses
}

impl Uses {
    fn note(&mut self, text: &str, before: &str, file: &Source, line: usize) {
        if text.is_empty() || !text.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)) {
            return;
        }
        self.mentioned.insert(text.to_owned());
        // Rules and the kernel show nothing; their `.text(` reads a file.
        let shows = !file.path.starts_with("rules/") && !file.path.starts_with("kernel/");
        let looks_up = LOOKS_UP.iter().any(|call| before.ends_with(call) && (shows || *call != ".text("));
        if looks_up || is_new_error(before) {
            self.looked_up.entry(text.to_owned()).or_default().push((file.path.clone(), line));
        }
    }
}

/// `Error::new(Kind::Denied,` and `Self::new(Kind::NotFound,`.
fn is_new_error(before: &str) -> bool {
    let Some(at) = before.rfind("::new(Kind::") else { return false };
    let kind = &before[at + "::new(Kind::".len()..];
    kind.strip_suffix(',').is_some_and(|k| k.chars().all(char::is_alphanumeric))
}

/// A Chinese literal in a template would be shown in every language.
pub fn chinese_in_templates(sources: &Sources) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in templates(sources) {
        for (number, line) in without_comments(&file.text).lines().enumerate() {
            if let Some(at) = line.find(is_chinese) {
                let word: String = line[at..].chars().take_while(|c| is_chinese(*c)).collect();
                let remedy = "write {{ t.text(\"key\") }} and put the text into content/locales/{zh,en}/<crate>.ftl";
                found.push(Finding::new(&file.path, number + 1, format!("a Chinese text stands in the template: {word}"), remedy));
            }
        }
    }
    found
}

fn templates(sources: &Sources) -> impl Iterator<Item = &Source> {
    sources.ending(&["html"]).filter(|f| f.path.contains("/templates/"))
}

/// Ideographs and the punctuation of Chinese text.
fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303f}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

/// Template and HTML comments left out, line breaks kept.
fn without_comments(text: &str) -> String {
    let mut bare = text.to_owned();
    for (open, close) in [("{#", "#}"), ("<!--", "-->")] {
        while let Some(from) = bare.find(open) {
            let to = bare[from..].find(close).map_or(bare.len(), |end| from + end + close.len());
            let lines = "\n".repeat(bare[from..to].matches('\n').count());
            bare.replace_range(from..to, &lines);
        }
    }
    bare
}
