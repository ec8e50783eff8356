//! An edition's chapters and articles as a page shows them, with links up to higher regulations and down from local rules.
use crate::edition::{Article, Body, Chapter, Check, Code, Confidence, Edition, Place, Spot, written};
use web::T;

pub(super) struct ChapterView {
    /// Empty for articles before any chapter.
    pub head: String,
    pub anchor: String,
    pub note: Option<String>,
    pub articles: Vec<ArticleView>,
}

pub(super) struct ArticleView {
    pub number: u16,
    pub head: String,
    pub section: Option<String>,
    /// One a clause; empty where no words are held.
    pub clauses: Vec<String>,
    pub is_summary: bool,
    pub unchecked: bool,
    /// Key of where our knowledge comes from.
    pub confidence: Option<&'static str>,
    pub source: Option<String>,
    pub higher: Vec<Link>,
    pub lower: Vec<Link>,
    /// 地方特有: in a rule with links, an article without one.
    pub local: bool,
}

pub(super) struct Link {
    pub href: String,
    pub text: String,
}

/// What a page must know to name other editions.
pub(super) struct Names<'a> {
    pub t: T,
    /// Those in force today, to name what is linked to and to find who links here.
    pub valid: &'a [&'a Edition],
}

pub(super) fn tree(names: &Names<'_>, edition: &Edition, only_local: bool) -> Vec<ChapterView> {
    let linked = edition.has_links();
    let mut out = Vec::new();
    for (chapter, articles) in edition.tree() {
        let shown = articles.into_iter().filter(|a| !only_local || a.higher.is_empty());
        let articles: Vec<ArticleView> = shown.map(|a| article(names, edition, a, linked)).collect();
        if !only_local || !articles.is_empty() {
            out.push(ChapterView {
                head: chapter.map_or(String::new(), |c| chapter_head(names.t, c)),
                anchor: chapter.map_or("a0".into(), |c| format!("c{}", c.number)),
                note: chapter.and_then(|c| c.note.clone()),
                articles,
            });
        }
    }
    out
}

fn article(names: &Names<'_>, edition: &Edition, a: &Article, linked: bool) -> ArticleView {
    ArticleView {
        number: a.number,
        head: match &a.heading {
            Some(heading) => format!("{} {heading}", article_name(names.t, a.number)),
            None => article_name(names.t, a.number),
        },
        section: a.section.clone(),
        clauses: a.body.words().map_or(Vec::new(), |w| w.lines().map(str::to_owned).collect()),
        is_summary: matches!(a.body, Body::Summary(_)),
        unchecked: a.check == Check::Unchecked,
        confidence: a.confidence.map(Confidence::text),
        source: a.source.clone(),
        higher: a.higher.iter().map(|p| up(names, p)).collect(),
        lower: down(names, &edition.head.code, a.number),
        local: linked && a.higher.is_empty(),
    }
}

fn up(names: &Names<'_>, place: &Place) -> Link {
    let title = names.valid.iter().find(|e| e.head.code == place.code).map_or(place.code.as_str(), |e| e.head.title.as_str());
    Link { href: address(place), text: format!("{title} {}", spot_name(names.t, place.spot)).trim_end().to_owned() }
}

/// The page of a regulation, at the article or chapter.
pub(super) fn address(place: &Place) -> String {
    let anchor = match place.spot {
        Spot::Whole => String::new(),
        Spot::Article(n) | Spot::Articles(n, _) => format!("#a{n}"),
        Spot::Chapter(n) => format!("#c{n}"),
    };
    format!("/standards/{}{anchor}", place.code)
}

/// 第四条, 第七条–第三十三条, 第四章; nothing for a whole regulation.
pub(super) fn spot_name(t: T, spot: Spot) -> String {
    match spot {
        Spot::Whole => String::new(),
        Spot::Article(n) => article_name(t, n),
        Spot::Articles(from, to) => format!("{}–{}", article_name(t, from), article_name(t, to)),
        Spot::Chapter(n) => numbered(t, "chapter-number", n),
    }
}

fn down(names: &Names<'_>, code: &Code, article: u16) -> Vec<Link> {
    let rules = names.valid.iter().filter(|e| e.head.code != *code);
    let one = |e: &Edition, a: &Article| Link {
        href: format!("/standards/{}/v/{}#a{}", e.head.code, e.head.version, a.number),
        text: format!("{} {}", e.head.title, article_name(names.t, a.number)),
    };
    rules.flat_map(|e| e.carrying_out(code, article).map(move |a| one(e, a))).collect()
}

pub(super) fn article_name(t: T, number: u16) -> String {
    numbered(t, "article-number", number)
}

fn chapter_head(t: T, chapter: &Chapter) -> String {
    format!("{} {}", numbered(t, "chapter-number", chapter.number), chapter.title).trim_end().to_owned()
}

/// Chinese counts articles in its own numerals, English in digits.
fn numbered(t: T, key: &str, number: u16) -> String {
    t.text(key).with("n", written(number)).with("digits", number).to_string()
}
