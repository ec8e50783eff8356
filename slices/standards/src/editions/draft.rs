//! An edition on its way in: a TOML file, or a plain text with a few fields about it. Nothing is kept until published.
use crate::edition::{Answer, Check, Code, Edition, FirstDay, Head, Kind, Shelf, read, split, written};
use crate::intake::Intake;
use kernel::{Error, Result};

/// What was sent, read as far as it can be.
pub(super) struct Draft {
    pub edition: Option<Edition>,
    /// Stand against publishing.
    pub errors: Vec<Error>,
    /// Do not.
    pub doubts: Vec<Error>,
}

impl Draft {
    pub fn of(intake: &Intake, shelf: &Shelf) -> Self {
        let text = intake.text.trim_start_matches('\u{feff}');
        if intake.workbook.is_some() {
            return Self { edition: None, errors: vec![Error::invalid("standards-file-office").at("file")], doubts: Vec::new() };
        }
        if text.trim().is_empty() {
            return Self { edition: None, errors: vec![Error::invalid("edition-text-missing").at("text")], doubts: Vec::new() };
        }
        let (read, mut doubts) = if is_toml(text) { (read(text), Vec::new()) } else { plain(intake, text) };
        match read {
            Ok(edition) => {
                let (errors, more) = links(&edition, shelf);
                doubts.extend(more);
                Self { edition: Some(edition), errors, doubts }
            }
            Err(errors) => Self { edition: None, errors, doubts },
        }
    }
    pub fn passed(&self) -> Option<&Edition> {
        self.edition.as_ref().filter(|_| self.errors.is_empty())
    }
}

fn is_toml(text: &str) -> bool {
    text.lines().any(|l| l.trim() == "[edition]")
}

fn plain(intake: &Intake, text: &str) -> (std::result::Result<Edition, Vec<Error>>, Vec<Error>) {
    let split = split(text);
    let mut wrong = Vec::new();
    let head = head(intake, &mut wrong);
    let gaps = if intake.field("whole").is_empty() { split.gaps.clone() } else { Vec::new() };
    match head {
        Some(head) => (split.under(head), gaps),
        None => (Err(wrong.into_iter().chain(split.errors).collect()), gaps),
    }
}

fn head(intake: &Intake, wrong: &mut Vec<Error>) -> Option<Head> {
    let mut take = |result: Result<Code>, field| result.map_err(|e| wrong.push(e.at(field))).ok();
    let (code, version) = (take(Code::parse(intake.field("code")), "code"), take(Code::parse(intake.field("version")), "version"));
    let kind = Kind::parse(intake.field("kind")).map_err(|e| wrong.push(e.at("kind"))).ok();
    let from = FirstDay::parse(intake.field("effective_from")).map_err(|e| wrong.push(e.at("effective_from"))).ok();
    let title = Some(intake.field("title").to_owned()).filter(|t| !t.is_empty());
    if title.is_none() {
        wrong.push(Error::invalid("edition-title").at("title"));
    }
    Some(Head {
        code: code?,
        version: version?,
        title: title?,
        kind: kind?,
        issuer: Some(intake.field("issuer").to_owned()).filter(|t| !t.is_empty()),
        effective_from: from?,
        effective_to: None,
        source: Some(intake.field("source").to_owned()).filter(|t| !t.is_empty()),
        note: None,
        check: Check::Unchecked,
        whole: !intake.field("whole").is_empty(),
        sample: false,
    })
}

/// A link must lead somewhere, unless the regulation is not loaded whole (待装载).
fn links(edition: &Edition, shelf: &Shelf) -> (Vec<Error>, Vec<Error>) {
    let (mut errors, mut doubts) = (Vec::new(), Vec::new());
    for (article, place) in edition.articles.iter().flat_map(|a| a.higher.iter().map(move |p| (a, p))) {
        let about = |key| Error::invalid(key).with("number", written(article.number)).with("place", place);
        match shelf.lookup(place) {
            Answer::Found => {}
            Answer::Missing => errors.push(about("edition-link-missing")),
            Answer::NotLoadedWhole | Answer::UnknownRegulation => doubts.push(about("edition-link-awaited")),
        }
    }
    (errors, doubts)
}
