//! Every word that is explained has its text, every text its word, and every `?` on a page leads to one.
#![allow(clippy::restriction, reason = "helpers of tests")]
mod house;

use help::topic::TOPICS;
use house::texts;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use web::T;

const CATALOGUES: [(&str, &str); 2] =
    [("zh", include_str!("../../../content/locales/zh/help.ftl")), ("en", include_str!("../../../content/locales/en/help.ftl"))];

fn said(t: T, key: &str) -> String {
    assert!(t.has(key), "{} has no {key}", t.lang());
    let text = t.text(key).to_string();
    assert!(!text.contains(['{', '⟦']), "{} {key}: {text}", t.lang());
    text
}

#[test]
fn every_word_has_its_text_and_basis_in_both_languages_and_every_text_its_word() {
    let wanted: BTreeSet<String> =
        TOPICS.iter().flat_map(|code| ["", "-text", "-basis", "-words"].map(|kind| format!("help-{code}{kind}"))).collect();
    for (lang, catalogue) in CATALOGUES {
        let t = texts().of(lang);
        wanted.iter().for_each(|key| assert!(!said(t, key).is_empty()));
        let given = catalogue.lines().filter_map(|l| l.split_once(" =")).map(|(key, _)| key.to_owned());
        let own = ["help-lead", "help-topics", "help-basis", "help-all"].map(str::to_owned);
        let idle: Vec<_> = given.filter(|key| !wanted.contains(key) && !own.contains(key)).collect();
        assert_eq!(idle, Vec::<String>::new(), "{lang}");
    }
}

#[test]
fn a_word_is_explained_in_two_to_six_sentences() {
    let t = texts().of("zh");
    for code in TOPICS {
        let text = said(t, &format!("help-{code}-text"));
        let sentences = text.matches('。').count();
        assert!((2..=6).contains(&sentences), "{code}: {sentences} sentences");
    }
}

fn templates(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            templates(&path, out);
        } else if path.extension().is_some_and(|e| e == "html") {
            out.push(path);
        }
    }
}

#[test]
fn every_question_mark_on_a_page_leads_to_a_word_that_is_explained() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut all = Vec::new();
    for slice in fs::read_dir(root.join("slices")).unwrap() {
        let folder = slice.unwrap().path().join("templates");
        if folder.is_dir() {
            templates(&folder, &mut all);
        }
    }
    let mut seen = BTreeSet::new();
    for path in &all {
        let page = fs::read_to_string(path).unwrap();
        let one = page.split("t.help(\"").skip(1).map(|rest| rest.split('"').next().unwrap());
        let rows = page.split("t.helps([").skip(1).map(|rest| rest.split(']').next().unwrap());
        for code in one.chain(rows.flat_map(|row| row.split('"').skip(1).step_by(2))) {
            assert!(TOPICS.contains(&code), "{}: {code}", path.display());
            seen.insert(code.to_owned());
        }
    }
    assert!(seen.len() > 10, "only {seen:?} are asked for, so the search is broken");
}
