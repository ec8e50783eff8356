//! References to articles as people read them: 《中国共产党支部工作条例（试行）》第四条、第五条, each with its address.
use super::store;
use super::tree::{address, spot_name};
use crate::edition::{Edition, Place};
use db::Db;
use kernel::Result;
use scheme::ArticleRef;
use std::sync::Arc;
use web::T;

/// Knows the titles of all editions.
pub struct Titles(Vec<Arc<Edition>>);

/// # Errors
/// The engine's own.
pub async fn titles(db: &Db) -> Result<Titles> {
    Ok(Titles(store::editions(db).await?.into_iter().map(|(_, e)| e).collect()))
}

impl Titles {
    /// Addresses and names; the title stands before the first article of a regulation only.
    pub fn cite(&self, t: T, references: &[ArticleRef]) -> Vec<(String, String)> {
        let place = |r: &ArticleRef| Place::parse(&r.to_string()).ok();
        let mut before = None;
        let mut all = Vec::with_capacity(references.len());
        for p in references.iter().filter_map(place) {
            let title = if before.as_ref() == Some(&p.code) { String::new() } else { self.title(t, &p) };
            all.push((address(&p), format!("{title}{}", spot_name(t, p.spot))));
            before = Some(p.code);
        }
        all
    }
    /// Of the newest edition; a regulation that nobody has brought in keeps its code.
    fn title(&self, t: T, place: &Place) -> String {
        let newest = self.0.iter().rev().find(|e| e.head.code == place.code);
        let title = newest.map_or(place.code.as_str(), |e| e.head.title.as_str());
        t.text("article-of").with("title", title).to_string()
    }
}
