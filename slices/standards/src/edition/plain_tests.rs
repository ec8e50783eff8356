use super::{Split, split};
use crate::edition::{Body, written};
use proptest::prelude::*;

fn keys(split: &Split) -> Vec<(&'static str, String)> {
    split
        .errors
        .iter()
        .chain(&split.gaps)
        .map(|e| (e.key, e.args.iter().find(|a| a.0 == "line").map_or(String::new(), |a| a.1.clone())))
        .collect()
}

fn words(split: &Split, number: u16) -> &str {
    split.articles.iter().find(|a| a.number == number).and_then(|a| a.body.words()).unwrap_or("")
}

#[test]
fn a_pasted_text_becomes_chapters_articles_and_clauses() {
    let text = "\u{feff}某某细则\r\n（样例）\r\n目　录\r\n第一章　总则\r\n第二章　会议\r\n\r\n第一章　总　则\r\n　　第一条　为了试验，制定本细则。\r\n　　第二条　【范围】适用于机关党支部。\r\n　　其他支部参照执行。\r\n第二章\r\n会　议\r\n第一节　党员大会\r\n第三条　每季度一次。\r\n　　（一）书记主持；\r\n　　（二）到会过半。\r\n";
    let split = split(text);
    assert_eq!(keys(&split), []);
    assert_eq!(split.preamble, "某某细则\n（样例）\n目　录\n");
    assert_eq!(split.chapters.iter().map(|c| (c.number, c.title.as_str())).collect::<Vec<_>>(), [(1, "总则"), (2, "会议")]);
    assert_eq!(split.articles.iter().map(|a| (a.number, a.chapter)).collect::<Vec<_>>(), [(1, Some(1)), (2, Some(1)), (3, Some(2))]);
    assert_eq!(words(&split, 2), "适用于机关党支部。\n其他支部参照执行。");
    assert_eq!(split.articles[1].heading.as_deref(), Some("范围"));
    assert_eq!(words(&split, 3), "每季度一次。\n（一）书记主持；\n（二）到会过半。");
    assert_eq!(split.articles[2].section.as_deref(), Some("第一节 党员大会"));
}

#[test]
fn a_clause_that_cites_an_article_does_not_begin_one() {
    let split = split("第一条 甲。\n第二条 乙。\n第三条规定的事项除外。\n第一条所称支部含总支。\n第三条 丙。");
    assert_eq!(keys(&split), []);
    assert_eq!(words(&split, 2), "乙。\n第三条规定的事项除外。\n第一条所称支部含总支。");
    assert_eq!(split.articles.len(), 3);
}

#[test]
fn articles_may_begin_without_a_space() {
    let split = split("第一条党支部是基础。\n第二条党支部书记负责。\n第四条不再分。");
    assert_eq!(split.articles.len(), 3);
    assert_eq!(keys(&split), [("plain-article-gap", "3".into())]);
}

#[test]
fn what_is_wrong_is_named_with_its_line() {
    for (text, expected) in [
        ("没有条文的一段话", vec![("plain-no-article", "")]),
        ("", vec![("plain-no-article", "")]),
        ("第一条 甲。\n第三条 丙。", vec![("plain-article-gap", "2")]),
        ("第一条 甲。\n第二条 乙。\n第二条 又。", vec![("plain-article-again", "3")]),
        ("第一条 甲。\n\n第二条\n第三条 丙。", vec![("plain-article-empty", "3")]),
        ("第一章 总则\n第一条 甲。\n第三章 附则\n第二条 乙。", vec![("plain-chapter-gap", "3")]),
        ("第一章 总则\n第一条 甲。\n第一章 附则\n第二条 乙。", vec![("plain-chapter-again", "3")]),
        ("第一章 总则\n第一条 甲。\n第二章 会议\n无主的一句。\n第二条 乙。", vec![("plain-stray-line", "4")]),
        ("第一条 甲。\n第一条之一 乙。", vec![("plain-article-suffix", "2")]),
        ("第二条 乙。", vec![("plain-article-gap", "1")]),
    ] {
        let expected: Vec<_> = expected.into_iter().map(|(k, l)| (k, l.to_owned())).collect();
        assert_eq!(keys(&split(text)), expected, "{text}");
    }
}

proptest! {
    #[test]
    fn any_number_of_articles_comes_back_as_it_went_in(
        texts in prop::collection::vec("[支部书记会议。，]{1,12}", 1..120),
        space in prop::sample::select(vec![" ", "　", "\u{a0}"]),
        end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
    ) {
        let page: String = texts.iter().enumerate().map(|(i, t)| format!("　　第{}条{space}{t}{end}", written(i as u16 + 1))).collect();
        let split = split(&page);
        prop_assert_eq!(keys(&split), vec![]);
        let back: Vec<Body> = split.articles.iter().map(|a| a.body.clone()).collect();
        prop_assert_eq!(back, texts.into_iter().map(Body::Text).collect::<Vec<_>>());
    }

    #[test]
    fn no_text_makes_it_panic(text in "(第|一|二|十|百|零|条|章|节|之|【|】| |　|\n|字|9){0,60}") {
        let _ = split(&text);
    }
}
