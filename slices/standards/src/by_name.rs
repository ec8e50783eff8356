//! Regulations, schemes and their indicators found in the search by name, pinyin, initials and code. Whoever is signed in may
//! read them all; there are dozens, read once a process, so nothing is kept to find them by.
use crate::editions::editions;
use crate::schemes::{SchemeLine, scheme, schemes};
use access::Caller;
use db::Db;
use members::{Finder, FoundLine};
use search::{Text, fits};
use std::sync::Arc;
use web::{Later, T};

pub struct ByName;

impl Finder for ByName {
    fn find(&self, db: Db, t: T, _: Arc<Caller>, asked: String) -> Later<web::Result<Vec<FoundLine>>> {
        Box::pin(async move {
            let mut found = regulations(&db, t, &asked).await?;
            let mut all = schemes(&db).await?;
            // The newest of each code comes first; those before it have its indicators, nearly always.
            all.dedup_by(|older, newest| older.code == newest.code);
            for of in &all {
                found.extend(in_scheme(&db, t, &asked, of).await?);
            }
            Ok(found)
        })
    }
}

fn found_by(asked: &str, name: &str, code: &str) -> bool {
    fits(asked, &[Text::Name(name), Text::Code(code)])
}

/// 三会一课 is how everybody calls three meetings and a lecture, and the name of none of them: it means each. Less of it is
/// another word.
fn meant(t: T, asked: &str) -> Option<String> {
    let said = asked.chars().count() > 2 && fits(asked, &[Text::Name(&t.text("three-meetings").to_string())]);
    said.then(|| t.text("three-meetings-are").to_string())
}

/// Each once, however many editions of it there are: its page shows the one in force and names the others.
async fn regulations(db: &Db, t: T, asked: &str) -> web::Result<Vec<FoundLine>> {
    let mut all = editions(db).await?;
    all.reverse();
    all.dedup_by(|(_, older), (_, newest)| older.head.code == newest.head.code);
    let heads = all.iter().rev().map(|(_, edition)| &edition.head);
    let found = heads.filter(|h| found_by(asked, &h.title, h.code.as_str()));
    Ok(found
        .map(|h| FoundLine {
            title: h.title.clone(),
            subtitle: format!("{} · {}", t.text(h.kind.text()), h.code),
            href: format!("/standards/{}", h.code),
        })
        .collect())
}

async fn in_scheme(db: &Db, t: T, asked: &str, of: &SchemeLine) -> web::Result<Vec<FoundLine>> {
    let page = format!("/schemes/{}/v/{}", of.code, of.version);
    let whole = found_by(asked, &of.title, &of.code).then(|| FoundLine {
        title: of.title.clone(),
        subtitle: format!("{} · {}", t.text("edition-of").with("version", of.version.as_str()), of.code),
        href: page.clone(),
    });
    let scheme = scheme(db, of.id).await?;
    let meetings = meant(t, asked);
    let named = |title: &str| meetings.as_ref().is_some_and(|all| all.split_whitespace().any(|one| title.contains(one)));
    let indicators = scheme.indicators.iter().filter(|i| found_by(asked, &i.title, &i.code) || named(&i.title));
    let lines = indicators.map(|i| FoundLine {
        title: format!("{} {}", i.code, i.title),
        subtitle: format!("{} · {}", t.text("scheme-indicator"), of.title),
        href: format!("{page}#i{}", i.code),
    });
    Ok(whole.into_iter().chain(lines).collect())
}
