//! Where somebody is led whose session has ended, so that nothing they typed is lost.
use crate::{See, Visit};
use axum::extract::Request;
use axum::http::{Method, Uri, header};
use axum::response::{IntoResponse, Response};

/// In the addresses of forms that hold a password or a code.
const SECRET: [&str; 4] = ["/sign-", "password", "second-factor", "recovery-codes"];

/// What is known of a request before a handler takes it.
pub(crate) struct Sent {
    method: Method,
    /// A form as text, which the browser can send once more.
    form: bool,
    /// The page of ours it came from.
    from: Option<String>,
}

impl Sent {
    pub(crate) fn of(req: &Request) -> Self {
        let text = |name: header::HeaderName| req.headers().get(name).and_then(|v| v.to_str().ok());
        let form = text(header::CONTENT_TYPE).is_some_and(|m| m.starts_with("application/x-www-form-urlencoded"));
        // Only the path is taken, so the host it names does not matter.
        let from = text(header::REFERER).and_then(|r| r.parse::<Uri>().ok()).and_then(|u| u.path_and_query().map(ToString::to_string));
        Self { method: req.method().clone(), form, from }
    }
    /// A page is come back to after signing in. A form is sent once more, to where it is kept beside the sign-in; one with
    /// a file, a password or a code is not, and its page is come back to.
    pub(crate) fn lead(&self, visit: &Visit) -> Response {
        let to = |path: &str, back: &str| format!("{path}?{}", serde_urlencoded::to_string([("back", back)]).unwrap_or_default());
        if self.method.is_safe() {
            See::to(to("/sign-in", &visit.here())).into_response()
        } else if self.form && !SECRET.iter().any(|part| visit.path.contains(part)) {
            See::to(to("/sign-in/kept", &visit.here())).with_the_form().into_response()
        } else {
            See::to(to("/sign-in", self.from.as_deref().unwrap_or("/"))).into_response()
        }
    }
}
