//! Text that a spreadsheet would run as a formula. A csv has no types: `=HYPERLINK(…)` in a name becomes a formula
//! where somebody opens the file, so an apostrophe is put before it on the way out and taken off on the way in.
use std::borrow::Cow;

fn formula_like(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// What is written for `text`. Apostrophes that already stand before a formula get one more, so that [`restored`] is exact.
pub(crate) fn neutral(text: &str) -> Cow<'_, str> {
    if formula_like(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// What was meant by `text`.
pub(crate) fn restored(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if formula_like(rest) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_text_when_it_comes_out_and_itself_when_it_comes_back() {
        for (text, written) in
            [("=1+1", "'=1+1"), ("@x", "'@x"), ("-5", "'-5"), ("'=1", "''=1"), ("\t=1", "'\t=1"), ("O'Neill", "O'Neill"), ("'", "'")]
        {
            assert_eq!(neutral(text), written);
            assert_eq!(restored(written), text);
        }
        assert_eq!(restored("=1"), "=1", "a formula nobody neutralised stays what it is");
    }
}
