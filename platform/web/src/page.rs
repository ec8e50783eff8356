//! A page in its frame, or only the part the script asked for.
use crate::slice::MenuEntry;
use crate::{App, Fault, Flash, FormFields, T, Visit};
use access::Caller;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use std::sync::Arc;

/// Takes the message away once it has been shown.
const FORGET: &str = "flash=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0";

/// What a handler answers.
pub struct Page {
    html: String,
    cookies: Vec<String>,
    status: StatusCode,
}

/// All that the frame shows around a page's own body.
pub struct Surroundings {
    pub t: T,
    pub visit: Visit,
    pub title: String,
    pub page: &'static str,
    pub who: String,
    pub user: String,
    pub org: String,
    pub menu: Vec<MenuEntry>,
    pub todo: i64,
    pub demo: Option<kernel::BusinessDate>,
    pub insecure: bool,
    pub flash: Option<Flash>,
    pub form: FormFields,
    pub as_of: String,
}

impl Page {
    pub(crate) fn part(html: String) -> Self {
        Self { html, cookies: Vec::new(), status: StatusCode::OK }
    }
    /// A part with the message of the step before, if there is one.
    pub(crate) fn part_with(t: T, html: String, flash: Option<&Flash>, form: &FormFields) -> Self {
        let Some(flash) = flash else { return Self::part(in_its_language(t, html)) };
        let said = t.flash(flash, form);
        Self {
            html: in_its_language(t, format!("<div id=\"flash\">{said}</div>{html}")),
            cookies: vec![FORGET.into()],
            status: StatusCode::OK,
        }
    }
    /// Finished markup without the frame: what the script swaps into a page that stands already.
    pub fn bare(html: String) -> Self {
        Self::part(html)
    }
    pub(crate) fn whole(around: Surroundings, body: &str, cookie: Option<String>) -> Result<Self, Fault> {
        let mut cookies: Vec<String> = cookie.into_iter().collect();
        if around.flash.is_some() {
            cookies.push(FORGET.into());
        }
        Ok(Self { html: in_its_language(around.t, crate::shell_view::frame(&around, body)?), cookies, status: StatusCode::OK })
    }
    /// 422 shows the form again with what was typed; 409 shows both versions.
    #[must_use]
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }
    #[must_use]
    pub fn cookie(mut self, cookie: String) -> Self {
        self.cookies.push(cookie);
        self
    }
}

/// Names and what people wrote are Chinese on every page.
fn in_its_language(t: T, html: String) -> String {
    if t.lang() == "zh" { html } else { crate::marked::marked(&html) }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let mut response = (self.status, Html(self.html)).into_response();
        for cookie in self.cookies {
            if let Ok(value) = HeaderValue::from_str(&cookie) {
                response.headers_mut().append(header::SET_COOKIE, value);
            }
        }
        response
    }
}

/// Gathers what the frame shows to this caller.
pub(crate) async fn frame_of(
    app: &App,
    visit: &Visit,
    caller: &Arc<Caller>,
    page: &'static str,
    title: String,
) -> Result<Surroundings, Fault> {
    let t = app.texts(visit.lang);
    let installation = app.installed().await?;
    let todo = if caller.account().is_some() { inbox::count(app.db(), caller).await? } else { 0 };
    let menu = app.menu_of(caller);
    let administrator = |role: &str| app.gate().roles().get(role).is_some_and(|r| r.is_administrator());
    let demo = installation.as_ref().is_some_and(|i| i.kind == installation::Kind::Demo).then(|| app.clock().today());
    Ok(Surroundings {
        t,
        title,
        page,
        who: caller.name().into(),
        user: caller.account().map(|a| a.to_string()).unwrap_or_default(),
        org: installation.map(|i| i.name).unwrap_or_default(),
        menu,
        todo,
        demo,
        insecure: app.0.insecure && caller.posts().iter().any(|h| administrator(&h.role)),
        flash: visit.flash.as_deref().and_then(|f| Flash::from_cookie(f, t)),
        form: FormFields::new(&caller.csrf()),
        as_of: app.clock().business_time(kernel::Instant::now()),
        visit: visit.clone(),
    })
}
