//! Bodies that carry the form token and the idempotency key; writing routes take no others.
use crate::json_fault::json_fault;
use crate::serve::BODY;
use crate::{App, Fault, held};
use access::{Caller, Repeat};
use axum::extract::multipart::Field;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use db::planted::Defect;
use kernel::Error;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// A body whose token has been compared before anything else was read.
pub trait Checked {}

/// A posted form. `T` is a struct, or [`Fields`] for forms whose field names are data.
pub struct Form<T>(pub T);
impl<T> Checked for Form<T> {}

/// A form that came after its session had ended: its token is nobody's any more, so whoever takes this body may show it
/// again and do nothing else. Secrets and the form's own token and key are left out.
pub struct Carried(pub Fields);
impl Checked for Carried {}

/// All fields of a form in the order they were sent.
pub type Fields = Vec<(String, String)>;

const KEY_MAX: usize = 64;
/// The purpose under which requests are told apart.
const REPEAT: &str = "repeat|body";
/// The largest form, bytes; files come as an [`Upload`]. It is read before anybody is known, so it must be small.
const FORM_MAX: usize = 2 << 20;
/// The longest part of a form with a file that is no file, bytes.
const WORD_MAX: usize = 16 << 10;
/// The largest form that is shown again, bytes.
const CARRIED_MAX: usize = 256 << 10;
const NOT_CARRIED: [&str; 5] = ["_csrf", "_key", "password", "old", "again"];

/// Whether a field may be shown again to whoever sent it: no secret, and none of the form's own.
pub fn is_carried(name: &str) -> bool {
    !NOT_CARRIED.contains(&name)
}

fn caller(req: &Request) -> Result<Arc<Caller>, Fault> {
    req.extensions().get::<Arc<Caller>>().cloned().ok_or_else(|| Error::internal("a body before a grant").into())
}

/// The token is the first field, the key the second; nothing further is looked at until both are in order.
fn check(app: &App, caller: &Caller, body: &[u8]) -> Result<(), Error> {
    let malformed = || Error::invalid("form-malformed");
    let text = std::str::from_utf8(body).map_err(|_| malformed())?;
    let mut pairs = text.splitn(3, '&');
    let value = |pair: Option<&str>, name: &str| {
        pair.and_then(|p| p.split_once('=')).filter(|(n, _)| *n == name).map(|(_, v)| v.to_owned()).ok_or_else(malformed)
    };
    caller.check_csrf(&value(pairs.next(), "_csrf")?)?;
    let key = value(pairs.next(), "_key")?;
    note_key(app, caller, key, pairs.next().unwrap_or_default())
}

/// What was sent is kept as a keyed hash: forms hold passwords and ID numbers, and a plain hash of one that is known but for eight
/// digits is found by trying.
fn note_key(app: &App, caller: &Caller, key: String, rest: &str) -> Result<(), Error> {
    let plain = !key.is_empty() && key.len() <= KEY_MAX && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if !plain {
        return Err(Error::invalid("form-malformed"));
    }
    if Defect::TellTheLog.is_on() {
        tracing::debug!(form = rest, "a form");
    }
    caller.set_repeat(Repeat { key, body: app.keys().lookup(REPEAT, rest) });
    Ok(())
}

impl<T: DeserializeOwned> FromRequest<App> for Form<T> {
    type Rejection = Fault;

    async fn from_request(req: Request, app: &App) -> Result<Self, Fault> {
        let caller = caller(&req)?;
        let body = held::whole(req.into_body(), FORM_MAX).await?;
        check(app, &caller, &body)?;
        Ok(Form(serde_urlencoded::from_bytes(&body).map_err(|e| Error { detail: e.to_string(), ..Error::invalid("form-malformed") })?))
    }
}

impl FromRequest<App> for Carried {
    type Rejection = Fault;

    async fn from_request(req: Request, _: &App) -> Result<Self, Fault> {
        let body = held::whole(req.into_body(), CARRIED_MAX).await?;
        let mut fields: Fields = serde_urlencoded::from_bytes(&body).map_err(|_| Error::invalid("form-malformed"))?;
        fields.retain(|(name, _)| is_carried(name));
        Ok(Carried(fields))
    }
}

/// JSON of the API. With a cookie the token comes in `X-CSRF`; the key, if any, in `Idempotency-Key`.
pub struct Json<T>(pub T);
impl<T> Checked for Json<T> {}

