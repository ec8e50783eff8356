//! The text of a regulation as people paste it, split at 第…章, 第…节 and 第…条.
use super::numeral::{self, written};
use super::{Article, Body, Chapter, Check, Edition, Head};
use kernel::Error;

/// What a text was split into, and what is wrong with it. Findings name the line.
#[derive(Debug, Default)]
pub struct Split {
    /// What stands before the first chapter or article: title, notes, table of contents.
    pub preamble: String,
    pub chapters: Vec<Chapter>,
    pub articles: Vec<Article>,
    /// The text cannot be taken as it is.
    pub errors: Vec<Error>,
    /// Numbers that are skipped: allowed only in an edition not declared whole.
    pub gaps: Vec<Error>,
}

/// Splits `text`. Full-width spaces, any line ends and a byte-order mark make no difference; a table of contents is
/// left in no chapter's way; the clauses of an article stay one to a line.
pub fn split(text: &str) -> Split {
    let mut splitter = Splitter::default();
    for (at, line) in text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n").split('\n').enumerate() {
        splitter.line(at + 1, line.trim());
    }
    splitter.finish()
}

impl Split {
    /// Joins the articles with what somebody says of the edition.
    ///
    /// # Errors
    /// Its findings; gaps only if the edition is declared whole.
    pub fn under(self, head: Head) -> Result<Edition, Vec<Error>> {
        let gaps = if head.whole { self.gaps } else { Vec::new() };
        let wrong: Vec<Error> = self.errors.into_iter().chain(gaps).collect();
        if wrong.is_empty() { Ok(Edition { head, chapters: self.chapters, articles: self.articles }) } else { Err(wrong) }
    }
}

#[derive(Default)]
struct Splitter {
    out: Split,
    section: Option<String>,
    /// The clauses of the article being read.
    clauses: Vec<String>,
    /// Whether a chapter mark stood alone on its line, its title to follow on the next.
    title_follows: bool,
    /// Whether articles of this text begin without a space after 条.
    tight: bool,
    /// Whether text belongs to the last article (not after a chapter mark).
    inside: bool,
    began_at: usize,
}

impl Splitter {
    fn line(&mut self, at: usize, line: &str) {
        if line.is_empty() {
            return;
        }
        match Mark::of(line) {
            Some(Mark { unit: '章', number, rest }) => self.chapter(at, number, rest),
            Some(Mark { unit: '节', rest, .. }) if rest.is_empty() || rest.starts_with(char::is_whitespace) => {
                self.close();
                self.section = Some(line.split_whitespace().collect::<Vec<_>>().join(" "));
                self.inside = false;
            }
            Some(mark @ Mark { unit: '条', .. }) if self.begins_article(at, &mark) => self.article(at, mark.number, mark.rest),
            _ => self.text(at, line),
        }
    }

    fn chapter(&mut self, at: usize, number: u16, rest: &str) {
        self.close();
        let last = self.out.chapters.last().map_or(0, |c| c.number);
        if self.out.articles.is_empty() && number <= last {
            // The first chapters were a table of contents.
            self.out.chapters.clear();
            self.out.gaps.clear();
        } else if number <= last {
            self.out.errors.push(Error::invalid("plain-chapter-again").with("line", at).with("number", written(number)));
            return;
        } else if number > last + 1 {
            self.out.gaps.push(gap("plain-chapter-gap", at, last + 1, number));
        }
        let title = rest.split_whitespace().collect::<String>();
        self.title_follows = title.is_empty();
        self.section = None;
        self.inside = false;
        self.out.chapters.push(Chapter { number, title, note: None });
    }

