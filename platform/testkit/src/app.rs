//! The whole router on a test's database: sign in as anybody, press buttons over HTTP without a socket.
#![allow(clippy::expect_used, reason = "in a test, what is missing is a failure")]
use crate::Browser;
use access::{Cookies, Gate, Hasher, NewAccount, NewSession, PostLine, Roles, System};
use audit::Event;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use axum::response::Response;
use db::{Db, Migration};
use installation::{Installation, Keys, Kind};
use kernel::{AccountId, BusinessDate, Clock, Instant, OrgId, PostId};
use std::sync::RwLock;
use tempfile::TempDir;
use tower::ServiceExt;
use web::{App, Parts, RouteInfo, Routes, Shared, Slice, Texts};

/// What every application stands on, beside its slices' own migrations.
pub const PLATFORM: &[&[Migration]] = &[
    installation::MIGRATIONS,
    tree::MIGRATIONS,
    access::MIGRATIONS,
    audit::MIGRATIONS,
    inbox::MIGRATIONS,
    jobs::MIGRATIONS,
    figures::MIGRATIONS,
    files::MIGRATIONS,
    search::MIGRATIONS,
    facts::MIGRATIONS,
];

/// An application over a migrated database. Dates stand still at [`TestApp::TODAY`] until the clock is set.
pub struct TestApp {
    pub db: Db,
    pub app: App,
    pub clock: Clock,
    pub routes: Vec<RouteInfo>,
    router: Router,
    _home: TempDir,
}

/// Somebody with a session.
#[derive(Clone)]
pub struct Person {
    pub account: AccountId,
    cookie: String,
    pub csrf: String,
}

impl Person {
    /// The same person with another language chosen (`en`).
    #[must_use]
    pub fn speaking(mut self, lang: &str) -> Self {
        self.cookie.push_str("; lang=");
        self.cookie.push_str(lang);
        self
    }
}

