//! Chinese on a page of another language. Names, titles and what people wrote stay Chinese on an English page; each run of it
//! is marked as such, so that it is read out and broken into lines as Chinese (WCAG 3.1.2). It is done here for every page
//! once it is finished: no template can forget it, and what a template has marked itself stays as it is.
use std::borrow::Cow;

const MARK: &str = " lang=\"zh-CN\"";
/// Elements that never have an end.
const VOID: [&str; 12] = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"];
/// Elements that hold text and no others: the mark is an attribute of their own.
const ONLY_TEXT: [&str; 3] = ["option", "textarea", "title"];
/// Not text at all.
const RAW: [&str; 2] = ["script", "style"];

/// An element that is open, and whether what stands in it is Chinese.
struct Open<'a> {
    name: &'a str,
    chinese: bool,
}

/// Marks what is Chinese in finished markup of our own.
pub(crate) fn marked(html: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(html.len() + html.len() / 8), html);
    let mut open: Vec<Open<'_>> = Vec::new();
    while !rest.is_empty() {
        let (text, tail) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        let known = open.last().is_some_and(|o| o.chinese || RAW.contains(&o.name));
        out.push_str(&if known { Cow::Borrowed(text) } else { with_runs(text) });
        let (tag, after) = tail.split_at(end_of(tail));
        rest = after;
        let inner = tag.trim_start_matches('<').trim_end_matches('>');
        let name = inner.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        if inner.starts_with('/') {
            while open.pop().is_some_and(|o| o.name != name) {}
        } else if !inner.starts_with('!') && !inner.ends_with('/') && !VOID.contains(&name) && !name.is_empty() {
            let said = lang_of(inner).map(|lang| lang.starts_with("zh"));
            let inherited = open.last().is_some_and(|o| o.chinese);
            let own_text = &after[..after.find('<').unwrap_or(after.len())];
            let marks = said.is_none() && !inherited && ONLY_TEXT.contains(&name) && own_text.contains(is_chinese);
            if marks {
                out.push_str(&tag[..tag.len() - 1]);
                out.push_str(MARK);
                out.push('>');
            } else {
                out.push_str(tag);
            }
            open.push(Open { name, chinese: marks || said.unwrap_or(inherited) });
            continue;
        }
        out.push_str(tag);
    }
    out
}

/// Behind the tag's `>`, which may stand in an attribute's value too.
fn end_of(tail: &str) -> usize {
    let mut quoted = false;
    let end = tail.bytes().position(|b| {
        quoted ^= b == b'"';
        b == b'>' && !quoted
    });
    end.map_or(tail.len(), |i| i + 1)
}

fn lang_of(tag: &str) -> Option<&str> {
    tag.split_once(" lang=\"").and_then(|(_, value)| value.split('"').next())
}

/// Ideographs, their punctuation and full-width forms.
fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{303f}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
}

/// Figures and marks between two ideographs belong to their run: `党小组 2 个` is one.
fn with_runs(text: &str) -> Cow<'_, str> {
    if !text.contains(is_chinese) {
        return text.into();
    }
    let (mut out, mut rest) = (String::new(), text);
    while let Some(from) = rest.find(is_chinese) {
        let run = &rest[from..];
        let of_another = |c: char| c.is_alphabetic() && !is_chinese(c);
        let within = &run[..run.find(of_another).unwrap_or(run.len())];
        let end = within.char_indices().filter(|(_, c)| is_chinese(*c)).map(|(i, c)| i + c.len_utf8()).next_back().unwrap_or(run.len());
        out.push_str(&rest[..from]);
        out.push_str("<span");
        out.push_str(MARK);
        out.push('>');
        out.push_str(&run[..end]);
        out.push_str("</span>");
        rest = &run[end..];
    }
    out.push_str(rest);
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_run_of_chinese_is_marked_once_wherever_it_stands() {
        for (page, wanted) in [
            ("<p>Due 2026-06-22</p>", "<p>Due 2026-06-22</p>"),
            ("<p>Verify: 党小组 2 个 (锦州市)</p>", "<p>Verify: <span lang=\"zh-CN\">党小组 2 个 (锦州市</span>)</p>"),
            ("<b>甲 by 乙</b>", "<b><span lang=\"zh-CN\">甲</span> by <span lang=\"zh-CN\">乙</span></b>"),
            (
                "<a lang=\"zh-CN\" href=\"/x?a>b\">甲<b>乙</b></a>丙",
                "<a lang=\"zh-CN\" href=\"/x?a>b\">甲<b>乙</b></a><span lang=\"zh-CN\">丙</span>",
            ),
            (
                "<p lang=\"zh-CN\">甲<i lang=\"en\">of 乙</i></p>",
                "<p lang=\"zh-CN\">甲<i lang=\"en\">of <span lang=\"zh-CN\">乙</span></i></p>",
            ),
            ("<option value=\"1\">好</option>", "<option value=\"1\" lang=\"zh-CN\">好</option>"),
            ("<textarea name=\"a\">\n补会议</textarea>", "<textarea name=\"a\" lang=\"zh-CN\">\n补会议</textarea>"),
            ("<option lang=\"zh-CN\" selected>好</option>", "<option lang=\"zh-CN\" selected>好</option>"),
            (
                "<br><input value=\"好\"><svg><path d=\"M0\"/></svg>好",
                "<br><input value=\"好\"><svg><path d=\"M0\"/></svg><span lang=\"zh-CN\">好</span>",
            ),
            ("<script>say('好')</script>&#60;b", "<script>say('好')</script>&#60;b"),
        ] {
            assert_eq!(marked(page), wanted);
            assert_eq!(marked(wanted), wanted, "what is marked stays as it is");
        }
    }
}