impl<T: DeserializeOwned> FromRequest<App> for Json<T> {
    type Rejection = Fault;

    async fn from_request(req: Request, app: &App) -> Result<Self, Fault> {
        let caller = caller(&req)?;
        let [token, key, media] = ["x-csrf", "idempotency-key", header::CONTENT_TYPE.as_str()]
            .map(|name| req.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned());
        caller.check_csrf(&token)?;
        if media.split(';').next() != Some("application/json") {
            return Err(Error::invalid("json-media").into());
        }
        let body = held::whole(req.into_body(), BODY).await?;
        if !key.is_empty() {
            note_key(app, &caller, key, &String::from_utf8_lossy(&body))?;
        }
        // A list would be read in the order of the fields, which nobody was promised.
        if body.trim_ascii_start().first() == Some(&b'[') {
            return Err(Error::invalid("json-shape").with("line", 1).with("column", 1).into());
        }
        Ok(Json(serde_json::from_slice(&body).map_err(|e| json_fault(&body, &e))?))
    }
}

impl<T: serde::Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

/// A form with files, as a stream. The first two parts (token, key) are checked before any file is read.
pub struct Upload(Multipart);
impl Checked for Upload {}

impl FromRequest<App> for Upload {
    type Rejection = Fault;

    async fn from_request(req: Request, app: &App) -> Result<Self, Fault> {
        let caller = caller(&req)?;
        let mut parts = Multipart::from_request(req, app).await.map_err(|_| Error::invalid("form-malformed"))?;
        let token = small(&mut parts, "_csrf").await?;
        caller.check_csrf(&token)?;
        let key = small(&mut parts, "_key").await?;
        note_key(app, &caller, key, "upload")?;
        Ok(Upload(parts))
    }
}

/// A short text part that must come next under this name.
async fn small(parts: &mut Multipart, name: &str) -> Result<String, Fault> {
    let malformed = || Error::invalid("form-malformed");
    let mut field = parts.next_field().await.map_err(|_| malformed())?.filter(|f| f.name() == Some(name)).ok_or_else(malformed)?;
    Ok(word(&mut field).await?)
}

/// What stands in a part that holds a word or a line, not a file.
///
/// # Errors
/// `form-malformed` if it is longer than that, no text, or breaks off.
pub async fn word(part: &mut Field<'_>) -> Result<String, Error> {
    let bytes = bounded(part, WORD_MAX).await?.and_then(|bytes| String::from_utf8(bytes).ok());
    bytes.ok_or_else(|| Error::invalid("form-malformed"))
}

/// All bytes of a part, if there are no more than `most`: how long it goes on its sender says, and what is read lies in memory.
///
/// # Errors
/// `form-malformed` if it breaks off.
pub async fn bounded(part: &mut Field<'_>, most: usize) -> Result<Option<Vec<u8>>, Error> {
    let mut all = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|_| Error::invalid("form-malformed"))? {
        if all.len() + chunk.len() > most {
            return Ok(None);
        }
        all.extend_from_slice(&chunk);
    }
    Ok(Some(all))
}

impl Upload {
    /// The next part: a text field or a file.
    ///
    /// # Errors
    /// `form-malformed` if the stream breaks off.
    pub async fn part(&mut self) -> Result<Option<Field<'_>>, Error> {
        self.0.next_field().await.map_err(|_| Error::invalid("form-malformed"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    async fn parts(value: &str) -> Multipart {
        let body = format!("--e\r\ncontent-disposition: form-data; name=\"kind\"\r\n\r\n{value}\r\n--e--\r\n");
        let request = Request::builder().header("content-type", "multipart/form-data; boundary=e").body(Body::from(body)).unwrap();
        Multipart::from_request(request, &()).await.unwrap()
    }

    #[tokio::test]
    async fn a_word_beside_a_file_is_read_only_as_far_as_a_word_goes() {
        let (mut short, mut long) = (parts("members").await, parts(&"x".repeat(WORD_MAX + 1)).await);
        assert_eq!(word(&mut short.next_field().await.unwrap().unwrap()).await.unwrap(), "members");
        assert_eq!(word(&mut long.next_field().await.unwrap().unwrap()).await.unwrap_err().key, "form-malformed");
        let mut two = parts("ab").await;
        assert_eq!(bounded(&mut two.next_field().await.unwrap().unwrap(), 1).await.unwrap(), None);
    }
}