    /// Whether a line that starts with 第…条 begins that article or is a clause that speaks of another one.
    fn begins_article(&mut self, at: usize, mark: &Mark<'_>) -> bool {
        let next = self.out.articles.last().map_or(1, |a| a.number + 1);
        if mark.rest.is_empty() || mark.rest.starts_with(char::is_whitespace) {
            return true;
        }
        if mark.rest.strip_prefix('之').and_then(|r| numeral::parse(r.get(..'一'.len_utf8())?)).is_some() {
            self.out.errors.push(Error::invalid("plain-article-suffix").with("line", at));
            return false;
        }
        const CITES: [&str; 12] = ["规定", "所", "第", "、", "和", "至", "及", "的", "中", "或", "，", "与"];
        if CITES.iter().any(|c| mark.rest.starts_with(c)) {
            return false;
        }
        let first = self.out.articles.is_empty();
        self.tight |= first || mark.number == next;
        first || mark.number == next || (self.tight && mark.number > next)
    }

    fn article(&mut self, at: usize, number: u16, rest: &str) {
        self.close();
        let last = self.out.articles.last().map_or(0, |a| a.number);
        if number <= last {
            self.out.errors.push(Error::invalid("plain-article-again").with("line", at).with("number", written(number)));
            return;
        }
        if number > last + 1 {
            self.out.gaps.push(gap("plain-article-gap", at, last + 1, number));
        }
        let (heading, words) = heading(rest.trim());
        self.clauses.extend((!words.is_empty()).then(|| words.to_owned()));
        self.began_at = at;
        self.inside = true;
        self.title_follows = false;
        self.out.articles.push(Article {
            number,
            chapter: self.out.chapters.last().map(|c| c.number),
            section: self.section.clone(),
            heading,
            body: Body::Missing,
            confidence: None,
            source: None,
            check: Check::Unchecked,
            higher: Vec::new(),
        });
    }

    fn text(&mut self, at: usize, line: &str) {
        if let Some(chapter) = self.out.chapters.last_mut().filter(|_| self.title_follows) {
            chapter.title = line.split_whitespace().collect();
            self.title_follows = false;
        } else if self.inside {
            self.clauses.push(line.to_owned());
        } else if self.out.articles.is_empty() {
            self.out.preamble.push_str(line);
            self.out.preamble.push('\n');
        } else {
            self.out.errors.push(Error::invalid("plain-stray-line").with("line", at));
        }
    }

    /// Gives the article being read its clauses.
    fn close(&mut self) {
        let words = std::mem::take(&mut self.clauses).join("\n");
        let Some(article) = self.out.articles.last_mut().filter(|_| self.inside) else { return };
        if words.is_empty() {
            self.out.errors.push(Error::invalid("plain-article-empty").with("line", self.began_at).with("number", written(article.number)));
        } else {
            article.body = Body::Text(words);
        }
        self.inside = false;
    }

    fn finish(mut self) -> Split {
        self.close();
        if self.out.articles.is_empty() {
            self.out.errors.push(Error::invalid("plain-no-article"));
        }
        self.out
    }
}

fn gap(key: &'static str, at: usize, expected: u16, found: u16) -> Error {
    Error::invalid(key).with("line", at).with("expected", written(expected)).with("found", written(found))
}

/// 【…】 at the start is the article's heading.
fn heading(rest: &str) -> (Option<String>, &str) {
    match rest.strip_prefix('【').and_then(|r| r.split_once('】')) {
        Some((heading, words)) => (Some(heading.trim().to_owned()), words.trim()),
        None => (None, rest),
    }
}

/// 第 + number + 章, 节 or 条 at the start of a line.
struct Mark<'a> {
    unit: char,
    number: u16,
    /// Untrimmed: whether a space follows tells a beginning from a citation.
    rest: &'a str,
}

impl<'a> Mark<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let after = line.strip_prefix('第')?;
        let (at, unit) = after.char_indices().take(12).find(|(_, c)| ['章', '节', '条'].contains(c))?;
        let number = numeral::parse(&after[..at])?;
        Some(Self { unit, number, rest: &after[at + unit.len_utf8()..] })
    }
}

#[cfg(test)]
#[path = "plain_tests.rs"]
mod tests;
