//! A province whose branches are inspected: 32 inspectors with sheets of their own, 32 secretaries who hand in evidence.
use crate::postgres::{Cluster, open_up};
use crate::program::Make;
use crate::province::{Province, Seat, maker, seat};
use assessment::cycle::phase::Phase;
use assessment::cycle::store as cycles;
use assessment::inspection::store as teams;
use assessment::score::store::{NewScore, put};
use assessment::sheet::context::{self, Context};
use assessment::sheet::{keep, write};
use audit::Event;
use db::{Db, params};
use kernel::{BusinessDate, CycleId, Instant, SheetId, TeamId};
use scoring::Layer;
use std::path::Path;
use tempfile::TempDir;

/// People at work at the same time.
pub const PEOPLE: usize = 32;
/// The indicator that is scored while the program is killed; all others have full marks already. It has four points.
pub const INDICATOR: &str = "A1";
/// Sheets in one unit of work.
const CHUNK: usize = 40;

/// What one person works with.
#[derive(Clone)]
pub struct Hand {
    pub inspector: Seat,
    pub secretary: Seat,
    /// Somebody who only looks.
    pub reader: Seat,
    /// In the order in which they are scored and handed in.
    pub sheets: Vec<SheetId>,
}

/// A province on a PostgreSQL of its own, and how its program is started.
pub struct Served {
    pub cluster: Cluster,
    pub home: TempDir,
    pub hands: Vec<Hand>,
    pub make: Make,
}

/// Makes one; `sheets` as in [`make`].
///
/// # Errors
/// Why it cannot be made on this machine.
pub async fn served(sheets: usize, defect: Option<&'static str>) -> Result<Served, String> {
    let home = tempfile::tempdir().map_err(|e| e.to_string())?;
    open_up(home.path());
    let cluster = Cluster::make(&home.path().join("pg"), &[])?;
    let hands = make(home.path(), Some(&cluster.url()), sheets).await;
    let make = Make { defect, url: Some(cluster.url()), home: home.path().into(), log: home.path().join("log") };
    Ok(Served { cluster, home, hands, make })
}

/// Makes the province below `home` or at `url`, each inspector with as many sheets as are given.
pub async fn make(home: &Path, url: Option<&str>, sheets: usize) -> Vec<Hand> {
    let province = Province::make(home, url, PEOPLE * sheets + PEOPLE, PEOPLE).await;
    let db = &province.db;
    let cycle = province.cycle;
    let mut all: Vec<SheetId> = db.lookup("SELECT id FROM sheet WHERE cycle = $1 ORDER BY path", &params![&cycle]).await.expect("sheets");
    // The secretaries' own are inspected by nobody: they stay open for evidence.
    let own: Vec<SheetId> = province.seats.iter().map(|s| s.sheet).collect();
    all.retain(|id| !own.contains(id));
    returned(db, &own, province.today).await;
    let mut hands = Vec::new();
    for (secretary, sheets) in province.seats.iter().zip(all.chunks(sheets)) {
        let inspector = seat(db, "inspector", province.root, None).await;
        let team = team(db, cycle, &inspector).await;
        for chunk in sheets.chunks(CHUNK) {
            ready(db, chunk, team, province.today).await;
        }
        hands.push(Hand { inspector, secretary: secretary.clone(), reader: province.committee.clone(), sheets: sheets.to_vec() });
    }
    accepting(db, cycle, province.today).await;
    while figures::fold(db).await.expect("figures") > 0 {}
    hands
}

async fn team(db: &Db, cycle: CycleId, inspector: &Seat) -> TeamId {
    let (id, members) = (TeamId::new(), vec![(inspector.account, "某人".to_owned())]);
    let made = audit::change(db, maker(), async move |tx| {
        teams::insert_team(tx, id, cycle, Layer::Acceptance, "一组", &members).await?;
        Ok(((), Event::new("team.create", format!("cycle:{cycle}"))))
    });
    made.await.expect("a team");
    id
}

/// Handed in and sent back, so that more may be attached while acceptance runs.
async fn returned(db: &Db, sheets: &[SheetId], day: BusinessDate) {
    let mut contexts: Vec<Context> = Vec::new();
    for id in sheets {
        contexts.push(context::any(db, *id).await.expect("a sheet"));
    }
    let (at, hand) = (Instant::now(), write::Hand { account: None, name: "load".into(), source: "page", today: day });
    let made = audit::stage(db, async move |tx| {
        for c in &contexts {
            write::submit(tx, c, Layer::SelfAssessment, &hand, "", at).await?;
            write::give_back(tx, c, Layer::SelfAssessment, &hand, "请补充材料", at).await?;
        }
        Ok(())
    });
    made.await.expect("sheets sent back");
}

/// Handed in by the branch, given to the team, and scored but for one indicator.
async fn ready(db: &Db, sheets: &[SheetId], team: TeamId, day: BusinessDate) {
    let mut contexts: Vec<Context> = Vec::new();
    for id in sheets {
        contexts.push(context::any(db, *id).await.expect("a sheet"));
    }
    let (at, suppliers) = (Instant::now(), leitu::house::suppliers());
    let hand = write::Hand { account: None, name: "load".into(), source: "page", today: day };
    let made = audit::stage(db, async move |tx| {
        for c in &contexts {
            write::submit(tx, c, Layer::SelfAssessment, &hand, "", at).await?;
            let given = teams::Assignment { sheet: c.sheet.id, layer: Layer::Acceptance, team, cycle: c.cycle.id, due: None };
            teams::place(tx, &given).await?;
            for indicator in c.scheme.indicators.iter().filter(|i| i.code != INDICATOR) {
                let (sheet, points) = (c.sheet.id, Some(indicator.points));
                let (layer, indicator) = (Layer::Acceptance, indicator.code.as_str());
                let new =
                    NewScore { sheet, indicator, layer, points, reason: "", seen: 0, account: None, by: "load", source: "file:load", at };
                put(tx, &new, None).await?;
            }
            keep::keep(tx, c, &suppliers, day).await?;
        }
        Ok(())
    });
    made.await.expect("sheets to inspect");
}

async fn accepting(db: &Db, id: CycleId, today: BusinessDate) {
    let moved = audit::change(db, maker(), async move |tx| {
        let cycle = cycles::any(tx, id).await?;
        let step = cycles::Step { day: today, at: Instant::now(), by: "load", reason: "" };
        cycles::set_phase(tx, &cycle, Phase::Acceptance, &step).await?;
        Ok(((), Event::new("cycle.move", format!("cycle:{id}"))))
    });
    moved.await.expect("acceptance");
}
