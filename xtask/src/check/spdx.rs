//! Licence expressions (SPDX): `OR`, `AND`, `WITH`, parentheses, and the old `/` for `OR`.

/// Whether the expression can be fulfilled with allowed licences only. Errors on a malformed one.
pub fn fulfilled(expression: &str, allowed: &dyn Fn(&str) -> bool) -> Result<bool, String> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut reader = Reader { words: &words, at: 0, allowed };
    let answer = reader.any()?;
    if reader.at == words.len() { Ok(answer) } else { Err(format!("`{expression}` is no licence expression")) }
}

struct Reader<'a> {
    words: &'a [&'a str],
    at: usize,
    allowed: &'a dyn Fn(&str) -> bool,
}

impl Reader<'_> {
    fn next_is(&mut self, word: &str) -> bool {
        let is = self.words.get(self.at).is_some_and(|w| w.eq_ignore_ascii_case(word));
        self.at += usize::from(is);
        is
    }

    fn any(&mut self) -> Result<bool, String> {
        let mut answer = self.all()?;
        while self.next_is("OR") {
            answer |= self.all()?;
        }
        Ok(answer)
    }

    fn all(&mut self) -> Result<bool, String> {
        let mut answer = self.one()?;
        while self.next_is("AND") {
            answer &= self.one()?;
        }
        Ok(answer)
    }

    fn one(&mut self) -> Result<bool, String> {
        if self.next_is("(") {
            let answer = self.any()?;
            return if self.next_is(")") { Ok(answer) } else { Err("a parenthesis is not closed".into()) };
        }
        let licence = self.words.get(self.at).ok_or("the licence expression breaks off")?;
        self.at += 1;
        if !self.next_is("WITH") {
            return Ok((self.allowed)(licence));
        }
        let exception = self.words.get(self.at).ok_or("WITH names no exception")?;
        self.at += 1;
        // An exception only adds permissions; it is allowed where its licence is.
        Ok((self.allowed)(&format!("{licence} WITH {exception}")) || (self.allowed)(licence))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_read_with_their_precedence() {
        let allowed = |l: &str| ["MIT", "Apache-2.0", "ISC"].contains(&l);
        for (expression, expected) in [
            ("MIT", true),
            ("GPL-3.0-only", false),
            ("Apache-2.0 OR GPL-2.0-only", true),
            ("Apache-2.0 AND GPL-2.0-only", false),
            ("GPL-2.0-only OR MIT AND GPL-2.0-only", false),
            ("(GPL-2.0-only OR MIT) AND ISC", true),
            ("MIT/Apache-2.0", true),
            ("Apache-2.0 WITH LLVM-exception", true),
            ("GPL-3.0-only WITH GCC-exception-3.1", false),
        ] {
            assert_eq!(fulfilled(expression, &allowed), Ok(expected), "{expression}");
        }
    }

    #[test]
    fn a_malformed_expression_is_an_error() {
        for expression in ["", "MIT OR", "(MIT", "MIT Apache-2.0", "MIT WITH"] {
            assert!(fulfilled(expression, &|_| true).is_err(), "{expression}");
        }
    }
}
