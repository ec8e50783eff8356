//! Words that are explained, found in the search by themselves and by other words for the same.
use super::all;
use access::Caller;
use db::Db;
use members::{Finder, FoundLine};
use search::{Text, fits};
use std::sync::Arc;
use web::{Later, Result, T};

pub struct ByWord;

impl Finder for ByWord {
    fn find(&self, _: Db, t: T, _: Arc<Caller>, asked: String) -> Later<Result<Vec<FoundLine>>> {
        let named = move |name: &str| fits(&asked, &[Text::Name(name)]);
        let found = all(t).into_iter().filter(|topic| named(&topic.word) || topic.others.split_whitespace().any(&named));
        let lines = found
            .map(|topic| FoundLine {
                title: t.text("help-of").with("word", topic.word.as_str()).to_string(),
                subtitle: topic.first_sentence().to_owned(),
                href: format!("/help/{}", topic.code),
            })
            .collect();
        Box::pin(async { Ok(lines) })
    }
}
