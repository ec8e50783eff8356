//! The demo province: made by the operations that people's pages call, under a business date of its own.
#![allow(clippy::indexing_slicing, clippy::panic, reason = "lists of the demo's own, which is made before any page is served")]
mod administrators;
mod chance;
pub mod date;
mod evidence;
mod files;
mod last_year;
mod names;
mod objection;
mod people;
mod province;
mod register;
mod story;
mod this_year;
mod values;

use crate::ground::{Ground, make_private};
use crate::house;
use crate::options::Place;
use access::{Device, Roles, System};
use administration::{Written, send_suggestion};
use assessment::sheet::write::Hand;
use audit::Event;
use calendar::Calendar;
use chance::Chance;
use db::Db;
use facts::Suppliers;
use installation::{Installation, Kind};
use kernel::{AccountId, BusinessDate, Error, Instant, Result, SchemeId};
use people::{Desk, People};
use province::{Branch, Province};
use register::{Known, Register};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// The day it is in the demo.
pub const TODAY: (i16, i8, i8) = (2026, 6, 15);
/// The day the tree begins: the regulation's own (《条例》2018-10-28).
const SINCE: (i16, i8, i8) = (2018, 10, 28);
const SEED: u64 = 20_181_028;
/// Rows of one unit of work.
const CHUNK: usize = 500;

/// Who makes the demo, as its audit names them.
fn loader() -> System {
    System::job("demo")
}

/// What the parts of the demo stand on.
struct Scene {
    ground: Ground,
    roles: Roles,
    suppliers: Suppliers,
    calendar: Arc<Calendar>,
    scheme: SchemeId,
    today: BusinessDate,
    province: Province,
    known: Vec<Known>,
    people: People,
    /// Since when which day has stood, as the years went by.
    days: Mutex<Vec<(Instant, BusinessDate)>>,
}

