//! Sentences of another language whose values are Chinese data: names, titles, reasons that somebody wrote.
use crate::{Html, T};
use askama::Template;
use std::fmt::Display;

#[derive(Template)]
#[template(
    source = r#"{% for (chinese, run) in runs %}{% if *chinese %}<span lang="zh-CN">{{ run }}</span>{% else %}{{ run }}{% endif %}{% endfor %}"#,
    ext = "html"
)]
struct Runs<'a> {
    runs: Vec<(bool, &'a str)>,
}

impl T {
    /// Text for a place of any element. On a page that is not Chinese each run of Chinese in it is marked as such, so that it
    /// is read out and broken into lines as Chinese (WCAG 3.1.2).
    pub fn mixed(self, text: impl Display) -> Html {
        let text = text.to_string();
        Html::of(&Runs { runs: if self.lang() == "zh" { vec![(false, &text)] } else { runs(&text) } })
    }
}

/// Ideographs, their punctuation and full-width forms.
pub(crate) fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{303f}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
}

/// Figures and marks between two ideographs belong to their run: `党小组 2 个` is one.
fn runs(text: &str) -> Vec<(bool, &str)> {
    let (mut all, mut rest) = (Vec::new(), text);
    while let Some(from) = rest.find(is_chinese) {
        let run = &rest[from..];
        let of_another = |c: char| c.is_alphabetic() && !is_chinese(c);
        let within = &run[..run.find(of_another).unwrap_or(run.len())];
        let end =
            within.rfind(is_chinese).and_then(|last| within[last..].chars().next().map(|c| last + c.len_utf8())).unwrap_or(within.len());
        all.extend((from > 0).then_some((false, &rest[..from])));
        all.push((true, &run[..end]));
        rest = &run[end..];
    }
    all.extend((!rest.is_empty()).then_some((false, rest)));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Texts, WORDS};

    #[test]
    fn the_chinese_of_an_english_sentence_is_marked_and_everything_is_escaped() {
        let of = |lang: &str, text: &str| Texts::load(WORDS.iter().copied()).unwrap().of(lang).mixed(text).to_string();
        for (text, marked) in [
            ("Due 2026-06-22", "Due 2026-06-22"),
            ("Verify: 党小组 2 个 (锦州市)", r#"Verify: <span lang="zh-CN">党小组 2 个 (锦州市</span>)"#),
            ("甲 sent back: <b>缺签到。", r#"<span lang="zh-CN">甲</span> sent back: &#60;b&#62;<span lang="zh-CN">缺签到。</span>"#),
            ("“材料”", r#"“<span lang="zh-CN">材料</span>”"#),
            ("", ""),
        ] {
            assert_eq!(of("en", text), marked);
        }
        assert_eq!(of("zh", "退回：<b>缺签到"), "退回：&#60;b&#62;缺签到");
    }
}
