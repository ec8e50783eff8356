//! The one place that decides. It reads a request's cookie or token, and makes the grants.
use crate::session::{IDLE_MINUTES, WHOLE_MINUTES, hash, hex};
use crate::{Caller, Denied, Grant, Held, Permission, Roles, same_origin};
use axum_core::extract::{FromRef, FromRequestParts};
use db::{Db, params, planted::Defect};
use http::{HeaderMap, header, request::Parts};
use installation::Keys;
use kernel::{AccountId, Error, Instant, Kind, OrgId, OrgPath, Result, SessionId};
use std::pin::Pin;
use std::sync::atomic::AtomicU32;
use std::sync::{Arc, OnceLock};

/// How cookies are named and marked: `__Host-` and Secure wherever the public address is https.
#[derive(Clone, Debug)]
pub struct Cookies {
    pub secure: bool,
    /// The address people use, when a proxy stands before us.
    pub public_url: Option<String>,
}

impl Cookies {
    pub fn session(&self) -> &'static str {
        if self.secure { "__Host-leitu" } else { "leitu" }
    }
    /// Names the browser before anybody signs in: its forms' tokens and its lockout counter.
    pub fn device(&self) -> &'static str {
        if self.secure { "__Host-leitu-device" } else { "leitu-device" }
    }
    /// Between a one-time code and the password set with it.
    pub fn ticket(&self) -> &'static str {
        if self.secure { "__Host-leitu-ticket" } else { "leitu-ticket" }
    }
    /// A `Set-Cookie` value; without `max_age` the cookie goes with the browser.
    pub fn set(&self, name: &str, value: &str, max_age: Option<i64>) -> String {
        let age = max_age.map_or(String::new(), |s| format!("; Max-Age={s}"));
        let secure = if self.secure { "; Secure" } else { "" };
        format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}")
    }
}

/// Reads who is calling. Cheap to clone.
#[derive(Clone)]
pub struct Gate {
    db: Db,
    roles: Arc<Roles>,
    keys: Keys,
    cookies: Arc<Cookies>,
}

db::row! {
    /// One for each post of the account, or one without.
    struct Line {
        account: AccountId, name: String, session: SessionId, csrf: String, used: Instant, role: Option<String>, org: Option<OrgId>,
        path: Option<OrgPath>,
    }
    struct PostRow { role: String, org: Option<OrgId>, path: Option<OrgPath> }
    struct TokenRow { account: AccountId, name: String, token: SessionId, role: String }
}

/// In one statement, since every request begins with it: whose session it is, their posts, and where these stand today.
macro_rules! by_session {
    ($($epoch:literal)?) => {
        concat!(
            "SELECT a.id, a.name, s.id, s.csrf, s.used, p.role, p.org, ",
            tree::path_of!("p.org"),
            " FROM session s JOIN account a ON a.id = s.account
               LEFT JOIN post p ON p.account = a.id AND p.ended IS NULL
             WHERE s.token = $1 AND s.used > $2 AND s.begun > $3 AND a.disabled IS NULL",
            $($epoch,)?
            " ORDER BY p.id"
        )
    };
}

const BY_SESSION: &str = by_session!(" AND s.epoch = a.epoch");
/// For the proofs' control only.
const BY_SESSION_OF_ANY_TIME: &str = by_session!();
const POSTS: &str =
    concat!("SELECT role, org, ", tree::path_of!("post.org"), " FROM post WHERE account = $1 AND ended IS NULL ORDER BY id");

