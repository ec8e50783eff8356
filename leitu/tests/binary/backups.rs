//! Backups made while people work, and put back, on either engine.
use crate::load::client::Client;
use crate::load::province::{Province, Seat};
use crate::load::server::Server;
use crate::program::{Home, Ran};
use db::{Content, Db};
use installation::Keys;
use kernel::Uuid;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use testkit::Engine;

const INDICATOR: &str = "A3";
const CLIENTS: usize = 4;

/// A program's place: its folder, and the options that name its database.
struct Desk {
    home: Home,
    options: String,
}

impl Desk {
    fn at(url: Option<&str>) -> Desk {
        Desk { home: Home::new(), options: url.map(|url| format!(" --database-url {url}")).unwrap_or_default() }
    }
    fn run(&self, line: &str) -> Ran {
        self.home.run(&format!("{line}{}", self.options))
    }
    async fn db(&self) -> Db {
        let url = self.options.strip_prefix(" --database-url ").map(str::to_owned);
        Db::open(&url.unwrap_or_else(|| format!("sqlite:{}", self.path("data/leitu.db").display()))).await.unwrap()
    }
    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }
}

/// Saves and uploads evidence until told to stop; answers how many files were acknowledged.
async fn work(address: String, seat: Seat, person: usize, stop: Arc<AtomicBool>) -> usize {
    let mut client = Client::connect(&address, &seat.session).await.unwrap();
    let (mut rev, mut files) = (0, 0);
    for n in 0.. {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let key = Uuid::now_v7();
        let form = format!("_csrf={}&_key={key}&auto=1&field=s-{INDICATOR}&s-{INDICATOR}={}&r-{INDICATOR}=x&rev={rev}", seat.csrf, n % 3);
        let saved = client.post(&format!("/sheets/{}/self", seat.sheet), &form).await.unwrap();
        assert_eq!(saved.status, 200, "{}", saved.body);
        rev = saved.body.split("data-rev=\"").nth(1).and_then(|rest| rest.split('"').next()?.parse().ok()).unwrap();
        if n % 4 == 0 {
            let (path, name) = (format!("/sheets/{}/evidence/{INDICATOR}", seat.sheet), format!("{person}-{n}.pdf"));
            let content = format!("%PDF-1.4\n% {person} {n}\n");
            let given = client.upload(&path, &seat.csrf, &Uuid::now_v7().to_string(), &name, content.as_bytes()).await.unwrap();
            assert_eq!(given.status, 303, "{}", given.body);
            files += 1;
        }
    }
    files
}

fn manifest(dir: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(dir.join("manifest.json")).unwrap()).unwrap()
}

/// Every file the database of a backup names lies in it; how many there are.
async fn evidence(dir: &Path) -> usize {
    let db = Db::open(&format!("sqlite:{}", dir.join("leitu.db").display())).await.unwrap();
    let named = db.read(async |tx| files::named(tx).await).await.unwrap();
    let store = files::Store::at(dir.join("files"));
    assert!(named.iter().all(|hash| store.has(hash)), "evidence is not there");
    named.len()
}

async fn log(dir: &Path, keys: &Keys) -> audit::Whole {
    let db = Db::open(&format!("sqlite:{}", dir.join("leitu.db").display())).await.unwrap();
    audit::verify_against(&db, Some(audit::signer(keys).unwrap().public()), Vec::new()).await.unwrap().unwrap()
}

/// All but the log, which tells of each backup.
fn apart_from_log(contents: Vec<Content>) -> Vec<Content> {
    contents.into_iter().filter(|c| !["event", "audit_head", "audit_checkpoint"].contains(&c.table.as_str())).collect()
}

