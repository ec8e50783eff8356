//! `/help`: all guides and words; `/help/{topic}`: one, as a page or as the part that the script shows beside the word.
use super::{Topic, all, one};
use crate::role::{self, Guide};
use access::{Grant, Public};
use askama::Template;
use web::{At, Page, T, Ui};

#[derive(Template)]
#[template(path = "topic/list.html")]
struct List {
    t: T,
    topics: Vec<Topic>,
    guides: Vec<Guide>,
}

#[derive(Template)]
#[template(path = "topic/show.html")]
struct Show {
    t: T,
    topic: Topic,
    /// The explanation alone: it is shown on another page, which has its own first heading.
    part: bool,
}

pub async fn list(_: Grant<Public>, ui: Ui) -> web::Result<Page> {
    ui.page("help/topic/list.html", "help-title", List { t: ui.t, topics: all(ui.t), guides: role::all(ui.t) }).await
}

pub async fn show(_: Grant<Public>, ui: Ui, At((code,)): At<(String,)>) -> web::Result<Page> {
    let topic = one(ui.t, &code)?;
    let part = ui.visit.part.is_some();
    ui.titled("help/topic/show.html", topic.word.clone(), Show { t: ui.t, topic, part }).await
}
