//! A sentence whose dates stay whole: a browser breaks a line behind a hyphen or a blank, and large letters leave little room.
use crate::{Html, T};
use askama::Template;
use std::fmt::Display;

#[derive(Template)]
#[template(
    source = r#"{% for (words, date) in parts %}{{ words }}<span class="date">{{ date }}</span>{% endfor %}{{ rest }}"#,
    ext = "html"
)]
struct Dated<'a> {
    /// What stands before a date, and the date.
    parts: Vec<(&'a str, &'a str)>,
    rest: &'a str,
}

impl T {
    /// `{{ t.dated(notice.text) }}`: for sentences that are made elsewhere and may hold dates.
    pub fn dated(self, text: impl Display) -> Html {
        let text = text.to_string();
        let (mut parts, mut rest, mut at) = (Vec::new(), text.as_str(), 0);
        while at < rest.len() {
            let begins = rest.is_char_boundary(at) && !rest[..at].ends_with(|c: char| c.is_ascii_digit());
            match begins.then(|| date(&rest[at..])).flatten() {
                Some(length) => {
                    parts.push((&rest[..at], &rest[at..at + length]));
                    (rest, at) = (&rest[at + length..], 0);
                }
                None => at += 1,
            }
        }
        Html::of(&Dated { parts, rest })
    }
}

/// The length of the date a text begins with: `2026-06-15` or `2026 年 6 月 15 日`.
fn date(text: &str) -> Option<usize> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut at = digits(text);
    let (separators, fewest): (&[&str], usize) =
        if text[at..].starts_with('-') { (&["-", "-", ""], 2) } else { (&[" 年 ", " 月 ", " 日"], 1) };
    if at != 4 {
        return None;
    }
    for (i, separator) in separators.iter().enumerate() {
        at += text[at..].strip_prefix(separator).map(|_| separator.len())?;
        if i + 1 < separators.len() {
            let n = digits(&text[at..]);
            at += Some(n).filter(|n| (fewest..=2).contains(n))?;
        }
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn what_is_a_date_is_known_and_nothing_else() {
        for (text, length) in [
            ("2026-06-15 前", Some(10)),
            ("2026-06-15", Some(10)),
            ("2026 年 6 月 15 日，星期一", Some("2026 年 6 月 15 日".len())),
            ("2026-6-15", None),
            ("2026-06-1", None),
            ("20260615", None),
            ("2026 年度", None),
            ("21-01-001", None),
            ("", None),
        ] {
            assert_eq!(date(text), length, "{text}");
        }
    }
}