impl Person {
    /// The `Cookie` header of this person's browser.
    pub fn cookie(&self) -> &str {
        &self.cookie
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub location: String,
    pub media: String,
    pub cookies: Vec<String>,
    /// All headers of the answer, for what must stand on each.
    pub headers: HeaderMap,
    pub body: String,
    /// The body of a file that is no text.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The fields of a form that came back, as the summary above it names them; each has its sentence beside it too.
    ///
    /// # Panics
    /// If it was not refused, or a field's sentence is missing.
    pub fn wrong(&self) -> Vec<&str> {
        assert_eq!(self.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", self.body);
        let summary = self.body.split("id=\"errsum\"").nth(1).and_then(|rest| rest.split("</ul>").next()).unwrap_or_default();
        let fields: Vec<&str> = summary.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        for field in &fields {
            assert!(self.body.contains(&format!("id=\"{field}-e\"")), "nothing beside {field}: {}", self.body);
        }
        fields
    }
}

impl TestApp {
    pub const TODAY: &str = "2026-06-15";

    /// `migrations` are the slices' and whatever else they stand on; the platform's come by themselves.
    ///
    /// # Panics
    /// If anything of it is not in order.
    pub async fn new(db: Db, slices: Vec<Slice>, more: &[&[Migration]], shared: Shared) -> TestApp {
        Self::founded_as(Some(Kind::Real), db, slices, more, shared).await
    }
    /// The same for another kind of installation; `None` is one that waits for its set-up.
    ///
    /// # Panics
    /// If anything of it is not in order.
    pub async fn founded_as(kind: Option<Kind>, db: Db, slices: Vec<Slice>, more: &[&[Migration]], shared: Shared) -> TestApp {
        let own = slices.iter().map(|s| s.migrations);
        let mut all: Vec<Migration> = PLATFORM.iter().copied().chain(more.iter().copied()).chain(own).flatten().copied().collect();
        all.sort_by_key(|m| m.name);
        all.dedup_by_key(|m| m.name);
        db.migrate(&all).await.expect("migrations");
        let home = tempfile::tempdir().expect("a temporary folder");
        let keys = Keys::open_or_make(&home.path().join("keys")).expect("keys");
        let clock = Clock::standing(BusinessDate::parse(Self::TODAY).expect("a date"));
        let declared: Vec<_> = slices.iter().flat_map(|s| s.permissions).copied().collect();
        let roles = Roles::parse_partly(include_str!("../../../content/roles.toml"), &declared).expect("roles");
        let words = web::WORDS
            .iter()
            .chain(db::WORDS)
            .chain(jobs::WORDS)
            .chain(files::WORDS)
            .chain(tabular::WORDS)
            .chain(slices.iter().flat_map(|s| s.texts))
            .copied();
        let texts: &'static Texts = Box::leak(Box::new(Texts::load(words).expect("texts")));
        let (mut routes, mut panels, mut sights, mut menu) = (Routes::new("test"), vec![], vec![], vec![]);
        for slice in slices {
            routes = routes.merge(slice.routes);
            panels.extend(slice.panels);
            sights.extend(slice.sights);
            menu.extend(slice.menu);
        }
        let list = routes.inventory().to_vec();
        let fingerprint = keys.fingerprint();
        let gate = Gate::new(db.clone(), roles, keys.clone(), Cookies { secure: false, public_url: None });
        let what = kind.map(|kind| Installation { kind, name: "测试".into(), area: "辽宁省".into(), year: 2026 });
        if let Some(founded) = what.clone() {
            audit::change(&db, &System::command("test"), async move |tx| {
                installation::found(tx, &founded, &fingerprint, None).await?;
                Ok(((), Event::new("installation.found", "installation")))
            })
            .await
            .expect("an installation");
        }
        let parts = Parts {
            db: db.clone(),
            gate,
            keys,
            hasher: Hasher::new().expect("a hasher"),
            clock: clock.clone(),
            texts,
            panels,
            sights,
            menu,
            data_dir: home.path().to_owned(),
            insecure: false,
            shared,
            inventory: list.clone(),
            openapi: routes.openapi().to_json().expect("OpenAPI"),
            installation: RwLock::new(what),
        };
        let app = App::new(parts);
        let router = web::router(routes, app.clone());
        TestApp { db, app, clock, routes: list, router, _home: home }
    }

    /// Somebody new who holds `role` at `org` (`None`: at the installation), signed in.
    ///
    /// # Panics
    /// If the account cannot be made.
    pub async fn person(&self, role: &str, org: Option<OrgId>) -> Person {
        let (account, session, now) = (AccountId::new(), NewSession::new().expect("randomness"), Instant::now());
        let (role, kept) = (role.to_owned(), session.clone());
        audit::change(&self.db, &System::command("test"), async move |tx| {
            let login = account.to_string();
            let new = NewAccount { id: account, login: &login, name: "某人", member: None, code: None };
            access::create(tx, &new, now).await?;
            let post = PostLine { id: PostId::new(), account, role: role.clone(), org, granted: now };
            access::give_post(tx, &post, "test").await?;
            access::open(tx, account, &session, "test", now).await?;
            Ok(((), Event::new("account.create", format!("account:{account}"))))
        })
        .await
        .expect("a person");
        Person { account, cookie: format!("leitu={}", kept.token), csrf: kept.csrf }
    }

    /// Gives somebody one more post.
    ///
    /// # Panics
    /// If the account is none of a business role.
    pub async fn also(&self, who: &Person, role: &str, org: OrgId) {
        let post = PostLine { id: PostId::new(), account: who.account, role: role.into(), org: Some(org), granted: Instant::now() };
        audit::change(&self.db, &System::command("test"), async move |tx| {
            access::give_post(tx, &post, "test").await?;
            Ok(((), Event::new("post.give", "post:1")))
        })
        .await
        .expect("a post");
    }
    /// A browser nobody is signed in with; it keeps its cookies.
    pub fn browser(&self) -> Browser {
        Browser::new(self.router.clone())
    }
    /// Opens a page as a browser would.
    pub async fn get(&self, who: &Person, path: &str) -> Answer {
        self.send(Method::GET, Some(who), path, "text/html", None).await
    }
    /// Opens a page without being signed in.
    pub async fn get_as_visitor(&self, path: &str) -> Answer {
        self.send(Method::GET, None, path, "text/html", None).await
    }
    /// Calls the API with neither session nor token.
    pub async fn api_as_visitor(&self, method: Method, path: &str, json: Option<serde_json::Value>) -> Answer {
        let body = json.map(|j| ("application/json", j.to_string().into_bytes()));
        self.send(method, None, path, "application/json", body).await
    }
    /// Sends a form with its token and a fresh idempotency key.
    pub async fn post(&self, who: &Person, path: &str, fields: &[(&str, &str)]) -> Answer {
        let key = kernel::Uuid::now_v7().as_simple().to_string();
        self.post_again(who, path, &key, fields).await
    }
    /// Sends a form under a chosen idempotency key, as a repeated press does.
    pub async fn post_again(&self, who: &Person, path: &str, key: &str, fields: &[(&str, &str)]) -> Answer {
        let mut all = vec![("_csrf", who.csrf.as_str()), ("_key", key)];
        all.extend_from_slice(fields);
        let body = serde_urlencoded::to_string(all).unwrap_or_default();
        self.send(Method::POST, Some(who), path, "text/html", Some(("application/x-www-form-urlencoded", body.into_bytes()))).await
    }
    /// Sends a form with files, as `enctype="multipart/form-data"` does; a file is `(field, file name, content)`.
    pub async fn upload(&self, who: &Person, path: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Answer {
        let key = kernel::Uuid::now_v7().as_simple().to_string();
        self.upload_again(who, path, &key, fields, files).await
    }
    /// The same under a chosen idempotency key.
    pub async fn upload_again(
        &self,
        who: &Person,
        path: &str,
        key: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &str, &[u8])],
    ) -> Answer {
        const EDGE: &str = "leitu-test-edge";
        let mut body = Vec::new();
        for (name, value) in [("_csrf", who.csrf.as_str()), ("_key", key)].iter().chain(fields) {
            body.extend(format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
        }
        for (name, file, content) in files {
            let head = format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\r\n");
            body.extend(head.bytes().chain(content.iter().copied()).chain(*b"\r\n"));
        }
        body.extend(format!("--{EDGE}--\r\n").bytes());
        let media = format!("multipart/form-data; boundary={EDGE}");
        self.send(Method::POST, Some(who), path, "text/html", Some((&media, body))).await
    }
    /// Calls the API with the session's cookie and token.
    pub async fn api(&self, who: &Person, method: Method, path: &str, json: Option<serde_json::Value>) -> Answer {
        let body = json.map(|j| ("application/json", j.to_string().into_bytes()));
        self.send(method, Some(who), path, "application/json", body).await
    }
    /// The same under a chosen idempotency key.
    pub async fn api_again(&self, who: &Person, method: Method, path: &str, key: &str, json: Option<serde_json::Value>) -> Answer {
        let body = json.map(|j| ("application/json", j.to_string().into_bytes()));
        let request = Request::builder().header("idempotency-key", key);
        self.complete(request, method, Some(who), path, "application/json", body).await
    }

    /// Calls with an API token, as a program does: without cookie or form token.
    pub async fn program(&self, token: &str, method: Method, path: &str, json: Option<serde_json::Value>) -> Answer {
        let body = json.map(|j| ("application/json", j.to_string().into_bytes()));
        let request = Request::builder().header(header::AUTHORIZATION, format!("Bearer {token}"));
        self.complete(request, method, None, path, "application/json", body).await
    }

    async fn send(&self, method: Method, who: Option<&Person>, path: &str, accept: &str, body: Option<(&str, Vec<u8>)>) -> Answer {
        self.complete(Request::builder(), method, who, path, accept, body).await
    }
    async fn complete(
        &self,
        request: axum::http::request::Builder,
        method: Method,
        who: Option<&Person>,
        path: &str,
        accept: &str,
        body: Option<(&str, Vec<u8>)>,
    ) -> Answer {
        let mut request = request.method(method).uri(path).header(header::ACCEPT, accept).header("sec-fetch-site", "same-origin");
        if let Some(who) = who {
            request = request.header(header::COOKIE, &who.cookie).header("x-csrf", &who.csrf);
        }
        let body = match body {
            Some((media, text)) => {
                request = request.header(header::CONTENT_TYPE, media);
                Body::from(text)
            }
            None => Body::empty(),
        };
        let request = request.body(body).expect("a request");
        Answer::of(self.router.clone().oneshot(request).await.expect("the router answers")).await
    }
}

impl Answer {
    pub(crate) async fn of(response: Response) -> Answer {
        let text = |name: header::HeaderName| response.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
        let (status, location, media) = (response.status(), text(header::LOCATION), text(header::CONTENT_TYPE));
        let cookies = response.headers().get_all(header::SET_COOKIE).iter().filter_map(|v| v.to_str().ok().map(str::to_owned)).collect();
        let headers = response.headers().clone();
        let bytes = axum::body::to_bytes(response.into_body(), 64 << 20).await.expect("a body");
        Answer { status, location, media, cookies, headers, body: String::from_utf8_lossy(&bytes).into_owned(), bytes: bytes.to_vec() }
    }
}
