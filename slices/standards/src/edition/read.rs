//! An edition's TOML file (docs/formats.md). Everything wrong with it is found at once, each finding with its line.
use super::{Article, Body, Chapter, Check, Code, Confidence, Edition, FirstDay, Head, Kind, Place, written};
use kernel::{BusinessDate, Error};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// # Errors
/// All findings, at least one; each has the arg `line` where it has a place. Keys begin with `edition-`, or are those
/// of the words that were wrong (`place-format`, `standard-code`, `first-day`).
pub fn read(text: &str) -> Result<Edition, Vec<Error>> {
    let file: File = toml::from_str(text.trim_start_matches('\u{feff}')).map_err(|e| vec![syntax(text, &e)])?;
    let mut reader = Reader { text, errors: Vec::new() };
    let head = reader.head(&file.edition);
    let default_check = head.as_ref().map_or(Check::Unchecked, |h| h.check);
    let chapters = reader.chapters(&file.chapter);
    let mut articles = reader.articles(&file.article, default_check);
    reader.places(&file.chapter, &mut articles);
    if head.as_ref().is_some_and(|h| h.whole) {
        reader.gaps(&articles);
    }
    match head {
        Some(head) if reader.errors.is_empty() => {
            Ok(Edition { head, chapters, articles: articles.into_values().map(|(_, a)| a).collect() })
        }
        _ => Err(reader.errors),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    edition: Spanned<HeadIn>,
    #[serde(default)]
    chapter: Vec<Spanned<ChapterIn>>,
    #[serde(default)]
    article: Vec<Spanned<ArticleIn>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadIn {
    code: String,
    version: String,
    title: String,
    kind: String,
    issuer: Option<String>,
    effective_from: toml::Value,
    effective_to: Option<toml::Value>,
    source: Option<String>,
    note: Option<String>,
    check: Option<String>,
    #[serde(default)]
    whole: bool,
    #[serde(default)]
    sample: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChapterIn {
    number: u16,
    title: String,
    note: Option<String>,
    /// First and last article, so that articles nobody describes still have their place.
    articles: Option<(u16, u16)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ArticleIn {
    number: u16,
    chapter: Option<u16>,
    section: Option<String>,
    heading: Option<String>,
    text: Option<String>,
    summary: Option<String>,
    confidence: Option<String>,
    source: Option<String>,
    check: Option<String>,
    #[serde(default)]
    higher: Vec<String>,
}

struct Reader<'a> {
    text: &'a str,
    errors: Vec<Error>,
}

type Numbered = BTreeMap<u16, (usize, Article)>;

impl Reader<'_> {
    fn head(&mut self, spanned: &Spanned<HeadIn>) -> Option<Head> {
        let line = self.line_of(spanned.span().start);
        let raw = spanned.get_ref();
        let title = (!raw.title.trim().is_empty()).then(|| raw.title.trim().to_owned()).ok_or(Error::invalid("edition-title"));
        let title = self.take(line, title);
        let code = self.take(line, Code::parse(&raw.code));
        let version = self.take(line, Code::parse(&raw.version));
        let kind = self.take(line, Kind::parse(&raw.kind));
        let from = self.take(line, FirstDay::parse(&plain(&raw.effective_from)));
        let to = raw.effective_to.as_ref().map(|v| BusinessDate::parse(&plain(v))).transpose();
        let to = self.take(line, to);
        let check = raw.check.as_deref().map_or(Ok(Check::Unchecked), Check::parse);
        let check = self.take(line, check);
        let head = Head {
            code: code?,
            version: version?,
            title: title?,
            kind: kind?,
            issuer: raw.issuer.clone(),
            effective_from: from?,
            effective_to: to?,
            source: raw.source.clone(),
            note: raw.note.clone(),
            check: check?,
            whole: raw.whole,
            sample: raw.sample,
        };
        if head.effective_to.is_some_and(|to| to < head.effective_from.day()) {
            self.errors.push(Error::invalid("edition-ends-before").with("line", line));
        }
        Some(head)
    }

    fn chapters(&mut self, list: &[Spanned<ChapterIn>]) -> Vec<Chapter> {
        let mut chapters: BTreeMap<u16, Chapter> = BTreeMap::new();
        for spanned in list {
            let (line, raw) = (self.line_of(spanned.span().start), spanned.get_ref());
            self.number(line, raw.number);
            let chapter = Chapter { number: raw.number, title: raw.title.trim().to_owned(), note: raw.note.clone() };
            if chapters.insert(raw.number, chapter).is_some() {
                self.errors.push(Error::invalid("edition-chapter-again").with("line", line).with("number", written(raw.number)));
            }
        }
        chapters.into_values().collect()
    }

    fn articles(&mut self, list: &[Spanned<ArticleIn>], default_check: Check) -> Numbered {
        let mut articles = Numbered::new();
        for spanned in list {
            let (line, raw) = (self.line_of(spanned.span().start), spanned.get_ref());
            self.number(line, raw.number);
            let Some(article) = self.article(line, raw, default_check) else { continue };
            if articles.insert(raw.number, (line, article)).is_some() {
                self.errors.push(Error::invalid("edition-article-again").with("line", line).with("number", written(raw.number)));
            }
        }
        articles
    }

    fn article(&mut self, line: usize, raw: &ArticleIn, default_check: Check) -> Option<Article> {
        let filled = |t: &Option<String>| t.as_ref().map(|t| lines(t)).filter(|t| !t.is_empty());
        let body = match (filled(&raw.text), filled(&raw.summary)) {
            (Some(_), Some(_)) => Err(Error::invalid("edition-text-and-summary").with("number", written(raw.number))),
            (Some(text), None) => Ok(Body::Text(text)),
            (None, Some(summary)) => Ok(Body::Summary(summary)),
            (None, None) => Ok(Body::Missing),
        };
        let body = self.take(line, body);
        let confidence = self.take(line, raw.confidence.as_deref().map(Confidence::parse).transpose());
        let check = self.take(line, raw.check.as_deref().map_or(Ok(default_check), Check::parse));
        let mut higher: Vec<Place> = raw.higher.iter().filter_map(|p| self.take(line, Place::parse(p))).collect();
        higher.sort();
        higher.dedup();
        let body = body?;
        // Nobody can have compared words that are not there.
        let check = if body == Body::Missing { Check::Unchecked } else { check? };
        Some(Article {
            number: raw.number,
            chapter: raw.chapter,
            section: raw.section.clone(),
            heading: raw.heading.clone(),
            body,
            confidence: confidence?,
            source: raw.source.clone(),
            check,
            higher,
        })
    }

    /// Puts articles into the chapters whose range has them, adding those that are only counted.
    fn places(&mut self, chapters: &[Spanned<ChapterIn>], articles: &mut Numbered) {
        for spanned in chapters {
            let (line, raw) = (self.line_of(spanned.span().start), spanned.get_ref());
            let Some((first, last)) = raw.articles else { continue };
            if first == 0 || last > 999 || first > last {
                self.errors.push(Error::invalid("edition-range").with("line", line));
                continue;
            }
            for number in first..=last {
                let (at, article) = articles.entry(number).or_insert_with(|| (line, nameless(number)));
                if article.chapter.is_some_and(|c| c != raw.number) {
                    self.errors.push(Error::invalid("edition-two-chapters").with("line", *at).with("number", written(number)));
                }
                article.chapter = Some(raw.number);
            }
        }
        for (number, (line, article)) in articles.iter() {
            if article.chapter.is_some_and(|c| chapters.iter().all(|s| s.get_ref().number != c)) {
                self.errors.push(Error::invalid("edition-no-chapter").with("line", *line).with("number", written(*number)));
            }
        }
    }

    /// An edition declared whole has every number from one on.
    fn gaps(&mut self, articles: &Numbered) {
        let mut expected = 1;
        for (number, (line, _)) in articles {
            if *number > expected {
                let gap = Error::invalid("edition-gap").with("line", *line);
                self.errors.push(gap.with("expected", written(expected)).with("found", written(*number)));
            }
            expected = number + 1;
        }
        if articles.is_empty() {
            self.errors.push(Error::invalid("edition-whole-empty"));
        }
    }

    fn number(&mut self, line: usize, number: u16) {
        if !(1..=999).contains(&number) {
            self.errors.push(Error::invalid("edition-number").with("line", line).with("number", number));
        }
    }

    fn take<T>(&mut self, line: usize, result: kernel::Result<T>) -> Option<T> {
        result.map_err(|e| self.errors.push(e.with("line", line))).ok()
    }

    fn line_of(&self, offset: usize) -> usize {
        line_of(self.text, offset)
    }
}

fn nameless(number: u16) -> Article {
    Article {
        number,
        chapter: None,
        section: None,
        heading: None,
        body: Body::Missing,
        confidence: None,
        source: None,
        check: Check::Unchecked,
        higher: Vec::new(),
    }
}

fn syntax(text: &str, e: &toml::de::Error) -> Error {
    let line = e.span().map_or(1, |s| line_of(text, s.start));
    Error::invalid("edition-toml").with("line", line).with("message", e.message())
}

fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|b| *b == b'\n').count() + 1
}

/// A date may be written as TOML's own or as a text; a year alone also as a number.
fn plain(value: &toml::Value) -> String {
    match value {
        toml::Value::String(s) => s.clone(),
        other => other.to_string(),
    }
}

/// One clause a line, without the blanks of the file's layout.
fn lines(text: &str) -> String {
    text.lines().map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
