use super::*;
use kernel::{Error, Points};

fn texts() -> Texts {
    Texts::load([
        ("zh", "hello = 您好，{ $name }\nleft = 还剩 { GROUP($n) } 项，{ $year } 年\nonly-chinese = 只有中文\nrole-a_b = 角色"),
        ("zh", "more = 另一份"),
        (
            "en",
            "hello = Hello, { $name }\nleft = { $n ->\n    [one] one item\n   *[other] { GROUP($n) } items\n } of { $year }\nmore = more",
        ),
    ])
    .unwrap()
}

#[test]
fn a_text_is_in_the_language_asked_for_without_isolation_marks() {
    assert_eq!(texts().of("en").text("hello").with("name", "李红").to_string(), "Hello, 李红");
    assert_eq!(texts().of("zh").text("hello").with("name", String::from("李红")).to_string(), "您好，李红");
}

#[test]
fn a_missing_key_falls_to_chinese_and_then_shows_itself() {
    assert_eq!(texts().of("en").text("only-chinese").to_string(), "只有中文");
    assert_eq!(texts().of("fr").text("more").to_string(), "另一份");
    assert_eq!(texts().of("en").text("nowhere").to_string(), "⟦nowhere⟧");
    assert_eq!(texts().gaps(), ["en: only-chinese", "en: role-a_b"]);
}

#[test]
fn numbers_are_grouped_only_where_asked() {
    assert_eq!(texts().of("zh").text("left").with("n", 2807).with("year", 2026).to_string(), "还剩 2,807 项，2026 年");
    for (plain, shown) in [("0", "0"), ("999", "999"), ("1000", "1,000"), ("-1234567.50", "-1,234,567.50"), ("锦-1234", "锦-1234")] {
        assert_eq!(group(plain), shown);
    }
}

#[test]
fn an_error_becomes_its_sentence_and_its_numbers_take_the_plural() {
    let error = Error::invalid("left").with("n", 1).with("year", 2026);
    assert_eq!(texts().of("en").of(&error).to_string(), "one item of 2026");
    let error = Error::invalid("hello").with("name", "0231");
    assert_eq!(texts().of("en").of(&error).to_string(), "Hello, 0231");
}

#[test]
fn kernel_values_and_references_can_stand_in_a_placeholder() {
    let points = Points::parse("87.5").unwrap();
    assert_eq!(texts().of("en").text("hello").with("name", points).to_string(), format!("Hello, {points}"));
    let held = &points;
    assert_eq!(texts().of("en").text("hello").with("name", held).to_string(), format!("Hello, {points}"));
    let nested = texts().of("zh").text("more");
    assert_eq!(texts().of("en").text("hello").with("name", nested).to_string(), "Hello, 另一份");
}

#[test]
fn broken_doubled_or_absent_catalogues_stop_the_start() {
    assert!(Texts::load([("zh", "a = { $")]).is_err());
    assert!(Texts::load([("zh", "a = 1"), ("zh", "a = 2")]).unwrap_err().contains("zh"));
    assert!(Texts::load([("en", "a = 1")]).is_err());
}

#[test]
fn our_own_words_are_whole_in_both_languages() {
    assert_eq!(Texts::load(WORDS.iter().copied()).unwrap().gaps(), Vec::<String>::new());
}
