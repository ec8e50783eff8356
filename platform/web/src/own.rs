//! The shell's own pages: type size, language, guided bits, the whole menu, files made in the background, the component page,
//! the API description.
use crate::export::pages;
use crate::menu::Menu;
use crate::shell_view::Size;
use crate::ui::YEAR;
use crate::{AllPage, Asked, Kit, Page, Result, Routes, See, Slice, Ui};
use access::{Grant, Public, SignedIn};
use axum::http::header;
use axum::response::IntoResponse;
use serde::Deserialize;

/// Mounted before any other slice.
pub fn slice() -> Slice {
    Slice {
        routes: Routes::new("web")
            .get("/size", size)
            .get("/language", language)
            .get("/guided", guided)
            .get("/kit", kit)
            .get("/all", all)
            .get("/exports/{export}", pages::show)
            .get("/exports/{export}/file", pages::file)
            .get("/api/openapi.json", openapi)
            .get("/health", health),
        migrations: &[],
        permissions: &[],
        texts: &[],
        menu: vec![],
        panels: vec![],
        sights: vec![],
        workers: vec![],
    }
}

/// Where to go and what to set; both come from our own links.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Choice {
    to: String,
    back: String,
}

/// A display preference of this browser, kept in a cookie: nothing on the server changes, so a link may set it.
pub async fn size(_: Grant<Public>, Asked(c): Asked<Choice>) -> See {
    let value = match Size::parse(&c.to) {
        Size::Std => "",
        other => other.code(),
    };
    See::to(c.back).cookie(format!("size={value}; Path=/; SameSite=Lax; Max-Age={YEAR}"))
}

pub async fn language(_: Grant<Public>, Asked(c): Asked<Choice>) -> See {
    let value = if c.to == "en" { "en" } else { "zh" };
    See::to(c.back).cookie(format!("lang={value}; Path=/; SameSite=Lax; Max-Age={YEAR}"))
}

/// Whether the demo's guided bits are shown; closed, they stay so until somebody asks for them.
pub async fn guided(_: Grant<Public>, Asked(c): Asked<Choice>) -> See {
    let value = if c.to == "off" { "off" } else { "" };
    See::to(c.back).cookie(format!("guided={value}; Path=/; SameSite=Lax; Max-Age={YEAR}"))
}

pub async fn kit(_: Grant<Public>, ui: Ui) -> Result<Page> {
    ui.page("web/kit.html", "kit", Kit::new(ui.t, ui.form())).await
}

/// The menu as a page, for phones.
pub async fn all(_: Grant<SignedIn>, ui: Ui) -> Result<Page> {
    let menu = Menu::of(ui.t, &ui.app.menu_of(ui.caller()), &ui.visit.path, 0);
    ui.page("web/all.html", "all", AllPage { t: ui.t, menu }).await
}

pub async fn openapi(_: Grant<Public>, ui: Ui) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], ui.app.openapi().to_owned())
}

/// For whoever watches the process: the database answers.
pub async fn health(_: Grant<Public>, ui: Ui) -> Result<&'static str> {
    let _: Vec<i64> = ui.db.lookup("SELECT CAST(1 AS BIGINT)", &[]).await?;
    Ok("ok")
}
