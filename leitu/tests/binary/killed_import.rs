//! A process killed in the middle of an import of 40,000 rows: before the file counts nothing of it is there; afterwards
//! the next serving process, or a command that counts branches, carries on to the end. Meanwhile others write, and memory stays bounded.
use crate::program::Home;
use db::Db;
use kernel::Instant;
use std::process::{Child, Stdio};
use std::time::Duration;

const ROWS: usize = 40_000;
const UNITS: usize = 100;

fn file() -> String {
    let mut text = "code,name,type,parent_code,category\n21,省工委,611,,\n".to_owned();
    (0..UNITS).for_each(|u| text.push_str(&format!("21-{u},第{u}机关党委,611,21,\n")));
    (0..ROWS - 1 - UNITS).for_each(|n| text.push_str(&format!("21-{0}-{n},第{n}支部,631,21-{0},\n", n % UNITS)));
    text
}

fn begun(home: &Home) -> Child {
    home.command().args(["import", "organisations", "file.csv"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Waits until the database says so, then kills the child.
async fn kill_when(mut child: Child, db: &Db, sql: &'static str) {
    loop {
        if db.read(async move |tx| tx.one::<i64>(sql, &[]).await).await.unwrap() > 0 {
            break;
        }
        assert!(child.try_wait().unwrap().is_none(), "it ended before it could be killed");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

async fn count(db: &Db, sql: &'static str) -> i64 {
    db.read(async move |tx| tx.one(sql, &[]).await).await.unwrap()
}

const ORGANISATIONS: &str = "SELECT COUNT(*) FROM organisation";
const WAITING: &str = "SELECT COUNT(*) FROM import_row";
const EVENTS: &str = "SELECT COUNT(*) FROM event WHERE action = 'organisations.import'";

/// The most memory the process has held, KiB.
#[cfg(target_os = "linux")]
fn peak(child: &Child) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let line = status.lines().find(|l| l.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_import_leaves_nothing_or_is_carried_on_to_its_end() {
    let home = Home::new();
    home.write("file.csv", &file());
    assert_eq!(home.run("doctor").code, 0);
    let db = Db::open(&format!("sqlite:{}", home.path().join("data/leitu.db").display())).await.unwrap();

    kill_when(begun(&home), &db, "SELECT COUNT(*) FROM import_row WHERE place = 10000").await;
    assert_eq!((count(&db, ORGANISATIONS).await, count(&db, EVENTS).await), (0, 0), "it was killed before the file counted");
    organisations::import::discard_abandoned(&db, Instant::now().plus_minutes(1)).await.unwrap();
    assert_eq!(count(&db, WAITING).await, 0, "what was staged is swept up");

    let child = begun(&home);
    loop {
        if count(&db, "SELECT COUNT(*) FROM import WHERE state = 'applying'").await == 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    #[cfg(target_os = "linux")]
    assert!(peak(&child) < 512 << 10, "{} KiB", peak(&child));
    // Somebody else, in another process than the import, writes meanwhile.
    let somebody = access::System::command("test");
    let renamed = audit::change(&db, &somebody, async |tx| {
        tx.exec("UPDATE organisation SET name = '省直机关工委' WHERE code = '21'", &[]).await?;
        Ok(((), audit::Event::new("organisation.rename", "organisations")))
    });
    renamed.await.unwrap();
    assert!(count(&db, WAITING).await > 0, "and did not have to wait for the end of the import");
    kill_when(child, &db, "SELECT COUNT(*) FROM organisation WHERE code = '21-99-99'").await;
    let half = count(&db, ORGANISATIONS).await;
    assert!(half < ROWS as i64, "it was killed in the middle");

    let serving = home.serve("serve --empty --listen 127.0.0.1:0");
    assert!(serving.first.contains("http://"), "{}", serving.first);
    while count(&db, ORGANISATIONS).await == half {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    // Beside a server that has only begun to carry on: whoever counts branches waits for all of them.
    let opened = home.run("cycle open --scheme LN-JG-27 --year 2026 --root 21");
    assert_eq!((opened.code, opened.err.as_str()), (0, ""));
    assert_eq!(count(&db, "SELECT participants FROM cycle").await, (ROWS - 1 - UNITS) as i64, "nobody is left out");
    assert_eq!(count(&db, "SELECT COUNT(*) FROM import WHERE state <> 'done'").await, 0);
    drop(serving);
    let there = (count(&db, ORGANISATIONS).await, count(&db, WAITING).await, count(&db, EVENTS).await);
    assert_eq!(there, (ROWS as i64, 0, 1), "every row once, and one event");
    assert_eq!(home.run("audit verify").code, 0);
}