impl Gate {
    pub fn new(db: Db, roles: Roles, keys: Keys, cookies: Cookies) -> Self {
        Self { db, roles: Arc::new(roles), keys, cookies: Arc::new(cookies) }
    }
    pub fn roles(&self) -> &Arc<Roles> {
        &self.roles
    }
    pub fn cookies(&self) -> &Cookies {
        &self.cookies
    }
    /// Who makes this request: by bearer token, by session cookie, or a visitor.
    ///
    /// # Errors
    /// `token-invalid` for a bearer token that is unknown, revoked or run out.
    pub fn caller<'a>(&'a self, headers: &'a HeaderMap) -> Pin<Box<dyn Future<Output = Result<Caller>> + Send + 'a>> {
        // In a box: each route's own future would otherwise hold all of it.
        Box::pin(self.asked(headers))
    }
    async fn asked(&self, headers: &HeaderMap) -> Result<Caller> {
        let bearer = headers.get(header::AUTHORIZATION).and_then(|v| v.to_str().ok()).and_then(|v| v.strip_prefix("Bearer "));
        if let Some(token) = bearer {
            return self.by_token(token).await;
        }
        if let Some(token) = cookie(headers, self.cookies.session())
            && let Some(caller) = self.by_session(token, headers).await?
        {
            return Ok(caller);
        }
        Ok(self.visitor(cookie(headers, self.cookies.device()).unwrap_or_default()))
    }
    /// The form token of a browser nobody has signed in from: only its own device cookie makes it.
    pub fn visitor(&self, device: &str) -> Caller {
        let csrf = if device.is_empty() { String::new() } else { hex(&self.keys.sign("visitor", device)) };
        self.call(None, String::new(), None, Vec::new(), csrf, false)
    }
    async fn by_session(&self, token: &str, headers: &HeaderMap) -> Result<Option<Caller>> {
        let (now, hashed) = (Instant::now(), hash(token));
        let sql = if Defect::KeepSessions.is_on() { BY_SESSION_OF_ANY_TIME } else { BY_SESSION };
        let since = params![&hashed, now.plus_minutes(-IDLE_MINUTES), now.plus_minutes(-WHOLE_MINUTES)];
        let lines: Vec<Line> = self.db.lookup(sql, &since).await?;
        let posts = lines.iter().filter_map(|l| Some(PostRow { role: l.role.clone()?, org: l.org, path: l.path.clone() })).collect();
        let Some(line) = lines.into_iter().next() else { return Ok(None) };
        // Refreshes that the page makes by itself do not keep a session alive.
        if line.used.plus_minutes(1) < now && !headers.contains_key("x-refresh") {
            // A disk that takes nothing must not keep people from reading.
            if let Err(e) = self.touch(hashed, now).await {
                tracing::warn!(cause = %e, "a session's last use was not written");
            }
        }
        let held = held(posts, None);
        Ok(Some(self.call(Some(line.account), line.name, Some(line.session), held, line.csrf, false)))
    }
    async fn by_token(&self, token: &str) -> Result<Caller> {
        let rows: Vec<TokenRow> = self
            .db
            .lookup(
                "SELECT a.id, a.name, t.id, t.role FROM api_token t JOIN account a ON a.id = t.account
                 WHERE t.token = $1 AND t.epoch = a.epoch AND t.expires > $2 AND a.disabled IS NULL",
                &params![&hash(token), Instant::now()],
            )
            .await?;
        let row = rows.into_iter().next().ok_or_else(|| Error::new(Kind::SignIn, "token-invalid"))?;
        let held = held(self.db.lookup(POSTS, &params![&row.account]).await?, Some(&row.role));
        Ok(self.call(Some(row.account), row.name, Some(row.token), held, String::new(), true))
    }
    /// Not a change of anything a person entered, so it leaves no event; written at most once a minute.
    #[allow(clippy::disallowed_methods)]
    async fn touch(&self, token: [u8; 32], now: Instant) -> Result<()> {
        let written =
            self.db.write(async move |tx| tx.exec("UPDATE session SET used = $2 WHERE token = $1", &params![&token, now]).await).await;
        Ok(written.map(drop)?)
    }
    fn call(
        &self,
        account: Option<AccountId>,
        name: String,
        session: Option<SessionId>,
        held: Vec<Held>,
        csrf: String,
        bearer: bool,
    ) -> Caller {
        Caller {
            account,
            name,
            session,
            held,
            csrf,
            bearer,
            roles: self.roles.clone(),
            repeat: OnceLock::new(),
            changes: AtomicU32::new(0),
        }
    }
}

/// The posts that hold now: one at an organisation that stands nowhere does not. `only` narrows them to one role, as a token
/// can.
fn held(rows: Vec<PostRow>, only: Option<&str>) -> Vec<Held> {
    let asked = rows.into_iter().filter(|r| only.is_none_or(|o| o.is_empty() || o == r.role));
    asked.filter(|r| r.org.is_none() || r.path.is_some()).map(|r| Held { role: r.role, org: r.org, path: r.path }).collect()
}

/// The value of a cookie by name.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let pairs = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(';'));
    pairs.filter_map(|c| c.trim().split_once('=')).find(|(n, _)| *n == name).map(|(_, v)| v)
}

impl<P: Permission, S: Send + Sync> FromRequestParts<S> for Grant<P>
where
    Gate: FromRef<S>,
{
    type Rejection = Denied;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> std::result::Result<Self, Denied> {
        let gate = Gate::from_ref(state);
        let caller = match parts.extensions.get::<Arc<Caller>>() {
            Some(caller) => caller.clone(),
            None => Arc::new(gate.caller(&parts.headers).await.map_err(Denied)?),
        };
        parts.extensions.insert(caller.clone());
        if !parts.method.is_safe() && !caller.bearer && !same_origin(&parts.headers, gate.cookies.public_url.as_deref()) {
            return Err(Denied(Error::denied("other-site")));
        }
        if caller.account.is_none() && !P::PUBLIC {
            return Err(Denied(Error::new(Kind::SignIn, "sign-in")));
        }
        let roles = gate.roles.holding(P::CODE).join(",");
        caller.grant().ok_or_else(|| Denied(Error::denied("no-permission").with("roles", roles)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_script_reads_a_cookie_of_ours_and_over_https_it_is_this_host_s_alone() {
        for https in [true, false] {
            let cookies = Cookies { secure: https, public_url: None };
            for name in [cookies.session(), cookies.device(), cookies.ticket()] {
                let set = cookies.set(name, "v", Some(9));
                assert!(set.contains("; Path=/; HttpOnly; SameSite=Lax") && !set.contains("Domain"), "{set}");
                assert_eq!((set.starts_with("__Host-"), set.contains("; Secure")), (https, https), "{set}");
            }
        }
    }
}
