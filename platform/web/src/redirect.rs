//! After a POST: 303 to the page that shows what has changed.
use crate::Flash;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// 303 See Other to a path of our own, with a message for it.
pub struct See {
    to: String,
    cookies: Vec<String>,
    status: StatusCode,
}

impl See {
    /// `to` is a path of our own; anything else (another host, a scheme) becomes `/`.
    pub fn to(to: impl Into<String>) -> Self {
        let to = to.into();
        Self { to: if Self::is_ours(&to) { to } else { "/".into() }, cookies: Vec::new(), status: StatusCode::SEE_OTHER }
    }
    /// Whether a text is a path of our own.
    pub fn is_ours(to: &str) -> bool {
        to.starts_with('/') && !to.starts_with("//") && !to.contains('\\') && to.bytes().all(|b| (0x21..0x7f).contains(&b))
    }
    /// 307: the browser sends the form it has sent here once more, there.
    #[must_use]
    pub fn with_the_form(self) -> Self {
        Self { status: StatusCode::TEMPORARY_REDIRECT, ..self }
    }
    #[must_use]
    pub fn flash(self, flash: &Flash) -> Self {
        let cookie = format!("flash={}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60", flash.to_cookie());
        self.cookie(cookie)
    }
    /// A whole `Set-Cookie` value.
    #[must_use]
    pub fn cookie(mut self, cookie: String) -> Self {
        self.cookies.push(cookie);
        self
    }
}

impl IntoResponse for See {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if let Ok(to) = HeaderValue::from_str(&self.to) {
            response.headers_mut().insert(header::LOCATION, to);
        }
        for cookie in self.cookies {
            if let Ok(value) = HeaderValue::from_str(&cookie) {
                response.headers_mut().append(header::SET_COOKIE, value);
            }
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_never_leaves_the_house() {
        for (asked, given) in
            [("/todo?x=1", "/todo?x=1"), ("//evil.cn", "/"), ("https://evil.cn", "/"), ("/\\evil.cn", "/"), ("/a\r\nX: y", "/")]
        {
            assert_eq!(See::to(asked).into_response().headers()["location"], given);
        }
    }
}
