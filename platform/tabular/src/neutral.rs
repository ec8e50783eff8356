//! Text that a spreadsheet would run as a formula. A csv has no types: `=HYPERLINK(…)` in a name becomes a formula
//! where somebody opens the file, so an apostrophe is put before it on the way out and taken off on the way in. So it is with
//! text that would be read as a remark, and its row left out.
use db::planted::Defect;
use std::borrow::Cow;

/// What begins a formula somewhere: the signs, those of full width, which a spreadsheet of East Asia takes for the same, and
/// the blanks that some take off before they look.
const BEGINS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

fn formula_like(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(BEGINS)
}

/// A row whose first cell begins so is a remark: templates carry their examples so. `#REF!` is none.
pub(crate) fn is_remark(text: &str) -> bool {
    text.starts_with("# ")
}

fn remark_like(text: &str) -> bool {
    is_remark(text.trim_start_matches('\''))
}

/// What is written for `text` where the format has no types. Apostrophes that already stand before a formula get one more, so
/// that [`restored`] is exact.
pub(crate) fn neutral(text: &str) -> Cow<'_, str> {
    guarded(text, formula_like(text) || remark_like(text))
}

/// The same where text is text: of what could not be told from a remark.
pub(crate) fn unremarked(text: &str) -> Cow<'_, str> {
    guarded(text, remark_like(text))
}

fn guarded(text: &str, needs: bool) -> Cow<'_, str> {
    if needs && !Defect::Unguarded.is_on() { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// What was meant by `text`.
pub(crate) fn restored(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if formula_like(rest) || remark_like(rest) => rest,
        _ => text,
    }
}

/// What was meant by `text` where text is text.
pub(crate) fn remarked(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| remark_like(rest)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_text_when_it_comes_out_and_itself_when_it_comes_back() {
        for (text, written) in [
            ("=1+1", "'=1+1"),
            ("@x", "'@x"),
            ("-5", "'-5"),
            ("＝1+1", "'＝1+1"),
            ("\n=1", "'\n=1"),
            ("'=1", "''=1"),
            ("\t=1", "'\t=1"),
            ("# 1", "'# 1"),
            ("#1", "#1"),
            ("O'Neill", "O'Neill"),
            ("'", "'"),
        ] {
            assert_eq!(neutral(text), written);
            assert_eq!(restored(written), text);
        }
        assert_eq!(restored("=1"), "=1", "a formula nobody neutralised stays what it is");
    }

    #[test]
    fn where_text_is_text_only_a_remark_is_marked() {
        for (text, written) in [("# 1", "'# 1"), ("'# 1", "''# 1"), ("=1", "=1"), ("'=1", "'=1")] {
            assert_eq!(unremarked(text), written);
            assert_eq!(remarked(written), text);
        }
    }
}
