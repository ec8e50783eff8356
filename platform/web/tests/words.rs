//! Every word comes from the catalogues: no Chinese in a template, no key that a language lacks.
#![allow(clippy::restriction, reason = "helpers of tests")]
use std::{fs, path::Path};
use web::{Texts, WORDS};

fn sources(dir: &Path, ext: &str, out: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, ext, out);
        } else if path.extension().is_some_and(|e| e == ext) {
            out.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
        }
    }
}

fn ours(dir: &str, ext: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join(dir), ext, &mut out);
    assert!(!out.is_empty());
    out
}

#[test]
fn no_template_holds_chinese() {
    for (name, text) in ours("templates", "html") {
        assert!(!text.chars().any(|c| ('\u{3000}'..='\u{9fff}').contains(&c) || ('\u{ff00}'..='\u{ffef}').contains(&c)), "{name}");
    }
}

#[test]
fn no_template_holds_inline_style_or_script() {
    for (name, text) in ours("templates", "html") {
        for forbidden in [" style=", " onclick=", " onchange=", "<style", "javascript:"] {
            assert!(!text.contains(forbidden), "{name}: {forbidden}");
        }
        assert_eq!(text.matches("<script").count(), text.matches("<script src=").count(), "{name}");
    }
}

#[test]
fn every_key_of_a_template_is_in_both_languages() {
    let texts = Texts::load(WORDS.iter().copied()).unwrap();
    let mut seen = 0;
    for (name, text) in ours("templates", "html").into_iter().chain(ours("src/components", "rs")) {
        let code = text.lines().filter(|l| !l.trim_start().starts_with("///")).collect::<Vec<_>>().join("\n");
        for rest in code.split("text(\"").skip(1) {
            let key = rest.split('"').next().unwrap();
            seen += 1;
            assert!(texts.of("zh").has(key) && texts.of("en").has(key), "{name}: {key}");
        }
    }
    assert!(seen > 100, "only {seen} keys were found, so the search is broken");
}

#[test]
fn every_word_the_script_asks_for_stands_on_its_tag() {
    let tag = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/_part/words.html")).unwrap();
    let mut seen = 0;
    for (name, text) in ours("assets", "js") {
        for rest in text.split("say('").skip(1) {
            let word = rest.split('\'').next().unwrap();
            seen += 1;
            assert!(tag.contains(&format!("data-{word}=")), "{name}: {word}");
        }
    }
    assert!(seen > 10);
}

#[test]
fn the_script_runs_no_text_reads_no_message_and_leaves_fields_of_passwords_alone() {
    for (name, text) in ours("assets", "js") {
        for forbidden in [
            "eval(",
            "Function(",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "postMessage",
            "'message'",
            "onpaste",
            "'paste'",
            "indexedDB",
            "__proto__",
        ] {
            assert!(!text.contains(forbidden), "{name}: {forbidden}");
        }
        // A tab keeps the address of the form it has just sent, and nothing that was typed.
        let kept: Vec<&str> = text.lines().filter(|l| l.contains("sessionStorage")).map(str::trim).collect();
        let addresses =
            ["sessionStorage.setItem(SENT, placeOf(form));", "sessionStorage.getItem(SENT)", "sessionStorage.removeItem(SENT);"];
        assert!(kept.iter().all(|l| addresses.iter().any(|known| l.contains(known))), "{name}: {kept:?}");
        // A button's own inside is put back; nothing else becomes markup.
        let markup: Vec<&str> = text.lines().filter(|l| l.contains("innerHTML")).map(str::trim).collect();
        assert!(
            markup.iter().all(|l| ["const label = button && button.innerHTML;", "button.innerHTML = label;"].contains(l)),
            "{markup:?}"
        );
    }
    for (name, text) in ours("templates", "html") {
        for old in ["<object", "<embed", "<applet", "<iframe"] {
            assert!(!text.contains(old), "{name}: {old}");
        }
    }
}
