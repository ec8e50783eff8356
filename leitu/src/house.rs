//! Who is in the house, and how its parts are joined.
use crate::ground::Ground;
use crate::options::Place;
use crate::words;
use access::{Cookies, Gate, Hasher, Roles};
use accounts::{Above, Beginnings, Concerns, Renewal, SetUp};
use assessment::import::{FactFiles, LedgerFiles, ScoreFiles};
use db::{Db, Migration};
use kernel::{Error, Result};
use members::Finders;
use organisations::import::{Builders, Importers, OrganisationFiles, handed};
use std::sync::{Arc, RwLock};
use tabular::Reader;
use web::{App, Parts, Routes, Shared, Slice, Texts};

/// Everything that `serve` and the commands stand on.
pub struct House {
    pub db: Db,
    pub app: App,
    pub routes: Routes,
    pub workers: Vec<Box<dyn jobs::Worker>>,
    /// The one-time code that `/set-up` asks for, if nobody has an account yet.
    pub set_up_code: Option<String>,
}

/// The slices, lowest first.
pub fn slices() -> Vec<Slice> {
    let mut all = vec![web::own::slice()];
    all.push(accounts::slice());
    all.push(administration::slice(recomputes()));
    all.push(organisations::slice());
    all.push(members::slice());
    all.push(standards::slice());
    all.push(rectification::slice());
    all.push(assessment::slice());
    all.push(overview::slice());
    all.push(help::slice());
    all.push(crate::demo::date::slice());
    all
}

/// Who keeps dates counted in working days; asked to count again when a year's holidays are published.
pub(crate) fn recomputes() -> Vec<Arc<dyn administration::Recompute>> {
    vec![Arc::new(rectification::Redating), Arc::new(assessment::publicity::Redating)]
}

/// Who works out facts from what they keep anyway; the first that knows a key gives it.
pub fn suppliers() -> facts::Suppliers {
    facts::Suppliers::new(vec![Box::new(members::Register), Box::new(rectification::Closed), Box::new(assessment::result::History)])
}

/// What handlers find by its type.
///
/// # Errors
/// Internal: a broken calendar among those that ship.
pub fn shared(set_up: SetUp, renewal: Renewal) -> Result<Shared> {
    let kept = administration::Kept::default();
    let above = Above { organisations: Arc::new(organisations::Directory), calendars: Box::new(kept.clone()), set_up, renewal };
    Ok(Shared::default()
        .with(above)
        .with(suppliers())
        .with(kept)
        .with(importers())
        .with(concerns())
        .with(Beginnings::of(Box::new(assessment::Beginnings)))
        .with(finders())
        .with(names())
        .with(judged()))
}

/// What concerns somebody beside their 待办, in the order of the desk.
fn concerns() -> Concerns {
    Concerns::new(vec![Box::new(assessment::BranchYears), Box::new(rectification::BranchProblems), Box::new(administration::LogSigned)])
}

/// What the search finds beside organisations and people.
fn finders() -> Finders {
    Finders::new(vec![Box::new(rectification::ByNumber), Box::new(standards::ByName), Box::new(help::ByWord)])
}

/// Who knows what events name by its id.
fn names() -> administration::Names {
    administration::Names::new(vec![Box::new(rectification::Named), Box::new(assessment::Named)])
}

/// Who knows which cycles an edition of a scheme judges.
fn judged() -> standards::Cycles {
    standards::Cycles::of(Box::new(assessment::cycle::judging::ByScheme))
}

/// Kinds of files that can be handed in, in the order of the page, and who builds on organisations.
pub(crate) fn importers() -> Importers {
    let builders = Builders::new(vec![Box::new(members::InRegister), Box::new(assessment::import::InCycles)]);
    Importers::new(vec![
        Arc::new(OrganisationFiles(builders)),
        Arc::new(members::MemberFiles),
        Arc::new(FactFiles(suppliers())),
        Arc::new(ScoreFiles(suppliers())),
        Arc::new(LedgerFiles),
    ])
}

/// What each role may: content, checked against what the slices declare.
///
/// # Errors
/// Internal: a code nobody declared, or a permission nobody holds.
pub fn roles(slices: &[Slice]) -> Result<Roles> {
    let declared: Vec<_> = slices.iter().flat_map(|s| s.permissions).copied().collect();
    Roles::parse(include_str!("../../content/roles.toml"), &declared).map_err(Error::internal)
}

pub fn migrations(slices: &[Slice]) -> Vec<Migration> {
    let platform = [
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
    platform.into_iter().chain(slices.iter().map(|s| s.migrations)).flatten().copied().collect()
}

/// What the owners of figures count, board by board, for `doctor` to compare with what is kept.
pub async fn recounts(db: &Db) -> Result<Vec<(String, Vec<figures::Leaf>)>> {
    assessment::recount(db).await
}

impl House {
    /// Joins the slices over an open database.
    ///
    /// # Errors
    /// A broken content file: a role, text or public route that does not fit the code.
    pub(crate) fn open(ground: Ground, place: &Place, cookies: Cookies, insecure: bool, renewal: Renewal) -> Result<House> {
        let Ground { db, keys, installation, clock } = ground;
        let slices = slices();
        let roles = roles(&slices)?;
        let texts: &'static Texts = Box::leak(Box::new(Texts::load(words::of(&slices)).map_err(Error::internal)?));
        let (mut routes, mut panels, mut sights, mut menu, mut workers) = (Routes::new("house"), vec![], vec![], vec![], vec![]);
        for slice in slices {
            routes = routes.merge(slice.routes);
            panels.extend(slice.panels);
            sights.extend(slice.sights);
            menu.extend(slice.menu);
            workers.extend(slice.workers);
        }
        routes.check_public(include_str!("../../content/public-routes.txt")).map_err(Error::internal)?;
        menu.sort_by_key(|m| m.group);
        let openapi = routes.openapi().to_json().map_err(Error::internal)?;
        let folder = handed::Folder::new(&place.data_dir);
        workers.push(handed::worker(importers(), folder, Reader::this_program()?, keys.clone(), texts.of("zh")));
        let gate = Gate::new(db.clone(), roles, keys.clone(), cookies);
        let hasher = Hasher::new()?;
        let data_dir = place.data_dir.clone();
        let (set_up, set_up_code) = match installation {
            Some(_) => (SetUp::none(), None),
            None => SetUp::with_code().map(|(set_up, code)| (set_up, Some(code)))?,
        };
        let parts = Parts {
            db: db.clone(),
            gate,
            keys,
            hasher,
            clock,
            texts,
            panels,
            sights,
            menu,
            data_dir,
            insecure,
            openapi,
            inventory: routes.inventory().to_vec(),
            shared: shared(set_up, renewal)?,
            installation: RwLock::new(installation),
        };
        Ok(House { db, app: App::new(parts), routes, workers, set_up_code })
    }
}
