//! Splits SQL into what is text of the language and what is quoted, so that nothing inside quotes is ever rewritten.

/// A piece of a statement.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Piece<'a> {
    /// A word: a keyword, a name or a number.
    Word(&'a str),
    /// `$1`, with its number's text.
    Place(&'a str),
    /// Everything else as it stands: blanks, signs, `'literals'`, `"names"`, comments.
    Other(&'a str),
}

pub(crate) fn pieces(sql: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = sql;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let len = match first {
            '\'' | '"' => quoted(rest, first),
            '-' if rest.starts_with("--") => rest.find('\n').map_or(rest.len(), |i| i + 1),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |i| i + 2),
            '$' => 1 + run(&rest[1..], |c| c.is_ascii_digit()),
            c if is_word(c) => run(rest, is_word),
            c => c.len_utf8(),
        };
        let (piece, after) = rest.split_at(len);
        rest = after;
        Some(match first {
            '$' if len > 1 => Piece::Place(&piece[1..]),
            c if is_word(c) => Piece::Word(piece),
            _ => Piece::Other(piece),
        })
    })
}

fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

fn run(text: &str, inside: impl Fn(char) -> bool) -> usize {
    text.find(|c| !inside(c)).unwrap_or(text.len())
}

/// A doubled quote is a quote inside, which two neighbouring literals give just as well.
fn quoted(text: &str, quote: char) -> usize {
    text[1..].find(quote).map_or(text.len(), |i| i + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_and_quoted_ones_are_not() {
        let sql = "SELECT '$1 it''s $2', \"a$3\" -- $4\n, $12 /* $5 */ FROM t WHERE a=$1";
        let places: Vec<_> = pieces(sql).filter_map(|p| if let Piece::Place(n) = p { Some(n) } else { None }).collect();
        assert_eq!(places, ["12", "1"]);
    }

    #[test]
    fn nothing_is_lost_even_of_a_broken_statement() {
        for sql in ["", "'open", "\"open", "/* open", "-- open", "$", "$x", "中文 = '值$1'", "a$"] {
            let whole: String = pieces(sql)
                .map(|p| match p {
                    Piece::Word(t) | Piece::Other(t) => t.to_string(),
                    Piece::Place(n) => format!("${n}"),
                })
                .collect();
            assert_eq!(whole, sql);
        }
    }
}
