//! What the three administrators find: a new account that waits for its role, one that has none any more, one that was
//! disabled, and the year's holidays brought in with the job that counts dates again.
use super::Scene;
use super::people::appoint;
use access::PostLine;
use accounts::{NewPerson, PeopleManage, RolesManage};
use administration::{CalendarImport, CalendarSource};
use kernel::{AccountId, Error, Instant, PostId, Result};

/// What ships, as the file that the State Council's announcement becomes.
const HOLIDAYS: &str = include_str!("../../../content/calendars/holidays.csv");
const YEAR: &str = "2026-";

/// # Errors
/// What `accounts` and `administration` refuse.
pub async fn at_work(scene: &Scene) -> Result<()> {
    let (db, org) = (&scene.ground.db, scene.province.root);
    accounts::create_waiting(db, &super::loader(), vec![NewPerson::parse("孟庆国", "mengqingguo", None)?]).await?;
    let (account, left) = (one(scene, "秦月华", "qinyuehua").await?, one(scene, "高志远", "gaozhiyuan").await?);
    let held = PostLine { id: PostId::new(), account, role: "reviewer".into(), org: Some(org), granted: Instant::now() };
    let post = held.id;
    appoint(db, &scene.roles, vec![(held, false)]).await?;
    let security = scene.desk(scene.people.security).await?;
    accounts::end_role(db, &security.grant::<RolesManage>()?, account, post).await?;
    security.leave(db).await?;
    let system = scene.desk(scene.people.system).await?;
    accounts::set_account_disabled(db, &system.grant::<PeopleManage>()?, left, true).await?;
    let source = CalendarSource { file: "2026年放假安排.csv", by: system.caller.name(), owner: system.caller.account() };
    let brought = administration::import_calendar(db, &system.grant::<CalendarImport>()?, source, of_the_year().as_bytes()).await;
    brought.map_err(|bad| bad.into_iter().next().unwrap_or_else(|| Error::internal("holidays")))?;
    system.leave(db).await
}

/// An account that waits for nothing.
async fn one(scene: &Scene, name: &str, login: &str) -> Result<AccountId> {
    let issued = accounts::create_many(&scene.ground.db, &super::loader(), vec![NewPerson::parse(name, login, None)?]).await?;
    issued.first().map(|i| i.id).ok_or_else(|| Error::internal("an account of the demo"))
}

fn of_the_year() -> String {
    let lines = HOLIDAYS.lines().enumerate().filter(|(i, line)| *i == 0 || line.starts_with(YEAR));
    lines.map(|(_, line)| format!("{line}\n")).collect()
}
