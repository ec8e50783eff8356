use super::read;
use crate::edition::{Body, Check, Confidence, Edition};
use proptest::prelude::*;

const HEAD: &str = "[edition]\ncode = \"X\"\nversion = \"1\"\ntitle = \"样例\"\nkind = \"细则\"\neffective_from = 2018-11-19\n";

fn bad(body: &str) -> Vec<(&'static str, String)> {
    let errors = read(&format!("{HEAD}{body}")).unwrap_err();
    errors.iter().map(|e| (e.key, e.args.iter().find(|a| a.0 == "line").map_or(String::new(), |a| a.1.clone()))).collect()
}

fn good(body: &str) -> Edition {
    read(&format!("{HEAD}{body}")).unwrap()
}

#[test]
fn a_file_becomes_an_edition_and_counted_articles_stand_without_words() {
    let edition = good(
        "whole = true\ncheck = \"已核对\"\n[[chapter]]\nnumber = 1\ntitle = \"总则\"\narticles = [1, 3]\n\
         [[article]]\nnumber = 2\ntext = \"\"\"\n  第一款。\n\n  第二款。\n\"\"\"\nconfidence = \"F2\"\nhigher = [\"REG-ZB:5\", \"REG-ZB:4\", \"REG-ZB:4\"]\n",
    );
    assert_eq!(edition.articles.iter().map(|a| (a.number, a.chapter)).collect::<Vec<_>>(), [(1, Some(1)), (2, Some(1)), (3, Some(1))]);
    let second = edition.article(2).unwrap();
    assert_eq!(second.body, Body::Text("第一款。\n第二款。".into()));
    assert_eq!((second.confidence, second.check), (Some(Confidence::SecondHand), Check::Checked));
    assert_eq!(second.higher.iter().map(ToString::to_string).collect::<Vec<_>>(), ["REG-ZB:4", "REG-ZB:5"]);
    let first = edition.article(1).unwrap();
    assert_eq!((&first.body, first.check), (&Body::Missing, Check::Unchecked), "words that are not there cannot have been compared");
}

#[test]
fn everything_wrong_is_found_at_once_with_its_line() {
    let file = "[[chapter]]\nnumber = 1\ntitle = \"总则\"\narticles = [3, 1]\n[[article]]\nnumber = 0\n[[article]]\nnumber = 4\nchapter = 9\n\
                higher = [\"条例四\"]\nconfidence = \"Z\"\n[[article]]\nnumber = 5\ntext = \"甲\"\nsummary = \"乙\"\n";
    let found = bad(file);
    for key in ["edition-range", "edition-number", "place-format", "edition-confidence", "edition-text-and-summary"] {
        assert!(found.iter().any(|f| f.0 == key && !f.1.is_empty()), "{key} in {found:?}");
    }
    assert_eq!(bad("[[article]]\nnumber = 4\nchapter = 9\n"), [("edition-no-chapter", "7".into())]);
    assert_eq!(bad("[[article]]\nnumber = 4\n[[article]]\nnumber = 4\n"), [("edition-article-again", "9".into())]);
}

#[test]
fn a_whole_edition_lacks_no_number() {
    assert_eq!(bad("whole = true\n[[article]]\nnumber = 1\n[[article]]\nnumber = 3\n"), [("edition-gap", "10".into())]);
    assert_eq!(bad("whole = true\n"), [("edition-whole-empty", String::new())]);
    assert_eq!(good("[[article]]\nnumber = 3\n").articles.len(), 1);
}

#[test]
fn a_misspelt_key_or_broken_file_is_named_with_its_line() {
    assert_eq!(bad("effektive_to = 2019-01-01\n"), [("edition-toml", "7".into())]);
    assert_eq!(bad("[[article]]\nnumber = \"四\"\n"), [("edition-toml", "8".into())]);
    assert_eq!(read("\u{0}").unwrap_err()[0].key, "edition-toml");
    assert_eq!(read("").unwrap_err()[0].key, "edition-toml");
    assert_eq!(bad("effective_to = 2018-11-18\n"), [("edition-ends-before", "1".into())]);
}

proptest! {
    #[test]
    fn no_file_makes_it_panic(body in "(\\[\\[article\\]\\]|number|=|0|70000|\"|\n|text|\\[|\\]|,|样|articles|\\[\\[chapter\\]\\]|title){0,40}") {
        let _ = read(&format!("{HEAD}{body}"));
    }
}
