//! `/help/role/{guide}`: a role's guide, to be read or printed.
use super::{Guide, one};
use access::{Grant, Public};
use askama::Template;
use web::{At, Page, T, Ui};

#[derive(Template)]
#[template(path = "role/show.html")]
struct Show {
    t: T,
    guide: Guide,
}

pub async fn show(_: Grant<Public>, ui: Ui, At((role,)): At<(String,)>) -> web::Result<Page> {
    let guide = one(ui.t, &role)?;
    let title = ui.t.text("help-guide-of").with("role", guide.name.as_str()).to_string();
    ui.titled("help/role/show.html", title, Show { t: ui.t, guide }).await
}
