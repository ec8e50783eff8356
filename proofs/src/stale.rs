//! Twelve ways in which a session ends. Somebody keeps its cookie, and tries it afterwards.
use crate::kill9::serve;
use crate::people::{PASSWORD, Town};
use crate::report::Row;
use crate::telephone::Telephone;
use crate::visitor::Visitor;
use db::params;
use std::collections::BTreeMap;
use std::io;

/// What ends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    SignedOut,
    SignedInAgain,
    SignedOutEverywhere,
    EndedFromTheList,
    PasswordChangedElsewhere,
    PasswordChangedHere,
    CodeRenewed,
    ResetOnTheCommandLine,
    Disabled,
    DisabledAndEnabled,
    HalfAnHourUnused,
    TwelveHoursOld,
}

const KINDS: [Kind; 12] = [
    Kind::SignedOut,
    Kind::SignedInAgain,
    Kind::SignedOutEverywhere,
    Kind::EndedFromTheList,
    Kind::PasswordChangedElsewhere,
    Kind::PasswordChangedHere,
    Kind::CodeRenewed,
    Kind::ResetOnTheCommandLine,
    Kind::Disabled,
    Kind::DisabledAndEnabled,
    Kind::HalfAnHourUnused,
    Kind::TwelveHoursOld,
];

pub async fn row(name: &str, defect: Option<&'static str>) -> Row {
    let town = Town::make(KINDS.len(), defect).await;
    let program = serve(&town.make);
    let mut door = Door { address: program.address.clone(), town, admin: None };
    let (mut dead, mut lived, mut wrong) = (0, Vec::new(), Vec::new());
    for (person, kind) in KINDS.into_iter().enumerate() {
        match door.tried(&format!("p{person}"), kind).await {
            Ok(true) => dead += 1,
            Ok(false) => lived.push(format!("{kind:?}")),
            Err(why) => wrong.push(format!("{kind:?}: {why}")),
        }
    }
    wrong.iter().for_each(|line| eprintln!("  {line}"));
    let text =
        format!("kinds={} dead_at_once={dead} alive={}", KINDS.len(), if lived.is_empty() { "none".into() } else { lived.join(",") });
    Row::of(name, text, wrong.is_empty() && if defect.is_some() { !lived.is_empty() } else { dead == KINDS.len() })
}

struct Door {
    address: String,
    town: Town,
    admin: Option<Visitor>,
}

type Cookies = BTreeMap<String, String>;

impl Door {
    /// Whether the cookie of before is worth nothing, on a page and on the API. It must have been worth something.
    async fn tried(&mut self, login: &str, kind: Kind) -> io::Result<bool> {
        let mut here = self.signed_in(login).await?;
        let stale = here.cookies();
        demand(self.opens(&stale).await?, "the session opened nothing before it ended")?;
        self.end(login, kind, &mut here).await?;
        Ok(!self.opens(&stale).await?)
    }
    async fn signed_in(&self, login: &str) -> io::Result<Visitor> {
        let mut visitor = Visitor::at(&self.address).await?;
        demand(visitor.sign_in(login, PASSWORD).await?.status == 303, "the password was not taken")?;
        Ok(visitor)
    }
    async fn opens(&self, cookies: &Cookies) -> io::Result<bool> {
        let mut visitor = Visitor::with(&self.address, cookies).await?;
        let page = visitor.is_in().await?;
        let api = Visitor::with(&self.address, cookies).await?.get("/api/v1/cycles").await?.status;
        Ok(page || (api != 401 && api != 303))
    }
    async fn end(&mut self, login: &str, kind: Kind, here: &mut Visitor) -> io::Result<()> {
        match kind {
            Kind::SignedOut => post(here, "/me", "/sign-out", "").await,
            Kind::SignedInAgain => {
                here.get("/sign-in").await?;
                demand(here.sign_in(login, PASSWORD).await?.status == 303, "the second sign-in")
            }
            Kind::SignedOutEverywhere => post(&mut self.signed_in(login).await?, "/me", "/sign-out-everywhere", "").await,
            Kind::EndedFromTheList => self.ended_from_the_list(login).await,
            Kind::PasswordChangedElsewhere => post(&mut self.signed_in(login).await?, "/me/password", "/me/password", &changed()).await,
            Kind::PasswordChangedHere => post(here, "/me/password", "/me/password", &changed()).await,
            Kind::CodeRenewed => self.administered(login, &["code"]).await,
            Kind::Disabled => self.administered(login, &["disabling"]).await,
            Kind::DisabledAndEnabled => self.administered(login, &["disabling", "enabling"]).await,
            Kind::ResetOnTheCommandLine => demand(self.town.make.run(&["account", "reset", login]).status.success(), "the command refused"),
            Kind::HalfAnHourUnused => self.aged("UPDATE session SET used = used - $1", 31).await,
            Kind::TwelveHoursOld => self.aged("UPDATE session SET begun = begun - $1", 12 * 60 + 1).await,
        }
    }
    async fn ended_from_the_list(&self, login: &str) -> io::Result<()> {
        let mut other = self.signed_in(login).await?;
        let page = other.get("/me").await?.body;
        let path = page.split("action=\"/me/sessions/").nth(1).and_then(|rest| rest.split('"').next());
        let path = format!("/me/sessions/{}", path.ok_or_else(|| io::Error::other("no other session in the list"))?);
        post(&mut other, "/me", &path, "").await
    }
    async fn administered(&mut self, login: &str, steps: &[&str]) -> io::Result<()> {
        if self.admin.is_none() {
            let mut admin = Visitor::at(&self.address).await?;
            Telephone::of(&mut admin, "admin", PASSWORD).await?;
            self.admin = Some(admin);
        }
        let sql = "SELECT id FROM account WHERE login = $1";
        let id: Vec<kernel::AccountId> = self.town.db.lookup(sql, &params![login]).await.map_err(io::Error::other)?;
        let id = id.first().ok_or_else(|| io::Error::other("no account"))?;
        let Some(admin) = &mut self.admin else { return Ok(()) };
        for step in steps {
            post(admin, &format!("/people/{id}"), &format!("/people/{id}/{step}"), "").await?;
        }
        Ok(())
    }
    /// All sessions are older by some minutes.
    #[allow(clippy::disallowed_methods, reason = "it turns the clock")]
    async fn aged(&self, sql: &'static str, minutes: i64) -> io::Result<()> {
        let done = self.town.db.write(async move |tx| tx.exec(sql, &params![minutes * 60_000]).await).await;
        done.map(drop).map_err(io::Error::other)
    }
}

fn changed() -> String {
    format!("&old={PASSWORD}&password=another-right-one&again=another-right-one")
}

/// Presses a button of a page.
async fn post(who: &mut Visitor, page: &str, path: &str, fields: &str) -> io::Result<()> {
    who.get(page).await?;
    let status = who.post(path, fields).await?.status;
    demand(status == 303 || status == 200, &format!("{path} was answered {status}"))
}

fn demand(holds: bool, otherwise: &str) -> io::Result<()> {
    if holds { Ok(()) } else { Err(io::Error::other(otherwise.to_owned())) }
}