impl Scene {
    /// From here on it is this day: what is done is shown under it, and last year's on last year's days.
    fn comes(&self, day: BusinessDate) {
        self.days.lock().unwrap_or_else(PoisonError::into_inner).push((Instant::now(), day));
    }
    fn days(&self) -> Vec<(Instant, BusinessDate)> {
        self.days.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
    async fn desk(&self, account: AccountId) -> Result<Desk> {
        Desk::of(&self.ground.db, &self.ground.keys, &self.roles, account).await
    }
    /// An inspector as the author of scores.
    fn inspector(&self, i: usize, today: BusinessDate) -> Hand {
        let who = &self.people.inspectors[i % self.people.inspectors.len()];
        Hand { account: Some(who.account), name: who.name.clone(), source: "page", today }
    }
    /// The deputy above a branch, who verifies.
    fn deputy(&self, branch: &Branch, today: BusinessDate) -> Hand {
        let (account, name) = self.people.deputies.get(&branch.unit).cloned().unzip();
        Hand { account, name: name.unwrap_or_default(), source: "page", today }
    }
}

/// Where an embedded demo is made, beside where it will stand.
const ASIDE: &str = "demo.part";

/// The data directory to ourselves for as long as the answer is kept.
fn alone(dir: &Path) -> Result<std::fs::File> {
    let folder = std::fs::File::open(dir).map_err(|e| unusable(dir, e))?;
    rustix::fs::flock(&folder, rustix::fs::FlockOperation::LockExclusive).map_err(|e| unusable(dir, e.into()))?;
    Ok(folder)
}

/// Waits for a process that is loading the demo here: a database made meanwhile would stand in the demo's place.
///
/// # Errors
/// `data-dir` if it cannot be opened.
pub async fn wait(place: &Place) -> Result<()> {
    let waits = place.file().is_some_and(|file| !file.exists()) && place.data_dir.join(ASIDE).exists();
    let dir = place.data_dir.clone();
    let ended = async || tokio::task::spawn_blocking(move || alone(&dir).map(drop)).await.map_err(Error::internal)?;
    if waits { ended().await } else { Ok(()) }
}

/// Makes the demo in a new database. An embedded one is made aside and copied into its place whole, so that a start
/// that is cut off leaves nothing behind. Of two that begin at once one makes it, and the other finds it made.
///
/// # Errors
/// What the operations refuse; `data-dir` if the folder aside cannot be made.
pub async fn load(place: &Place) -> Result<()> {
    let Some(file) = place.file() else { return fill(Ground::open(place).await?, place).await.map(drop) };
    let (aside, name) = (place.data_dir.join(ASIDE), file.file_name().unwrap_or(file.as_os_str()));
    make_private(&place.data_dir)?;
    let dir = place.data_dir.clone();
    let _alone = tokio::task::spawn_blocking(move || alone(&dir)).await.map_err(Error::internal)??;
    if file.exists() {
        return Ok(());
    }
    clear(&aside)?;
    let url = format!("sqlite:{}", aside.join(name).display());
    make_private(&aside)?;
    let db = fill(Ground::open(&Place { database_url: Some(url), ..place.clone() }).await?, place).await?;
    db.copy_to(&file, &house::migrations(&house::slices())).await?;
    clear(&aside)
}

/// Whether a load was begun here that never came to its last row; only PostgreSQL can hold one.
///
/// # Errors
/// The engine's own.
pub async fn has_begun(db: &Db) -> Result<bool> {
    let actor = loader().who().to_owned();
    let any = audit::Wanted { object: String::new(), actor, from: Instant(0), to: Instant::now().plus_minutes(1), after: None };
    Ok(!db.read(async move |tx| audit::lines(tx, &any, 1).await).await?.is_empty())
}

/// A load that was killed after its copy was whole has left the folder aside.
///
/// # Errors
/// `data-dir` if it cannot be removed.
pub fn sweep(place: &Place) -> Result<()> {
    if place.file().is_some_and(|file| file.exists()) { clear(&place.data_dir.join(ASIDE)) } else { Ok(()) }
}

/// Removes what an earlier start left.
fn clear(aside: &Path) -> Result<()> {
    if aside.exists() { std::fs::remove_dir_all(aside).map_err(|e| unusable(aside, e)) } else { Ok(()) }
}

/// What is said of a path in the data directory that cannot be used.
pub fn unusable(dir: &Path, why: std::io::Error) -> Error {
    Error::invalid("data-dir").with("dir", dir.display()).with("why", why)
}

async fn fill(ground: Ground, place: &Place) -> Result<Db> {
    let mut chance = Chance::new(SEED);
    let (today, since) = (BusinessDate::of(TODAY.0, TODAY.1, TODAY.2)?, BusinessDate::of(SINCE.0, SINCE.1, SINCE.2)?);
    let roles = house::roles(&house::slices())?;
    for edition in standards::shipped::demo()? {
        standards::editions::publish(&ground.db, &loader(), edition).await?;
    }
    let province = Province::plan(&mut chance, since)?;
    for chunk in province.organisations.chunks(CHUNK) {
        organisations::create_many(&ground.db, &loader(), chunk.to_vec()).await?;
    }
    let register = Register::draw(&mut chance, &ground.keys, &province.branches, today)?;
    for chunk in register.members.chunks(CHUNK) {
        members::create_many(&ground.db, &loader(), chunk.to_vec()).await?;
    }
    for chunk in register.terms.chunks(CHUNK) {
        members::give_many(&ground.db, &loader(), chunk.to_vec()).await?;
    }
    let people = people::make(&ground.db, &roles, &mut chance, &province, &register.known).await?;
    let scheme = standards::schemes::newest(&ground.db, "LN-JG-27").await?;
    let (suppliers, calendar) = (house::suppliers(), Arc::new(crate::calendars::shipped()?));
    let scene =
        Scene { ground, roles, suppliers, calendar, scheme, today, province, known: register.known, people, days: Mutex::default() };
    last_year::play(&scene, &mut chance).await?;
    this_year::play(&scene, &mut chance, &place.data_dir).await?;
    scene.comes(today);
    suggestions(&scene).await?;
    files::arrive(&scene, &place.data_dir).await?;
    administrators::at_work(&scene).await?;
    settle_figures(&scene.ground.db).await?;
    found(&scene).await?;
    Ok(scene.ground.db)
}

/// What visitors have written to the work committee, which finds it in its 待办.
async fn suggestions(scene: &Scene) -> Result<()> {
    let texts = [
        "建议把自评表中需要支部填写的项目再减少一些，系统里已有的数据不要重复填报。",
        "验收组到基层的时间希望提前一周告知，便于安排业务工作。",
        "支部书记年纪偏大，希望字号再大一点，手机上能一直使用大字版。",
    ];
    for text in texts {
        let written = Written::parse(text, "").map_err(|wrong| Error::internal(format!("{wrong:?}")))?;
        send_suggestion(&scene.ground.db, &scene.ground.keys, &Device::new()?, scene.today, written).await?;
    }
    Ok(())
}

/// All deltas are carried up before anybody looks.
async fn settle_figures(db: &Db) -> Result<()> {
    while figures::fold(db).await? > 0 {}
    Ok(())
}

/// Last of all: a database without this row is no demo, whatever a broken-off start has left in it.
async fn found(scene: &Scene) -> Result<()> {
    let what = Installation { kind: Kind::Demo, name: province::NAME.into(), area: province::AREA.into(), year: i64::from(TODAY.0) };
    let (fingerprint, date, days) = (scene.ground.keys.fingerprint(), scene.today, scene.days());
    audit::change(&scene.ground.db, &loader(), async move |tx| {
        installation::found(tx, &what, &fingerprint, Some(date)).await?;
        for (at, day) in &days {
            installation::stands(tx, *day, *at).await?;
        }
        Ok(((), Event::new("installation.found", "installation").with("name", &what.name)))
    })
    .await
}
