//! The power goes while 32 people work: what the system still held in memory is gone, what was acknowledged is not.
//!
//! The program runs with its data on a [`Volume`]; at each cut the disk as it is at that instant is opened by itself.
use crate::Size;
use crate::check::There;
use crate::deep;
use crate::dice::Dice;
use crate::flow::Flow;
use crate::kill9::tell;
use crate::postgres::Cluster;
use crate::program::{Make, data};
use crate::report::Row;
use crate::stage;
use crate::volatile::Volatile;
use crate::volume::{Disk, Volume, lacking};
use crate::work::Journal;
use db::Db;
use std::path::Path;
use std::time::Duration;

/// Cuts between two looks at everything.
const DEEP: usize = 10;

pub async fn rows(size: Size) -> Vec<Row> {
    let (embedded, served, torn) = (size.of(4, 300), size.of(2, 50), size.of(3, 200));
    let (normal, off) = (Some("synchronous-normal"), Some("commit-off"));
    let mut rows = vec![
        cuts("power cut SQLite", embedded, false, None).await,
        cuts("power cut SQLite, control: synchronous=NORMAL", embedded.clamp(20, 100), false, normal).await,
        torn_cuts("torn and reordered sectors SQLite", torn, None).await,
    ];
    if !size.is_short() {
        rows.push(torn_cuts("torn and reordered sectors SQLite, control: synchronous=NORMAL", torn.clamp(20, 50), normal).await);
        rows.push(cuts("power cut PostgreSQL", served, true, None).await);
        rows.push(cuts("power cut PostgreSQL, control: synchronous_commit=off", served.clamp(20, 50), true, off).await);
    }
    rows
}

/// The page cache is lost; the disk itself keeps all it was given.
async fn cuts(name: &str, cuts: usize, served: bool, defect: Option<&'static str>) -> Row {
    match lacking().map_or_else(Volume::make, Err) {
        Ok(volume) => through(&volume, name, cuts, served, defect).await,
        Err(why) => Row::not_run(name, why),
    }
}

/// The disk's own cache is lost too, in part.
async fn torn_cuts(name: &str, cuts: usize, defect: Option<&'static str>) -> Row {
    match lacking().map_or_else(Volatile::make, Err) {
        Ok(disk) => through(&disk, name, cuts, false, defect).await,
        Err(why) => Row::not_run(name, why),
    }
}

async fn through(volume: &dyn Disk, name: &str, cuts: usize, served: bool, defect: Option<&'static str>) -> Row {
    let disk = volume.disk();
    let cluster = served.then(|| Cluster::make(&disk.join("pg"), &[]).expect("PostgreSQL on the volume"));
    let url = cluster.as_ref().map(Cluster::url);
    let hands = stage::make(&disk, url.as_deref(), cuts / 8 + 3).await;
    let make = Make { defect, url, home: disk, log: volume.outside().join("log") };
    let mut flow = Flow::start(make, hands);
    let (mut dice, mut losing, mut made) = (Dice::new(13), 0, 0);
    while made < cuts && !(defect.is_some() && losing > 0) {
        flow.turn(made);
        flow.go_on();
        tokio::time::sleep(Duration::from_millis(30 + dice.below(170))).await;
        losing += usize::from(cut(volume, &mut flow, served, made % DEEP == DEEP - 1 || made + 1 == cuts).await);
        made += 1;
    }
    flow.go_on();
    flow.leave().await;
    let row = tell(name, &format!("cuts={made} cuts_that_lost={losing}"), &flow.make, &flow.known, &flow.found);
    drop((flow, cluster));
    row
}

/// One cut, looked at while everybody rests. Answers whether something acknowledged was lost.
async fn cut(volume: &dyn Disk, flow: &mut Flow, served: bool, deep: bool) -> bool {
    let floor = flow.journals();
    volume.cut().expect("a copy of the disk");
    let ceiling = flow.journals();
    flow.rest().await;
    let after = match volume.after_cut() {
        Ok(after) => after,
        Err(why) => {
            flow.found.half(false, || format!("the disk does not mount: {why}"));
            return false;
        }
    };
    let home = after.folder();
    let cluster = served.then(|| Cluster::open(&home.join("pg"), &[]));
    let url = match &cluster {
        None => format!("sqlite:{}", data(&home).join("leitu.db").display()),
        Some(Ok(cluster)) => cluster.url(),
        Some(Err(why)) => {
            let why = why.clone();
            flow.found.half(false, || format!("the server does not recover: {why}"));
            return false;
        }
    };
    let before = flow.found.lost;
    opened(flow, &url, &home, [&floor, &ceiling], deep).await;
    flow.found.lost > before
}

async fn opened(flow: &mut Flow, url: &str, home: &Path, [floor, ceiling]: [&Vec<Journal>; 2], deep: bool) {
    let read = async {
        let db = Db::open(url).await?;
        let mut found = There::read(&db).await?.compare(&flow.hands, floor, ceiling);
        if deep {
            found.add(deep::look(&db, &data(home).join("files")).await?);
        }
        db::Result::Ok(found)
    };
    match read.await {
        Ok(found) => flow.found.add(found),
        Err(e) => flow.found.half(false, || format!("the database does not open: {e}")),
    }
    if deep {
        let make = Make { defect: None, url: flow.make.url.as_ref().map(|_| url.to_owned()), home: home.into(), ..flow.make.clone() };
        let done = make.run(&["doctor"]);
        let said = String::from_utf8_lossy(&done.stderr).trim().to_owned();
        flow.found.half(done.status.success(), || format!("leitu doctor: {said}"));
    }
}
