//! A browser that keeps its cookies and sends back the hidden fields of the page it stands on.
#![allow(clippy::expect_used, reason = "in a test, what is missing is a failure")]
use crate::Answer;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use std::collections::BTreeMap;
use tower::ServiceExt;

/// For what happens around signing in; a [`Person`](crate::Person) is quicker for all else.
pub struct Browser {
    router: Router,
    cookies: BTreeMap<String, String>,
    /// Token and key of the page last shown.
    hidden: [(&'static str, String); 2],
}

impl Browser {
    pub(crate) fn new(router: Router) -> Self {
        Self { router, cookies: BTreeMap::new(), hidden: [("_csrf", String::new()), ("_key", String::new())] }
    }
    /// The value of a cookie this browser holds.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }
    /// Holds a cookie as if it had been set.
    pub fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.into(), value.into());
    }
    /// Opens a page; redirects are shown, not followed.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }
    /// Presses the button of a form on the page last shown.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut all: Vec<(&str, &str)> = self.hidden.iter().map(|(n, v)| (*n, v.as_str())).collect();
        all.extend_from_slice(fields);
        let body = serde_urlencoded::to_string(all).expect("fields");
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, Body::from(body)).await
    }
    async fn send(&mut self, request: axum::http::request::Builder, body: Body) -> Answer {
        let cookies: Vec<String> = self.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
        let request = request
            .header(header::ACCEPT, "text/html")
            .header("sec-fetch-site", "same-origin")
            .header(header::COOKIE, cookies.join("; "))
            .body(body)
            .expect("a request");
        let answer = Answer::of(self.router.clone().oneshot(request).await.expect("the router answers")).await;
        self.remember(&answer);
        answer
    }
    fn remember(&mut self, answer: &Answer) {
        for cookie in &answer.cookies {
            let (name, value) = cookie.split(';').next().and_then(|c| c.split_once('=')).expect("a cookie");
            if value.is_empty() || cookie.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.into(), value.into());
            }
        }
        for (name, value) in &mut self.hidden {
            let found = answer.body.split_once(&format!("name=\"{name}\" value=\"")).and_then(|(_, rest)| rest.split_once('"'));
            if let Some((found, _)) = found {
                found.clone_into(value);
            }
        }
    }
}