async fn engines() -> Vec<(Engine, Option<String>)> {
    let named = |engine: Engine| {
        let url = engine.is_pg().then(|| engine.url().to_owned());
        (engine, url)
    };
    testkit::engines().await.into_iter().map(named).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_made_while_people_work_is_the_database_of_one_moment_with_its_evidence() {
    for (engine, url) in engines().await {
        println!("on {engine}");
        let desk = Desk::at(url.as_deref());
        let province = Province::make(desk.home.path(), url.as_deref(), 20, CLIENTS).await;
        let more: Vec<&str> = url.as_ref().map(|url| vec!["--database-url", url]).unwrap_or_default();
        let server = Server::start(desk.home.path(), &more);
        let stop = Arc::new(AtomicBool::new(false));
        let people = province.seats.iter().cloned().enumerate();
        let working: Vec<_> = people.map(|(i, seat)| tokio::spawn(work(server.address.clone(), seat, i, stop.clone()))).collect();
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        for round in 0..3 {
            let made = desk.run(&format!("backup copy{round}"));
            assert_eq!(made.code, 0, "{made:?}");
            assert!(made.out.contains("data/keys"), "that keys are left out is said: {made:?}");
        }
        stop.store(true, Ordering::Relaxed);
        let mut uploaded = 0;
        for person in working {
            uploaded += person.await.unwrap();
        }
        drop(server);
        assert_eq!(desk.run("backup last").code, 0);
        let keys = Keys::open_or_make(&desk.path("data/keys")).unwrap();
        let mut files = 0;
        for name in ["copy0", "copy1", "copy2", "last"] {
            let (dir, said) = (desk.path(name), manifest(&desk.path(name)));
            let entries = std::fs::read_dir(&dir).unwrap().count();
            assert_eq!(entries, 3, "database, files, manifest, and no keys");
            let count = evidence(&dir).await;
            assert!(count >= files, "{count} files after {files}");
            files = count;
            let whole = log(&dir, &keys).await;
            assert_eq!((said["audit"]["whole"].as_bool(), said["audit"]["events"].as_u64()), (Some(true), Some(whole.events)));
            assert_eq!(
                (&said["engine"], said["evidence"]["files"].as_u64()),
                (&Value::from(if engine.is_pg() { "postgres" } else { "sqlite" }), Some(count as u64))
            );
        }
        assert_eq!(files, uploaded, "all that was acknowledged is in the last one");
        let copy = Db::open(&format!("sqlite:{}", desk.path("last/leitu.db").display())).await.unwrap();
        assert_eq!(copy.contents().await.unwrap(), desk.db().await.contents().await.unwrap());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn evidence_that_is_lost_or_damaged_is_named_and_the_rest_is_taken_along() {
    for (engine, url) in engines().await {
        println!("on {engine}");
        let desk = Desk::at(url.as_deref());
        let province = Province::make(desk.home.path(), url.as_deref(), 3, 1).await;
        let more: Vec<&str> = url.as_ref().map(|url| vec!["--database-url", url]).unwrap_or_default();
        let server = Server::start(desk.home.path(), &more);
        let (stop, seat) = (Arc::new(AtomicBool::new(false)), province.seats[0].clone());
        let working = tokio::spawn(work(server.address.clone(), seat, 0, stop.clone()));
        while province.db.read(async |tx| files::named(tx).await).await.unwrap().len() < 3 {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        stop.store(true, Ordering::Relaxed);
        let uploaded = working.await.unwrap();
        drop(server);
        let named = province.db.read(async |tx| files::named(tx).await).await.unwrap();
        let store = files::Store::at(desk.path("data/files"));
        let (lost, damaged) = (store.place(&named[0]), store.place(&named[1]));
        std::fs::remove_file(&lost).unwrap();
        std::fs::write(&damaged, "%PDF-1.4\nsomething else").unwrap();
        let made = desk.run("backup copy");
        assert_eq!(made.code, 1, "{made:?}");
        for path in [&lost, &damaged] {
            assert!(made.err.contains(&path.file_name().unwrap().to_string_lossy().into_owned()), "{made:?}");
        }
        let said = manifest(&desk.path("copy"));
        assert_eq!((said["evidence"]["files"].as_u64(), said["evidence"]["missing"].as_u64()), (Some(uploaded as u64 - 2), Some(2)));
        assert!(!files::Store::at(desk.path("copy/files")).has(&named[1]), "what is not what it was is no evidence");
        // It is put back for all that, and what is missing is named again.
        let there = Desk::at(None);
        let back = there.home.run(&format!("restore {}", desk.path("copy").display()));
        assert!(back.code == 1 && back.err.lines().count() == 2, "{back:?}");
    }
}

#[test]
fn a_backup_goes_into_a_folder_that_holds_nothing_and_one_that_was_cut_off_is_none() {
    let home = Home::new();
    home.write("letter.txt", "dear");
    std::fs::create_dir(home.path().join("mine")).unwrap();
    home.write("mine/letter.txt", "dear");
    assert_eq!(home.run("backup mine").code, 1);
    assert_eq!(std::fs::read_dir(home.path().join("mine")).unwrap().count(), 1, "nothing was put beside it");
    // Cut off: all that was there lies aside, and there is no manifest.
    std::fs::create_dir_all(home.path().join("cut/incomplete/files")).unwrap();
    home.write("cut/incomplete/leitu.db", "half");
    let none = home.run("restore cut --data-dir there");
    assert!(none.code == 1 && none.err.contains("manifest.json") && !home.path().join("there").exists(), "{none:?}");
    assert_eq!(home.run("backup cut").code, 0, "begun anew");
    assert!(!home.path().join("cut/incomplete").exists() && !home.path().join("cut/keys").exists());
    assert_eq!(home.run("backup cut").code, 1, "nothing is overwritten");
    assert_eq!(home.run("restore cut").code, 1, "nor is what is there");
    assert_eq!(home.run("restore cut --data-dir there").code, 0);
    // One changed byte is enough.
    let mut bytes = std::fs::read(home.path().join("cut/leitu.db")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(home.path().join("cut/leitu.db"), bytes).unwrap();
    let damaged = home.run("restore cut --data-dir elsewhere");
    assert!(damaged.code == 1 && damaged.err.contains("leitu.db") && !home.path().join("elsewhere/leitu.db").exists(), "{damaged:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_moves_to_the_other_engine_and_back_and_is_the_same() {
    let mut all = engines().await;
    let (Some((_server, Some(url))), Some(_)) = (all.pop(), all.pop()) else { return };
    let (embedded, there, back) = (Desk::at(None), Desk::at(Some(&url)), Desk::at(None));
    let province = Province::make(embedded.home.path(), None, 30, 1).await;
    drop(province);
    let copy = |from: &Desk, name: &str, to: &Desk| {
        let dir = from.path(name).display().to_string();
        let made = from.run(&format!("backup {dir}"));
        assert_eq!(made.code, 0, "{made:?}");
        let put = to.run(&format!("restore {dir}"));
        assert!(put.code == 0 && put.out.contains("data/keys"), "{put:?}");
    };
    copy(&embedded, "first", &there);
    let over = there.run(&format!("restore {}", embedded.path("first").display()));
    assert!(over.code == 1, "{over:?}");
    let missing = there.run("doctor");
    assert!(missing.code == 1 && missing.err.contains("密钥"), "without its keys it does not start: {missing:?}");
    for desk in [&there, &back] {
        std::fs::create_dir_all(desk.path("data/keys")).unwrap();
        for entry in std::fs::read_dir(embedded.path("data/keys")).unwrap() {
            let entry = entry.unwrap();
            std::fs::copy(entry.path(), desk.path("data/keys").join(entry.file_name())).unwrap();
        }
    }
    copy(&there, "second", &back);
    let healthy = back.run("doctor");
    assert_eq!(healthy.code, 0, "{healthy:?}");
    let mut held = Vec::new();
    for desk in [&embedded, &there, &back] {
        held.push(apart_from_log(desk.db().await.contents().await.unwrap()));
    }
    assert!(held[0].iter().map(|c| c.rows).sum::<u64>() > 300 && held[0] == held[1] && held[1] == held[2], "{held:?}");
    // The log goes on: backup and restore, twice, are all that came to it.
    let log = "SELECT action FROM event WHERE action LIKE 'backup.%' ORDER BY at";
    let told: Vec<String> = back.db().await.lookup(log, &[]).await.unwrap();
    assert_eq!(told, ["backup.make", "backup.restore", "backup.make", "backup.restore"]);
}
