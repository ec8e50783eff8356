//! Who signs in: one-press identities, every branch's secretary, inspectors, the three administrators.
use super::province::{HERO, Province};
use super::register::Known;
use access::{Caller, Cookies, Gate, Grant, NewSession, Permission, PostLine, Roles};
use accounts::NewPerson;
use audit::Event;
use db::Db;
use installation::Keys;
use kernel::{AccountId, Error, Instant, MemberId, OrgId, PostId, Result};
use std::sync::Arc;

/// At most this many in one unit of work.
const CHUNK: usize = 250;

/// An account to be made with the role it gets.
#[derive(Clone, Debug)]
struct Wanted {
    login: String,
    name: String,
    member: Option<MemberId>,
    role: &'static str,
    org: Option<OrgId>,
    /// Offered as a one-press identity.
    entry: bool,
}

pub struct People {
    pub committee: AccountId,
    pub reviewer: AccountId,
    pub inspectors: Vec<AccountId>,
    pub hero: AccountId,
}

/// Makes everybody. The codes that come with the accounts are shown to nobody: one enters by one press.
///
/// # Errors
/// What `accounts` refuses.
pub async fn make(db: &Db, roles: &Roles, province: &Province, known: &[Known]) -> Result<People> {
    let wanted = wanted(province, known)?;
    let mut made = Vec::with_capacity(wanted.len());
    for chunk in wanted.chunks(CHUNK) {
        let people = chunk.iter().map(|w| NewPerson::parse(&w.name, &w.login, w.member)).collect::<Result<_>>()?;
        let issued = accounts::create_many(db, &super::loader(), people).await?;
        let (posts, at) = (chunk.iter().zip(&issued).map(|(w, i)| post(w, i.id)).collect::<Vec<_>>(), roles.clone());
        audit::change(db, &super::loader(), async move |tx| {
            for (post, entry) in &posts {
                accounts::appoint(tx, &at, post, super::values::SOURCE).await?;
                if *entry {
                    accounts::offer_entry(tx, &post.role, post.account).await?;
                }
            }
            Ok(((), Event::new("role.give-many", "accounts").with("count", posts.len())))
        })
        .await?;
        made.extend(issued.iter().map(|i| i.id));
    }
    let of = |role: &str| wanted.iter().zip(&made).filter(|(w, _)| w.role == role).map(|(_, id)| *id).collect::<Vec<_>>();
    let entry = |role: &str| wanted.iter().zip(&made).find(|(w, _)| w.role == role && w.entry).map(|(_, id)| *id);
    let missing = || Error::internal("an identity of the demo");
    Ok(People {
        committee: entry("committee").ok_or_else(missing)?,
        reviewer: entry("reviewer").ok_or_else(missing)?,
        inspectors: of("inspector"),
        hero: entry("secretary").ok_or_else(missing)?,
    })
}

fn post(wanted: &Wanted, account: AccountId) -> (PostLine, bool) {
    let granted = Instant::now();
    (PostLine { id: PostId::new(), account, role: wanted.role.into(), org: wanted.org, granted }, wanted.entry)
}

fn wanted(province: &Province, known: &[Known]) -> Result<Vec<Wanted>> {
    let hero = province.branches.iter().position(|b| b.code == HERO).ok_or_else(|| Error::internal("the demo's branch"))?;
    let (home, theirs) = (&province.branches[hero], &known[hero]);
    let one = |role, login: &str, name: &str, org| Wanted { login: login.into(), name: name.into(), member: None, role, org, entry: true };
    let mut all = vec![
        one("committee", "gongwei", "周立新", Some(province.root)),
        one("reviewer", "fuheren", "郑晓岩", Some(province.root)),
        one("deputy", "zhuanzhi", "马淑华", Some(home.unit)),
        one("system_administrator", "system", "林宇航", None),
        one("security_administrator", "security", "许静", None),
        one("audit_administrator", "audit", "叶长青", None),
        Wanted { member: Some(theirs.member.0), ..one("member", "dangyuan", &theirs.member.1, Some(home.id)) },
    ];
    for (i, (branch, known)) in province.branches.iter().zip(known).enumerate() {
        let (member, name) = known.secretary.clone();
        let login = branch.code.clone();
        all.push(Wanted { login, name, member: Some(member), role: "secretary", org: Some(branch.id), entry: i == hero });
    }
    // Inspectors come from branches of the province's own organs, one from each.
    let mut units = std::collections::BTreeSet::new();
    let lent = province.branches.iter().zip(known).filter(|(b, _)| b.code.starts_with("21.") && units.insert(b.unit));
    for (i, (_, known)) in lent.enumerate() {
        let (member, name) = known.member.clone();
        let login = format!("yanshou{:02}", i + 1);
        all.push(Wanted { login, name, member: Some(member), role: "inspector", org: Some(province.root), entry: i == 0 });
    }
    Ok(all)
}

/// Signs somebody in, as their browser would, so that what they do is done with their own grants.
pub struct Desk {
    pub caller: Arc<Caller>,
}

impl Desk {
    /// # Errors
    /// The engine's own.
    pub async fn of(db: &Db, keys: &Keys, roles: &Roles, account: AccountId) -> Result<Desk> {
        let cookies = Cookies { secure: false, public_url: None };
        let (new, now) = (NewSession::new()?, Instant::now());
        let cookie = format!("{}={}", cookies.session(), new.token);
        audit::change(db, &super::loader(), async move |tx| {
            access::open(tx, account, &new, super::values::SOURCE, now).await?;
            Ok(((), Event::new("demo.entered", format!("account:{account}"))))
        })
        .await?;
        let mut headers = axum::http::HeaderMap::new();
        headers.insert(axum::http::header::COOKIE, cookie.parse().map_err(Error::internal)?);
        let gate = Gate::new(db.clone(), roles.clone(), keys.clone(), cookies);
        Ok(Desk { caller: Arc::new(gate.caller(&headers).await?) })
    }
    /// # Errors
    /// Internal, if the role does not hold the permission any more.
    pub fn grant<P: Permission>(&self) -> Result<Grant<P>> {
        self.caller.grant().ok_or_else(|| Error::internal(format!("{} does not hold {}", self.caller.name(), P::CODE)))
    }
    /// Signs out again.
    ///
    /// # Errors
    /// The engine's own.
    pub async fn leave(self, db: &Db) -> Result<()> {
        let (Some(account), Some(session)) = (self.caller.account(), self.caller.session()) else { return Ok(()) };
        audit::change(db, &super::loader(), async move |tx| {
            access::close(tx, account, session).await?;
            Ok(((), Event::new("sign-out", format!("account:{account}"))))
        })
        .await
    }
}
