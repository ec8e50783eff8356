//! Fluent catalogues: which keys stand where.
use std::collections::BTreeMap;

use crate::check::Finding;
use crate::sources::Sources;

/// Path and line.
pub type Place = (String, usize);

/// All messages and terms (`-name`) of one language; tells keys that stand twice.
pub fn read(sources: &Sources, language: &str, found: &mut Vec<Finding>) -> BTreeMap<String, Place> {
    let folder = format!("content/locales/{language}/");
    let mut keys: BTreeMap<String, Place> = BTreeMap::new();
    for file in sources.ending(&["ftl"]).filter(|f| f.path.starts_with(&folder)) {
        for (number, line) in file.text.lines().enumerate() {
            let Some(key) = key(line) else { continue };
            if let Some((path, first)) = keys.get(key) {
                let what = format!("`{key}` stands a second time (first: {path}:{first})");
                found.push(Finding::new(&file.path, number + 1, what, "begin keys with the crate's or the resource's name"));
            } else {
                keys.insert(key.to_owned(), (file.path.clone(), number + 1));
            }
        }
    }
    keys
}

/// The key a line begins a message with.
fn key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let key = key.trim_end();
    let name = key.strip_prefix('-').unwrap_or(key);
    let sound = name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    sound.then_some(key)
}

/// Values that count something, wherever they stand.
const COUNTS: [&str; 12] = ["n", "m", "all", "branches", "people", "rows", "left", "closed", "formal", "places", "events", "units"];
/// Texts of the command line, which other programs read.
const COMMANDS: &str = "/leitu.ftl";

/// Counts written as bare digits: 1076 here and 1,076 there are two ways to say one number.
pub fn bare_counts(sources: &Sources) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in sources.ending(&["ftl"]).filter(|f| f.path.starts_with("content/locales/") && !f.path.ends_with(COMMANDS)) {
        for (number, line) in file.text.lines().enumerate() {
            let bare = |name: &&&str| line.replace(' ', "").contains(&format!("{{${name}}}"));
            if let Some(name) = COUNTS.iter().find(bare) {
                let what = format!("`${name}` is a count without its thousands apart");
                found.push(Finding::new(&file.path, number + 1, what, format!("write {{ GROUP(${name}) }}")));
            }
        }
    }
    found
}

/// Messages and terms that a catalogue's own texts refer to: `{ other }`, `{ -term }`, `{ a.b }`.
pub fn references(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|part| {
        let inner = part.split(['}', '-', '.', '(']).next().unwrap_or_default().trim();
        let whole = part.split(['}', '.', '(', ',']).next().unwrap_or_default().trim();
        let is_key = whole.starts_with('-') || inner.starts_with(|c: char| c.is_ascii_lowercase());
        is_key.then_some(whole)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_and_variables_functions_and_literals_are_not() {
        let text = "a = { b-c } { -term } { $n } { NUMBER($n) } { \"x\" } { -t2(case: \"x\") }";
        assert_eq!(references(text).collect::<Vec<_>>(), ["b-c", "-term", "-t2"]);
    }

    #[test]
    fn a_key_is_a_name_at_the_line_s_beginning() {
        assert_eq!(
            [key("a-b = x"), key("-t = x"), key("  .title = x"), key("# a = b"), key("   more = text")],
            [Some("a-b"), Some("-t"), None, None, None]
        );
    }
}
