//! Trying one door: what is sent, and what the answer amounts to.
use crate::principals::{Expected, Principal};
use crate::table::Row;
use crate::world::{Object, World};
use axum::http::Method;
use testkit::{Answer, Person};
use web::StatusCode;

const SCHEME: &str = include_str!("../../../content/schemes/LN-JG-27.toml");
const STANDARD: &str = "某市机关党支部工作规范\n第一章 总则\n第一条 为了检验，制定本规范。\n第二条 自发布之日起施行。\n";
const MEMBERS: &str = "branch_code,name,status\n";
const YEAR: &str = "date,kind,name\n2027-01-01,holiday,元旦\n2027-01-02,workday,元旦\n";

/// What an answer amounts to; a status that no door may give is named.
pub fn amounts_to(answer: &Answer) -> Result<Expected, StatusCode> {
    match answer.status {
        StatusCode::SEE_OTHER if answer.location.starts_with("/sign-in?back") => Ok(Expected::SignIn),
        StatusCode::TEMPORARY_REDIRECT if answer.location.starts_with("/sign-in/kept?back") => Ok(Expected::SignIn),
        StatusCode::UNAUTHORIZED => Ok(Expected::SignIn),
        StatusCode::FORBIDDEN => Ok(Expected::Denied),
        StatusCode::NOT_FOUND => Ok(Expected::Missing),
        StatusCode::OK | StatusCode::SEE_OTHER | StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY => Ok(Expected::Allowed),
        other => Err(other),
    }
}

pub fn succeeded(answer: &Answer) -> bool {
    answer.status == StatusCode::OK || (answer.status == StatusCode::SEE_OTHER && !answer.location.starts_with("/sign-in?back"))
}

/// A request, complete but for who sends it.
#[derive(Clone)]
pub struct Request {
    pub path: String,
    pub body: String,
    pub key: String,
    /// What makes a file of this request unlike any other.
    pub number: u32,
}

impl World {
    /// Fills a row's path and body for an object; without one, for an object that is not there.
    pub fn request(&self, row: &Row, principal: &Principal, object: Option<&Object>) -> Request {
        let mut values: Vec<(&str, String)> = object.map(|o| o.values.clone()).unwrap_or_default();
        values.extend(self.words.iter().map(|(k, v)| (*k, v.clone())));
        values.push(("fresh", format!("neu-{}", self.next())));
        values.push(("id", self.id_number()));
        values.push(("role", principal.role.into()));
        let fill = |text: &str| {
            let mut parts = text.split('{');
            let mut out = parts.next().unwrap_or_default().to_owned();
            for part in parts {
                match part.split_once('}') {
                    Some((word, rest)) if !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase()) => {
                        let known = values.iter().find(|(name, _)| *name == word).map(|(_, v)| v.clone());
                        out += &known.unwrap_or_else(|| kernel::Uuid::now_v7().as_simple().to_string());
                        out += rest;
                    }
                    _ => out += &format!("{{{part}"),
                }
            }
            out
        };
        let key = kernel::Uuid::now_v7().as_simple().to_string();
        Request { path: fill(&row.path), body: fill(&row.body), key, number: self.next() }
    }
    pub async fn send(&self, row: &Row, who: Option<&Person>, request: &Request) -> Answer {
        if row.is_api() {
            return self.send_to_api(row, who, request).await;
        }
        let Some(who) = who else { return self.send_as_visitor(row, request).await };
        match (row.changes(), request.body.split_once(' ')) {
            (false, _) if !request.body.is_empty() => self.app.get(who, &format!("{}?{}", request.path, request.body)).await,
            (false, _) => self.app.get(who, &request.path).await,
            (true, Some(("upload", what))) => self.upload(who, request, what).await,
            (true, _) => self.app.post_again(who, &request.path, &request.key, &pairs(&request.body)).await,
        }
    }
    async fn send_to_api(&self, row: &Row, who: Option<&Person>, request: &Request) -> Answer {
        let method = Method::from_bytes(row.method.as_bytes()).unwrap();
        let json = request.body.strip_prefix("json ").map(|json| serde_json::from_str(json).unwrap());
        match who {
            Some(who) if row.changes() => self.app.api_again(who, method, &request.path, &request.key, json).await,
            Some(who) => self.app.api(who, method, &request.path, json).await,
            None => self.app.api_as_visitor(method, &request.path, json).await,
        }
    }
    async fn send_as_visitor(&self, row: &Row, request: &Request) -> Answer {
        if !row.changes() {
            return self.app.get_as_visitor(&request.path).await;
        }
        let mut browser = self.app.browser();
        browser.get("/sign-in").await;
        browser.post(&request.path, &pairs(&request.body)).await
    }
    async fn upload(&self, who: &Person, request: &Request, what: &str) -> Answer {
        let n = request.number.to_string();
        let send = async |fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]| {
            self.app.upload_again(who, &request.path, &request.key, fields, files).await
        };
        let pdf = format!("%PDF-1.4\n% {n}\n%%EOF\n");
        let text = match what {
            "scheme" => SCHEME.replace("version = \"2025.1\"", &format!("version = \"2026.{n}\"")),
            _ => STANDARD.into(),
        };
        let (code, version) = (format!("GF-{n}"), "2026".to_owned());
        let about = [("title", "规范"), ("code", &code), ("version", &version), ("kind", "standard"), ("effective_from", "2026-01-01")];
        let publish = [("text", text.as_str()), ("step", "publish"), ("whole", "1")];
        match what {
            "calendar" => send(&[], &[("file", "2027.csv", YEAR.as_bytes())]).await,
            "standard" => send(&[about.as_slice(), &publish].concat(), &[]).await,
            "scheme" => send(&publish, &[]).await,
            "members" => send(&[("kind", "members")], &[("file", "members.csv", MEMBERS.as_bytes())]).await,
            _ => send(&[], &[("file", "record.pdf", pdf.as_bytes())]).await,
        }
    }
    pub async fn events(&self) -> i64 {
        self.app.db.lookup::<i64>("SELECT COUNT(*) FROM event", &[]).await.unwrap()[0]
    }
}

fn pairs(body: &str) -> Vec<(&str, &str)> {
    body.split('&').filter_map(|pair| pair.split_once('=')).collect()
}
