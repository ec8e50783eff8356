//! A small reader of Rust text: where its string literals stand and what stands before them.
//! Enough to find SQL and text keys without building a syntax tree.

/// One string literal of a Rust file.
#[derive(Debug, PartialEq, Eq)]
pub struct Literal {
    /// 1-based line on which it begins.
    pub line: usize,
    /// Its characters as written (escapes are kept).
    pub text: String,
    /// The code before it without white space, at most the last 400 characters: a chain of calls and where it begins.
    pub before: String,
    /// Whether it stands in a `#[cfg(test)]` block.
    pub in_test: bool,
}

/// All string literals of a Rust source, comments left out.
pub fn literals(source: &str) -> Vec<Literal> {
    Reader { rest: source, line: 1, code: String::new(), in_test: false, found: Vec::new() }.read()
}

struct Reader<'a> {
    rest: &'a str,
    line: usize,
    code: String,
    in_test: bool,
    found: Vec<Literal>,
}

impl Reader<'_> {
    fn read(mut self) -> Vec<Literal> {
        while let Some(c) = self.rest.chars().next() {
            if self.rest.starts_with("//") {
                self.skip(self.rest.find('\n').unwrap_or(self.rest.len()));
            } else if self.rest.starts_with("/*") {
                self.skip(block_comment(self.rest));
            } else if let Some((open, hashes)) = raw_opening(self.rest, &self.code) {
                let close = format!("\"{}", "#".repeat(hashes));
                let length = self.rest[open..].find(&close).unwrap_or(self.rest.len() - open);
                self.keep(open, length, close.len());
            } else if c == '"' {
                self.keep(1, quoted(&self.rest[1..]), 1);
            } else if c == '\'' {
                self.skip(char_literal(self.rest));
            } else {
                if !c.is_whitespace() {
                    self.code.push(c);
                    self.notice_test_block();
                }
                self.skip(c.len_utf8());
            }
        }
        self.found
    }

    fn skip(&mut self, bytes: usize) {
        let bytes = bytes.min(self.rest.len());
        self.line += self.rest[..bytes].matches('\n').count();
        self.rest = &self.rest[bytes..];
    }

    fn keep(&mut self, open: usize, length: usize, close: usize) {
        let text = self.rest[open..open + length].to_owned();
        let tail: Vec<char> = self.code.chars().rev().take(400).collect();
        self.found.push(Literal { line: self.line, text, before: tail.into_iter().rev().collect(), in_test: self.in_test });
        self.code.push_str("\"\"");
        self.skip(open + length + close);
    }

    /// A block behind `#[cfg(test)]` is the last thing in a file here; `mod tests;` is none.
    fn notice_test_block(&mut self) {
        if self.code.ends_with('{')
            && let Some(at) = self.code.rfind("#[cfg(test)]")
        {
            self.in_test |= !self.code[at..].contains(';');
        }
    }
}

fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0usize, 0usize);
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        if rest.starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if rest.starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    text.len()
}

/// `r"`, `r#"`, `br##"`: the length of the opening and the number of hashes.
fn raw_opening(text: &str, code: &str) -> Option<(usize, usize)> {
    let prefix = if text.starts_with("br") { 2 } else { usize::from(text.starts_with('r')) };
    if prefix == 0 || code.ends_with(|c: char| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let hashes = text[prefix..].bytes().take_while(|b| *b == b'#').count();
    text[prefix + hashes..].starts_with('"').then_some((prefix + hashes + 1, hashes))
}

fn quoted(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at,
            _ => {}
        }
    }
    text.len()
}

/// A character literal's length, or 1 for the mark of a lifetime.
fn char_literal(text: &str) -> usize {
    let mut chars = text.char_indices().skip(1);
    match (chars.next(), chars.next()) {
        (Some((_, '\\')), Some((at, escaped))) => {
            let from = at + escaped.len_utf8();
            text[from..].find('\'').map_or(1, |end| from + end + 1)
        }
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<String> {
        literals(source).into_iter().map(|l| l.text).collect()
    }

    #[test]
    fn strings_are_found_and_comments_characters_and_lifetimes_are_not() {
        let source = r####"// "no"
/* "no /* "no" */ "no" */ fn f<'a>(x: &'a str) { g("one", '"', '\'', r#"two "quoted""#, "th\"ree", br"four") }"####;
        assert_eq!(texts(source), ["one", "two \"quoted\"", "th\\\"ree", "four"]);
    }

    #[test]
    fn a_literal_knows_its_line_and_the_code_before_it() {
        let found = literals("fn f() {\n    Error::invalid(\n        \"bad\")\n}");
        assert_eq!((found[0].line, found[0].before.as_str()), (3, "fnf(){Error::invalid("));
    }

    #[test]
    fn what_stands_in_a_test_block_is_marked() {
        let found = literals("#[cfg(test)]\nmod tests;\nfn f() { g(\"a\") }\n#[cfg(test)]\nmod more {\n fn h() { g(\"b\") } }");
        assert_eq!(found.iter().map(|l| l.in_test).collect::<Vec<_>>(), [false, true]);
    }
}
