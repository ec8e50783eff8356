//! Each way in which a checklist could claim what is not so.
use super::*;
use crate::sources::planted;

const TESTS: &str = "#[test]\nfn it_holds() {}\n\n#[tokio::test(flavor = \"multi_thread\")]\nasync fn it_holds_too() {}\n\n#[test]\n#[ignore]\nfn left_out() {}\n\nfn it_helps() {}\n// fn it_was() {}\n";

/// A list of as many ids as there must be, of which `change` may spoil one row.
fn asvs(change: impl Fn(&str, String) -> Option<String>) -> String {
    let mut text = format!("{HEAD}\n");
    for chapter in 0..17 {
        let levels = [FIRST[chapter], SECOND[chapter]].into_iter().enumerate().flat_map(|(level, n)| std::iter::repeat_n(level + 1, n));
        for (number, level) in levels.enumerate() {
            let id = format!("V{}.1.{}", chapter + 1, number + 1);
            let row = format!("{id},{level},met,a/tests/it.rs::it_holds,");
            if let Some(row) = change(&id, row) {
                text += &format!("{row}\n");
            }
        }
    }
    text
}

fn dengbao(change: impl Fn(&str, String) -> String) -> String {
    let row = |c: &&str| change(c, format!("| {c} | x | met | `a/tests/it.rs::it_holds_too` | |"));
    format!(
        "# Clauses\n\n| clause | about | state | evidence | reason |\n|---|---|---|---|---|\n{}",
        CLAUSES.iter().map(row).collect::<Vec<_>>().join("\n")
    )
}

fn found(asvs: &str, dengbao: &str) -> Vec<String> {
    let sources = planted(&[(ASVS, asvs), (DENGBAO, dengbao), ("a/tests/it.rs", TESTS), ("docs/a.md", "# A\n\n## Log, kept\n")]);
    findings(&sources).into_iter().map(|f| f.what).collect()
}

fn with_row(id: &str, row: &str) -> Vec<String> {
    found(&asvs(|this, good| Some(if this == id { row.to_owned() } else { good })), &dengbao(|_, row| row))
}

#[test]
fn a_whole_list_is_clean() {
    let none: [String; 0] = [];
    assert_eq!(found(&asvs(|_, row| Some(row)), &dengbao(|_, row| row)), none);
    for row in [
        "V6.1.2,1,met,a/tests/it.rs::it_holds a/tests/it.rs::it_holds_too,",
        "V6.1.2,1,met,docs/a.md#log-kept,\"written, not tried\"",
        "V6.1.2,1,open,,\"a list is missing, which waits\"",
        "V6.1.2,1,not-applicable,,\"there is none\"",
    ] {
        assert_eq!(with_row("V6.1.2", row), none, "{row}");
    }
}

#[test]
fn a_named_test_that_does_not_exist_or_does_not_run_is_found() {
    for name in ["it_is_gone", "it_hold", "left_out", "it_helps", "it_was"] {
        let rows = with_row("V6.1.2", &format!("V6.1.2,1,met,a/tests/it.rs::it_holds a/tests/it.rs::{name},"));
        assert_eq!(rows, [format!("there is no test `{name}` in a/tests/it.rs that runs")]);
    }
    assert_eq!(with_row("V6.1.2", "V6.1.2,1,met,a/tests/no.rs::it_holds,"), ["there is no file `a/tests/no.rs`"]);
    assert_eq!(with_row("V6.1.2", "V6.1.2,1,open,a/tests/it.rs::it_is_gone,\"half\"").len(), 1, "also where it shows a part only");
    assert_eq!(with_row("V6.1.2", "V6.1.2,1,met,docs/a.md#gone,"), ["there is no heading `gone` in docs/a.md"]);
    assert_eq!(with_row("V6.1.2", "V6.1.2,1,met,it_holds,"), ["`it_holds` is neither a test nor a heading"]);
    let clause = |c: &str, row: String| if c == "8.1.4.5" { row.replace("it_holds_too", "it_is_gone") } else { row };
    assert_eq!(found(&asvs(|_, row| Some(row)), &dengbao(clause)), ["there is no test `it_is_gone` in a/tests/it.rs that runs"]);
}

#[test]
fn a_claim_without_evidence_and_a_state_without_reason_are_found() {
    for row in
        ["V6.1.2,1,met,,\"surely\"", "V6.1.2,1,open,,", "V6.1.2,1,not-applicable,,\" \"", "V6.1.2,1,nearly,,\"so\"", "V6.1.2,1,open,,bare"]
    {
        assert!(!with_row("V6.1.2", row).is_empty(), "{row}");
    }
    let clause = |c: &str, row: String| if c == "8.1.4.5" { format!("| {c} | x | open | | |") } else { row };
    assert_eq!(found(&asvs(|_, row| Some(row)), &dengbao(clause)), ["no reason is written"]);
}

#[test]
fn an_id_that_is_missing_doubled_unknown_or_at_another_level_is_found() {
    let without = found(&asvs(|id, row| (id != "V6.1.2").then_some(row)), &dengbao(|_, row| row));
    assert_eq!(without, ["V6 has [12, 22] ids of levels 1 and 2, and should have [13, 22]"]);
    for row in [
        "V6.1.1,1,met,a/tests/it.rs::it_holds,",
        "V18.1.1,1,met,a/tests/it.rs::it_holds,",
        "V6.1.2,3,met,a/tests/it.rs::it_holds,",
        "V6.1.2,1",
    ] {
        assert_eq!(with_row("V6.1.2", row).len(), 2, "{row}: itself, and its chapter's count");
    }
    assert_eq!(with_row("V6.1.2", "V6.1.2,2,met,a/tests/it.rs::it_holds,").len(), 1, "the count tells");
    let clause = |c: &str, row: String| if c == "8.1.4.5" { row.replace("8.1.4.5", "8.1.4.4") } else { row };
    assert_eq!(found(&asvs(|_, row| Some(row)), &dengbao(clause)).len(), 2);
    assert_eq!(findings(&planted(&[])).len(), 2, "without the lists nothing is shown");
}
