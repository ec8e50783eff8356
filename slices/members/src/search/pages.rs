//! The product's own pages, found by their names and by other words for what is done there: those of the reader's menu, and
//! those that everybody has and no menu shows.
use super::FoundLine;
use search::{Text, fits};
use web::{T, Ui};

/// Key of the name, and where it leads. 长辈版 leads to large type by each of its names.
const OF_EVERYBODY: [(&str, &str); 3] =
    [("search-large", "/size?to=large&back=/search"), ("search-password", "/me/password"), ("search-suggest", "/suggestions/new")];

pub(super) fn pages(ui: &Ui, asked: &str) -> Vec<FoundLine> {
    let menu = ui.app.menu_of(ui.caller());
    let all = menu.iter().map(|entry| (entry.text, entry.href)).chain(OF_EVERYBODY);
    let found = all.filter(|(key, _)| is_meant(ui.t, asked, key));
    found.map(|(key, href)| line(ui.t, key, href)).collect()
}

fn is_meant(t: T, asked: &str, key: &str) -> bool {
    let (name, others) = (t.text(key).to_string(), format!("words-{key}"));
    let others = if t.has(&others) { t.text(&others).to_string() } else { String::new() };
    let named = |name: &str| fits(asked, &[Text::Name(name)]);
    named(&name) || others.split_whitespace().any(named)
}

fn line(t: T, key: &str, href: &str) -> FoundLine {
    let hint = if key == "search-large" { "search-large-hint" } else { "search-page" };
    FoundLine { title: t.text(key).to_string(), subtitle: t.text(hint).to_string(), href: href.into() }
}
