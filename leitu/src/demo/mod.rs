//! The demo province: made by the operations that people's pages call, under a business date of its own.
mod chance;
pub mod date;
mod names;
mod people;
mod province;
mod register;
mod this_year;
mod values;

use crate::ground::{Ground, make_private};
use crate::house;
use crate::options::Place;
use access::{Roles, System};
use audit::Event;
use chance::Chance;
use db::Db;
use installation::{Installation, Kind};
use kernel::{BusinessDate, Error, Result};
use people::People;
use province::Province;
use register::Register;
use std::path::Path;

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
    today: BusinessDate,
    province: Province,
    people: People,
}

/// Makes the demo in a new database. An embedded one is made aside and copied into its place whole, so that a start
/// that is cut off leaves nothing behind.
///
/// # Errors
/// What the operations refuse; `data-dir` if the folder aside cannot be made.
pub async fn load(place: &Place) -> Result<()> {
    let Some(file) = place.file() else { return fill(Ground::open(place).await?).await.map(drop) };
    let (aside, name) = (place.data_dir.join("demo.part"), file.file_name().unwrap_or(file.as_os_str()));
    make_private(&place.data_dir)?;
    clear(&aside)?;
    let url = format!("sqlite:{}", aside.join(name).display());
    make_private(&aside)?;
    let db = fill(Ground::open(&Place { database_url: Some(url), ..place.clone() }).await?).await?;
    db.backup_to(file.parent().unwrap_or(Path::new("."))).await?;
    clear(&aside)
}

/// Removes what an earlier start left.
fn clear(aside: &Path) -> Result<()> {
    if aside.exists() { std::fs::remove_dir_all(aside).map_err(|e| unusable(aside, e)) } else { Ok(()) }
}

fn unusable(dir: &Path, why: std::io::Error) -> Error {
    Error::invalid("data-dir").with("dir", dir.display()).with("why", why)
}

async fn fill(ground: Ground) -> Result<Db> {
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
    let people = people::make(&ground.db, &roles, &province, &register.known).await?;
    let scene = Scene { ground, roles, today, province, people };
    this_year::play(&scene, &mut chance).await?;
    settle_figures(&scene.ground.db).await?;
    found(&scene).await?;
    Ok(scene.ground.db)
}

/// All deltas are carried up before anybody looks.
async fn settle_figures(db: &Db) -> Result<()> {
    while figures::fold(db).await? > 0 {}
    Ok(())
}

/// Last of all: a database without this row is no demo, whatever a broken-off start has left in it.
async fn found(scene: &Scene) -> Result<()> {
    let what = Installation { kind: Kind::Demo, name: province::NAME.into(), area: province::AREA.into(), year: i64::from(TODAY.0) };
    let (fingerprint, date) = (scene.ground.keys.fingerprint(), scene.today);
    audit::change(&scene.ground.db, &loader(), async move |tx| {
        installation::found(tx, &what, &fingerprint, Some(date)).await?;
        Ok(((), Event::new("installation.found", "installation").with("name", &what.name)))
    })
    .await
}
