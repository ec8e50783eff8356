//! What a handler needs beside its grant.
use crate::page::{Page, frame_of};
use crate::shell_view::escaped;
use crate::slice::Place;
use crate::{App, Fault, FormFields, T, Visit};
use access::{Caller, Device, Grant, Permission};
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use db::Db;
use kernel::{BusinessDate, Clock, Error, OrgId};
use std::str::FromStr;
use std::sync::Arc;

/// The request's surroundings: database, texts, caller. Take it after the grant.
#[derive(Clone)]
pub struct Ui {
    pub db: Db,
    pub t: T,
    pub app: App,
    pub visit: Visit,
    caller: Arc<Caller>,
    /// A device cookie this browser did not have yet.
    fresh: Option<Device>,
}

impl FromRequestParts<App> for Ui {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let caller = parts.extensions.get::<Arc<Caller>>().cloned().ok_or_else(|| Error::internal("a Ui before a grant"))?;
        let visit = parts.extensions.get::<Visit>().cloned().unwrap_or_default();
        let fresh = if caller.account().is_none() && visit.device.is_none() { Some(Device::new()?) } else { None };
        let caller = match &fresh {
            Some(device) => Arc::new(app.gate().visitor(&device.cookie)),
            None => caller,
        };
        Ok(Ui { db: app.db().clone(), t: app.texts(visit.lang), app: app.clone(), visit, caller, fresh })
    }
}

impl Ui {
    pub fn caller(&self) -> &Arc<Caller> {
        &self.caller
    }
    pub fn clock(&self) -> &Clock {
        self.app.clock()
    }
    /// What is shown was made up: pages, paper and files say so.
    pub fn is_demo(&self) -> bool {
        self.app.installation().is_some_and(|i| i.kind == installation::Kind::Demo)
    }
    /// The demo's guided bits are links beside the work, and whoever has closed them sees them no more.
    pub fn is_guided(&self) -> bool {
        self.is_demo() && !self.visit.unguided
    }
    /// Closes the guided bits for good, or shows them again, and comes back to this page.
    pub fn guided_href(&self) -> String {
        let to = if self.visit.unguided { "on" } else { "off" };
        format!("/guided?to={to}&back={}", escaped(&self.visit.here()))
    }
    pub fn today(&self) -> BusinessDate {
        self.app.clock().today()
    }
    /// The browser's device, for lockout; a browser without one is a stranger.
    pub fn device(&self) -> Option<Device> {
        self.visit.device.clone().map(|cookie| Device { cookie }).or_else(|| self.fresh.clone())
    }
    /// The two hidden fields every form begins with. Each form on a page takes its own.
    pub fn form(&self) -> FormFields {
        FormFields::new(&self.caller.csrf())
    }
    /// A page in the frame. `name` is `slice/template.html`; `title` is a key of the texts.
    ///
    /// # Errors
    /// The engine's own, when the frame's figures cannot be read.
    pub async fn page<B: askama::Template>(&self, name: &'static str, title: &'static str, body: B) -> Result<Page, Fault> {
        self.titled(name, self.t.text(title).to_string(), body).await
    }
    /// As [`Self::page`], with a title that is data.
    ///
    /// # Errors
    /// As [`Self::page`].
    pub async fn titled<B: askama::Template>(&self, name: &'static str, title: String, body: B) -> Result<Page, Fault> {
        let body = body.render().map_err(Error::internal)?;
        if self.visit.part.is_some() {
            // The message the step before has left goes along: the script puts it in place.
            let flash = self.visit.flash.as_deref().and_then(|f| crate::Flash::from_cookie(f, self.t));
            return Ok(Page::part_with(self.t, body, flash.as_ref(), &self.form()));
        }
        let frame = frame_of(&self.app, &self.visit, &self.caller, name, title).await?;
        Page::whole(
            frame,
            &body,
            self.fresh.as_ref().map(|d| self.app.gate().cookies().set(self.app.gate().cookies().device(), &d.cookie, Some(YEAR))),
        )
    }
    /// What higher slices show at this place.
    ///
    /// # Errors
    /// The first panel's that fails.
    pub async fn panels<P: Permission>(&self, place: Place, grant: &Grant<P>, org: OrgId) -> Result<Vec<String>, Fault> {
        let mut out = Vec::new();
        for panel in self.app.0.panels.iter().filter(|p| p.place() == place) {
            out.extend(panel.show(self.db.clone(), self.t, grant.caller().clone(), org).await?);
        }
        Ok(out)
    }
}

/// Seconds; what browsers keep at most is about that.
pub(crate) const YEAR: i64 = 365 * 24 * 3600;

/// Path parameters, parsed: `At((sheet, indicator)): At<(SheetId, String)>`. What does not parse names nothing: 404.
pub struct At<X>(pub X);

pub trait FromPath: Sized {
    fn from_path<'a>(parts: impl Iterator<Item = &'a str>) -> Option<Self>;
}

macro_rules! path {
    ($($t:ident),+) => {
        impl<$($t: FromStr),+> FromPath for ($($t,)+) {
            fn from_path<'a>(mut parts: impl Iterator<Item = &'a str>) -> Option<Self> {
                Some(($(<$t>::from_str(parts.next()?).ok()?,)+))
            }
        }
    };
}
path!(A);
path!(A, B);
path!(A, B, C);

impl<X: FromPath, S: Send + Sync> FromRequestParts<S> for At<X> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fault> {
        let raw = RawPathParams::from_request_parts(parts, state).await.map_err(|_| Error::not_found())?;
        Ok(At(X::from_path(raw.iter().map(|p| p.1)).ok_or_else(Error::not_found)?))
    }
}

/// The query, read into a struct; what does not parse is as if it were not there.
pub struct Asked<Q>(pub Q);

impl<Q: serde::de::DeserializeOwned + Default, S: Send + Sync> FromRequestParts<S> for Asked<Q> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Fault> {
        let query = parts.uri.query().unwrap_or_default();
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
        // An emptied filter field is sent as `year=`: the same as no filter.
        let given: Vec<_> = pairs.into_iter().filter(|(_, v)| !v.is_empty()).collect();
        let text = serde_urlencoded::to_string(given).unwrap_or_default();
        Ok(Asked(serde_urlencoded::from_str(&text).unwrap_or_default()))
    }
}
