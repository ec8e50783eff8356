//! A real installation with one cycle in self-assessment, and seats for those who work in it.
use access::{NewAccount, NewSession, PostLine, System};
use assessment::cycle::open::{Opening, open};
use assessment::cycle::phase::Phase;
use assessment::cycle::store as cycles;
use audit::Event;
use db::Db;
use installation::{Installation, Keys, Kind};
use kernel::{AccountId, BusinessDate, CycleId, Instant, OrgId, PostId, SheetId};
use organisations::{NewOrganisation, OrgKind, create_many};
use std::path::Path;
use std::sync::LazyLock;

/// Organisations in one unit of work.
const CHUNK: usize = 500;
/// Branches of one unit, and units of one city.
const UNIT: usize = 100;
const CITY: usize = 75;

/// Somebody signed in, with the sheet they fill.
#[derive(Clone)]
pub struct Seat {
    pub account: AccountId,
    pub session: String,
    pub csrf: String,
    pub sheet: SheetId,
}

pub struct Province {
    pub db: Db,
    pub root: OrgId,
    pub cycle: CycleId,
    /// Secretaries of the first branches.
    pub seats: Vec<Seat>,
    /// Of the committee; its sheet means nothing.
    pub committee: Seat,
    /// All branches with their codes.
    pub branches: Vec<(OrgId, String)>,
    pub today: BusinessDate,
}

/// Whoever makes the province.
pub fn maker() -> &'static System {
    static MAKER: LazyLock<System> = LazyLock::new(|| System::job("load"));
    &MAKER
}

impl Province {
    /// Makes it below `home/data`, or at `url`, before any program serves it.
    pub async fn make(home: &Path, url: Option<&str>, branches: usize, seats: usize) -> Province {
        let data = home.join("data");
        leitu::ground::make_private(&data).expect("a data directory");
        let embedded = format!("sqlite:{}", data.join("leitu.db").display());
        let db = Db::open(url.unwrap_or(&embedded)).await.expect("a database");
        db.migrate(&leitu::house::migrations(&leitu::house::slices())).await.expect("migrations");
        standards::seed(&db).await.expect("standards");
        let keys = Keys::open_or_make(&data.join("keys")).expect("keys");
        found(&db, &keys).await;
        let today = installation::clock(&db).await.expect("a clock").today();
        let (root, leaves) = tree(&db, branches).await;
        let cycle = opened(&db, root, today).await;
        let mut made = Vec::new();
        for (org, _) in leaves.iter().take(seats) {
            made.push(seat(&db, "secretary", *org, Some(cycle)).await);
        }
        let committee = seat(&db, "committee", root, None).await;
        while figures::fold(&db).await.expect("figures") > 0 {}
        Province { db, root, cycle, seats: made, committee, branches: leaves, today }
    }
}

async fn found(db: &Db, keys: &Keys) {
    let what = Installation { kind: Kind::Real, name: "测量".into(), area: "辽宁省".into(), year: 2026 };
    let fingerprint = keys.fingerprint();
    let founded = audit::change(db, maker(), async move |tx| {
        installation::found(tx, &what, &fingerprint, None).await?;
        Ok(((), Event::new("installation.found", "installation")))
    });
    founded.await.expect("an installation");
}

async fn tree(db: &Db, branches: usize) -> (OrgId, Vec<(OrgId, String)>) {
    let from = BusinessDate::of(2020, 1, 1).expect("a date");
    let kind = |code: &str| OrgKind::parse(code).expect("a kind");
    let new = |code: &str, of: &str, parent: Option<OrgId>| {
        NewOrganisation::parse(code, &format!("组织{code}"), kind(of), "机关", parent, from).expect("an organisation")
    };
    let root = new("21", "611", None);
    let (top, mut all, mut leaves) = (root.id, vec![root], Vec::with_capacity(branches));
    let (mut city, mut unit) = (top, top);
    for n in 0..branches {
        if n % (CITY * UNIT) == 0 {
            let next = new(&format!("21.{}", n / (CITY * UNIT)), "611", Some(top));
            city = next.id;
            all.push(next);
        }
        if n % UNIT == 0 {
            let next = new(&format!("21-{}", n / UNIT), "611", Some(city));
            unit = next.id;
            all.push(next);
        }
        let code = format!("21-{}-{}", n / UNIT, n % UNIT);
        let leaf = new(&code, "631", Some(unit));
        leaves.push((leaf.id, code));
        all.push(leaf);
    }
    for chunk in all.chunks(CHUNK) {
        create_many(db, maker(), chunk.to_vec()).await.expect("organisations");
    }
    (top, leaves)
}

async fn opened(db: &Db, root: OrgId, today: BusinessDate) -> CycleId {
    let scheme = standards::schemes::newest(db, "LN-JG-27").await.expect("a scheme");
    let opening = Opening { scheme, year: 2026, root, title: "2026 年度考评".into(), day: today, self_until: today.plus_days(30) };
    let id = open(db, maker(), opening).await.expect("a cycle");
    let moved = audit::change(db, maker(), async move |tx| {
        let cycle = cycles::any(tx, id).await?;
        let step = cycles::Step { day: today, at: Instant::now(), by: "load", reason: "" };
        cycles::set_phase(tx, &cycle, Phase::SelfAssessment, &step).await?;
        Ok(((), Event::new("cycle.move", format!("cycle:{id}"))))
    });
    moved.await.expect("self-assessment");
    id
}

/// An account with one post, signed in.
pub async fn seat(db: &Db, role: &'static str, org: OrgId, cycle: Option<CycleId>) -> Seat {
    let (account, session, now) = (AccountId::new(), NewSession::new().expect("randomness"), Instant::now());
    let kept = session.clone();
    let made = audit::change(db, maker(), async move |tx| {
        let login = account.to_string();
        access::create(tx, &NewAccount { id: account, login: &login, name: "某人", member: None, code: None }, now).await?;
        let post = PostLine { id: PostId::new(), account, role: role.into(), org: Some(org), granted: now };
        access::give_post(tx, &post, "load").await?;
        access::open(tx, account, &session, "load", now).await?;
        Ok(((), Event::new("account.create", format!("account:{account}"))))
    });
    made.await.expect("an account");
    let sheet = match cycle {
        Some(cycle) => {
            let found = db.read(async move |tx| assessment::sheet::store::of_org(tx, cycle, org).await).await.expect("sheets");
            found.expect("a sheet").id
        }
        None => SheetId::new(),
    };
    Seat { account, session: kept.token, csrf: kept.csrf, sheet }
}
