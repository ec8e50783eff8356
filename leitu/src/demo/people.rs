//! Who signs in: one-press identities, every branch's secretary, inspectors, the three administrators.
use super::chance::Chance;
use super::names;
use super::province::Province;
use super::register::Known;
use access::{Caller, Cookies, Gate, Grant, NewSession, Permission, PostLine, Roles};
use accounts::NewPerson;
use audit::Event;
use db::Db;
use installation::Keys;
use kernel::{AccountId, Error, Instant, MemberId, OrgId, PostId, Result};
use std::collections::BTreeMap;
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
    /// Of an inspector: the committee above their own branch.
    unit: Option<OrgId>,
    /// Offered as a one-press identity.
    entry: bool,
}

/// Everybody the story needs to name.
pub struct People {
    pub committee: AccountId,
    pub reviewer: AccountId,
    pub system: AccountId,
    pub security: AccountId,
    /// Of the branch one enters at.
    pub member: AccountId,
    /// In the order of the branches.
    pub secretaries: Vec<AccountId>,
    /// By the organ's committee.
    pub deputies: BTreeMap<OrgId, (AccountId, String)>,
    pub inspectors: Vec<Inspector>,
}

#[derive(Clone, Debug)]
pub struct Inspector {
    pub account: AccountId,
    pub name: String,
    /// The committee above their own branch.
    pub unit: OrgId,
}

/// Makes everybody. The codes that come with the accounts are shown to nobody: one enters by one press.
///
/// # Errors
/// What `accounts` refuses.
pub async fn make(db: &Db, roles: &Roles, chance: &mut Chance, province: &Province, known: &[Known]) -> Result<People> {
    let wanted = wanted(chance, province, known)?;
    let mut made = Vec::with_capacity(wanted.len());
    for chunk in wanted.chunks(CHUNK) {
        let people = chunk.iter().map(|w| NewPerson::parse(&w.name, &w.login, w.member)).collect::<Result<_>>()?;
        let issued = accounts::create_many(db, &super::loader(), people).await?;
        appoint(db, roles, chunk.iter().zip(&issued).map(|(w, i)| post(w, i.id)).collect()).await?;
        made.extend(issued.iter().map(|i| i.id));
    }
    let of = |role: &'static str| wanted.iter().zip(&made).filter(move |(w, _)| w.role == role);
    let one = |role| of(role).map(|(_, id)| *id).next().ok_or_else(|| Error::internal("an identity of the demo"));
    let deputy = |(w, id): (&Wanted, &AccountId)| w.org.map(|org| (org, (*id, w.name.clone())));
    let inspector = |(w, id): (&Wanted, &AccountId)| w.unit.map(|unit| Inspector { account: *id, name: w.name.clone(), unit });
    Ok(People {
        committee: one("committee")?,
        reviewer: one("reviewer")?,
        system: one("system_administrator")?,
        security: one("security_administrator")?,
        member: one("member")?,
        secretaries: of("secretary").map(|(_, id)| *id).collect(),
        deputies: of("deputy").filter_map(deputy).collect(),
        inspectors: of("inspector").filter_map(inspector).collect(),
    })
}

pub(super) async fn appoint(db: &Db, roles: &Roles, posts: Vec<(PostLine, bool)>) -> Result<()> {
    let roles = roles.clone();
    audit::change(db, &super::loader(), async move |tx| {
        for (post, entry) in &posts {
            accounts::appoint(tx, &roles, post, super::values::SOURCE).await?;
            if *entry {
                accounts::offer_entry(tx, &post.role, post.account).await?;
            }
        }
        Ok(((), Event::new("role.give-many", "accounts").with("count", posts.len())))
    })
    .await
}

fn post(wanted: &Wanted, account: AccountId) -> (PostLine, bool) {
    let granted = Instant::now();
    (PostLine { id: PostId::new(), account, role: wanted.role.into(), org: wanted.org, granted }, wanted.entry)
}

fn wanted(chance: &mut Chance, province: &Province, known: &[Known]) -> Result<Vec<Wanted>> {
    let hero = province.hero()?;
    let (home, theirs) = (&province.branches[hero], &known[hero]);
    let one = |role, login: &str, name: &str, org| Wanted {
        login: login.into(),
        name: name.into(),
        member: None,
        role,
        org,
        unit: None,
        entry: true,
    };
    let mut all = vec![
        one("committee", "gongwei", "周立新", Some(province.root)),
        one("reviewer", "fuheren", "郑晓岩", Some(province.root)),
        one("system_administrator", "system", "林宇航", None),
        one("security_administrator", "security", "许静", None),
        one("audit_administrator", "audit", "叶长青", None),
        Wanted { member: Some(theirs.member.0), ..one("member", "dangyuan", &theirs.member.1, Some(home.id)) },
    ];
    let mut seen = BTreeMap::new();
    for (i, (branch, known)) in province.branches.iter().zip(known).enumerate() {
        let (member, name) = &known.secretary;
        all.push(Wanted { member: Some(*member), entry: i == hero, ..one("secretary", &branch.code, name, Some(branch.id)) });
        let n = seen.entry(branch.unit).or_insert(0);
        *n += 1;
        if *n == 1 {
            let (login, name) = (format!("fushuji{}", seen.len()), names::person(chance));
            all.push(Wanted { entry: branch.unit == home.unit, ..one("deputy", &login, &name, Some(branch.unit)) });
        }
    }
    all.extend(inspectors(province, known));
    Ok(all)
}

/// Three from each of the province's own organs.
fn inspectors(province: &Province, known: &[Known]) -> Vec<Wanted> {
    let mut lent = BTreeMap::new();
    let mut all = Vec::new();
    for (branch, known) in province.branches.iter().zip(known).filter(|(b, _)| b.code.starts_with("21.")) {
        let n = lent.entry(branch.unit).or_insert(0);
        *n += 1;
        if *n <= 3 {
            let (member, name) = known.member.clone();
            let (login, entry) = (format!("yanshou{:02}", all.len() + 1), all.is_empty());
            let (role, org, unit) = ("inspector", Some(province.root), Some(branch.unit));
            all.push(Wanted { login, name, member: Some(member), role, org, unit, entry });
        }
    }
    all
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
