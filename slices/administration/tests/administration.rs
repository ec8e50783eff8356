//! What administrators and the work committee see, on both engines.
#![allow(clippy::restriction, reason = "what is missing fails the test")]
use access::System;
use administration::{CalendarSource, Kept, Recompute, calendar, import_calendar, recount, seed_calendar};
use audit::Event;
use calendar::Calendar;
use db::Db;
use kernel::{BusinessDate, Error, JobId, OrgId, OrgPath};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use testkit::TestApp;
use web::{Later, Shared, StatusCode};

const YEAR_2027: &str =
    "date,kind,name\n2026-12-31,holiday,元旦\n2027-01-01,holiday,元旦\n2027-01-02,workday,元旦\n2027-02-08,holiday,春节\n";

async fn on_both(test: impl AsyncFn(TestApp)) {
    for engine in testkit::engines().await {
        println!("on {engine}");
        let slices = vec![web::own::slice(), accounts::slice(), administration::slice(vec![])];
        test(TestApp::new(engine.db().clone(), slices, &[], Shared::default()).await).await;
    }
}

fn shipped() -> Calendar {
    Calendar::parse(include_str!("../../../content/calendars/holidays.csv")).unwrap()
}

fn day(text: &str) -> BusinessDate {
    BusinessDate::parse(text).unwrap()
}

const ROOT: CalendarSource<'static> = CalendarSource { file: "2027.csv", by: "root", owner: None };

async fn bring(db: &Db, text: &str) -> Result<administration::Imported, Vec<Error>> {
    import_calendar(db, &System::command("root"), ROOT, text.as_bytes()).await
}

async fn organisation(db: &Db, parent: Option<OrgId>) -> OrgId {
    let id = OrgId::new();
    audit::change(db, &System::command("test"), async move |tx| {
        tree::add(tx, id, parent, BusinessDate::parse("2020-01-01")?).await?;
        Ok((id, Event::new("organisation.create", format!("org:{id}"))))
    })
    .await
    .unwrap()
}

async fn count(db: &Db, sql: &'static str) -> i64 {
    db.lookup::<i64>(sql, &[]).await.unwrap()[0]
}

#[tokio::test]
async fn what_ships_is_brought_in_once_and_a_new_year_changes_nothing_else() {
    on_both(async |app| {
        let (db, seeder) = (&app.db, System::job("calendar-seed"));
        for _ in 0..2 {
            seed_calendar(db, &seeder, &shipped()).await.unwrap();
        }
        assert_eq!(calendar(db).await.unwrap(), shipped());
        assert_eq!(count(db, "SELECT COUNT(*) FROM event WHERE action = 'calendar.imported'").await, 1);

        let kept = Kept::default();
        assert!(!kept.now(db).await.unwrap().is_published(2027));
        let done = bring(db, YEAR_2027).await.unwrap();
        assert_eq!((done.days, done.years.as_slice()), (4, [2027].as_slice()));
        let now = kept.now(db).await.unwrap();
        assert!(now.is_published(2027) && !now.is_workday(day("2026-12-31")) && now.is_workday(day("2027-01-02")));
        // 2026 itself stands as it was published, although the file names a day of it.
        let of_2026 = |c: &Calendar| c.days().filter(|d| d.date.year() == 2026 && d.date < day("2026-12-28")).count();
        assert_eq!(of_2026(&now), of_2026(&shipped()));
        assert!(of_2026(&now) > 20);
        // The corrected announcement replaces the first.
        bring(db, "date,kind,name\n2027-01-01,holiday,元旦\n").await.unwrap();
        let corrected = calendar(db).await.unwrap();
        assert!(corrected.is_workday(day("2026-12-31")) && corrected.is_workday(day("2027-02-08")));
        seed_calendar(db, &seeder, &shipped()).await.unwrap();
        assert_eq!(calendar(db).await.unwrap(), corrected, "a later start takes nothing back");
    })
    .await;
}

#[tokio::test]
async fn a_bad_file_says_all_that_is_wrong_and_changes_nothing() {
    on_both(async |app| {
        let wrong = bring(&app.db, "date,kind,name\n2027-13-01,holiday,元旦\n2027-01-01,feast,元旦\n").await.unwrap_err();
        assert_eq!(wrong.iter().map(|e| e.key).collect::<Vec<_>>(), ["calendar-date", "calendar-kind"]);
        let gbk = import_calendar(&app.db, &System::command("root"), ROOT, b"date,kind,name\n2027-01-01,holiday,\xd4\xaa\xb5\xa9\n").await;
        assert_eq!(gbk.unwrap_err()[0].key, "calendar-encoding");
        assert_eq!(count(&app.db, "SELECT COUNT(*) FROM holiday").await, 0);
        assert_eq!(count(&app.db, "SELECT COUNT(*) FROM event WHERE action = 'calendar.imported'").await, 0);
    })
    .await;
}

#[tokio::test]
async fn the_page_of_the_calendar_takes_a_file_from_the_system_administrator_only() {
    on_both(async |app| {
        let (admin, member) = (app.person("system_administrator", None).await, app.person("member", None).await);
        let file = [("file", "2027.csv", YEAR_2027.as_bytes())];
        assert_eq!(app.upload(&member, "/calendars", &[], &file).await.status, StatusCode::FORBIDDEN);
        assert!(!app.get(&member, "/calendars").await.body.contains("type=\"file\""));
        let template = app.get(&admin, "/calendars/template.csv").await;
        assert!(template.media.starts_with("text/csv") && template.body.contains("日期,类别,名称"), "{}", template.body);
        assert_eq!(app.upload(&admin, "/calendars", &[], &file).await.status, StatusCode::SEE_OTHER);
        assert!(app.get(&member, "/calendars").await.body.contains("2027.csv"));
        let empty = app.upload(&admin, "/calendars", &[], &[("file", "", b"")]).await;
        assert!(empty.status == StatusCode::UNPROCESSABLE_ENTITY && empty.body.contains("id=\"file-e\""));
        let large = vec![b'x'; 2 << 20];
        assert_eq!(app.upload(&admin, "/calendars", &[], &[("file", "x.csv", &large)]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let jobs = app.get(&admin, "/jobs").await.body;
        let job = jobs.split("/jobs/").nth(1).unwrap().split('"').next().unwrap();
        assert!(app.get(&admin, &format!("/jobs/{job}")).await.body.contains("data-progress"));
        assert_eq!(app.get(&member, &format!("/jobs/{job}")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(app.get(&admin, &format!("/jobs/{}", JobId::new())).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

/// Notes what it was asked.
#[derive(Default)]
struct Keeper(Mutex<Vec<i32>>, AtomicI64);

impl Recompute for Keeper {
    fn recompute(&self, _: Db, calendar: Arc<Calendar>, years: Vec<i32>) -> Later<kernel::Result<i64>> {
        assert!(years.iter().all(|y| calendar.is_published(*y)));
        self.0.lock().unwrap().extend(years);
        let n = self.1.fetch_add(1, Ordering::Relaxed);
        Box::pin(async move { Ok(n) })
    }
}

#[tokio::test]
async fn keepers_of_dates_are_asked_to_count_again() {
    on_both(async |app| {
        let done = bring(&app.db, YEAR_2027).await.unwrap();
        let keeper = Arc::new(Keeper(Mutex::default(), AtomicI64::new(3)));
        let keepers: [Arc<dyn Recompute>; 2] = [keeper.clone(), keeper.clone()];
        assert_eq!(recount(&app.db, &keepers, &done.years).await.unwrap(), 3 + 4);
        assert_eq!(*keeper.0.lock().unwrap(), [2027, 2027]);
    })
    .await;
}

#[tokio::test]
async fn the_audit_log_is_found_by_object_person_and_day_and_paged_without_gaps() {
    on_both(async |app| {
        for i in 0..120 {
            let who = System::command(if i % 2 == 0 { "even" } else { "odd" });
            audit::note(&app.db, &who, Event::new("test.noted", format!("thing:{}", i % 3)).because("试")).await.unwrap();
        }
        let auditor = app.person("audit_administrator", None).await;
        let lines = async |path: &str| {
            let (mut path, mut n) = (path.to_owned(), 0);
            loop {
                let page = app.get(&auditor, &path).await.body;
                n += page.matches("<td data-l=\"操作\"><span>test.noted").count();
                match page.split_once("\" rel=\"next\"") {
                    Some((before, _)) => path = before.rsplit("href=\"").next().unwrap().replace("&#38;", "&"),
                    None => break n,
                }
            }
        };
        assert_eq!(lines("/audit").await, 120);
        assert_eq!(lines("/audit?object=thing:1").await, 40);
        assert_eq!(lines("/audit?actor=os:even").await, 60);
        assert_eq!(lines("/audit?object=thing:1&actor=os:even").await, 20);
        assert_eq!(lines("/audit?to=2020-01-01").await, 0);
        assert_eq!(lines("/audit?from=2020-01-01").await, 120);
        let wrong = app.get(&auditor, "/audit?from=2026-02-30&to=x").await;
        assert_eq!(wrong.wrong(), ["from", "to"], "said, and not left out");
        assert!(wrong.body.contains("value=\"2026-02-30\"") && !wrong.body.contains("<tbody>"), "{}", wrong.body);
        for other in ["system_administrator", "security_administrator", "committee"] {
            let who = app.person(other, None).await;
            assert_eq!(app.get(&who, "/audit").await.status, StatusCode::FORBIDDEN, "{other}");
            assert_eq!(app.post(&who, "/audit/export", &[]).await.status, StatusCode::FORBIDDEN, "{other}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_exported_log_verifies_without_a_database_and_names_its_own_export() {
    on_both(async |app| {
        let auditor = app.person("audit_administrator", None).await;
        let file = app.post(&auditor, "/audit/export", &[]).await;
        assert!(file.status == StatusCode::OK && file.body.contains("audit.exported"));
        let whole = audit::verify_file(file.bytes.as_slice(), vec![]).unwrap().unwrap();
        assert!(whole.events == whole.signed && whole.checkpoints == 1, "{whole:?}");
        assert_eq!(count(&app.db, "SELECT COUNT(*) FROM event WHERE action = 'audit.exported'").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_suggestion_reaches_the_work_committee_and_nobody_else() {
    on_both(async |app| {
        let root = organisation(&app.db, None).await;
        let city = organisation(&app.db, Some(root)).await;
        let (committee, other) = (app.person("committee", Some(root)).await, app.person("committee", Some(city)).await);
        let mut browser = app.browser();
        browser.get("/suggestions/new").await;
        let contact = "号".repeat(101);
        let refused = browser.post("/suggestions", &[("text", " "), ("contact", contact.as_str())]).await;
        assert_eq!(refused.wrong(), ["text", "contact"], "both at once");
        assert!(refused.body.contains(&contact), "what was typed is kept");
        let sent = browser.post("/suggestions", &[("text", "开会时间太晚"), ("contact", "张三 13800001402")]).await;
        assert_eq!(sent.location, "/suggestions/new");
        let list = app.get(&committee, "/suggestions").await.body;
        assert!(list.contains("开会时间太晚"));
        let id = list.split("<th scope=\"row\"><a href=\"/suggestions/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let path = format!("/suggestions/{id}");
        assert!(app.get(&committee, &path).await.body.contains("13800001402"));
        // Another committee's is missing, not forbidden.
        assert_eq!(app.get(&other, &path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(app.post(&other, &format!("{path}/closure"), &[("answer", "x")]).await.status, StatusCode::NOT_FOUND);
        assert!(!app.get(&other, "/suggestions").await.body.contains("开会时间太晚"));

        const WAITING: &str = "SELECT COUNT(*) FROM todo WHERE done IS NULL";
        assert_eq!(count(&app.db, WAITING).await, 1);
        assert_eq!(app.post(&committee, &format!("{path}/closure"), &[("answer", "")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(app.post(&committee, &format!("{path}/closure"), &[("answer", "已改到下班前")]).await.location, path);
        assert_eq!(app.post(&committee, &format!("{path}/closure"), &[("answer", "再办一次")]).await.status, StatusCode::CONFLICT);
        assert_eq!(count(&app.db, WAITING).await, 0);
    })
    .await;
}

#[tokio::test]
async fn whoever_writes_a_suggestion_stays_unknown_even_when_signed_in() {
    on_both(async |app| {
        let root = organisation(&app.db, None).await;
        let member = app.person("member", Some(root)).await;
        let sent = app.post(&member, "/suggestions", &[("text", "开会时间太晚")]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
        let texts: Vec<String> = app.db.lookup("SELECT body FROM event WHERE action = 'suggestion.sent'", &[]).await.unwrap();
        let account = member.account.to_string();
        assert!(texts.len() == 1 && texts[0].contains("\"visitor\"") && !texts[0].contains(&account) && !texts[0].contains("开会"));
        let bodies: Vec<Vec<u8>> = app.db.lookup("SELECT body FROM suggestion", &[]).await.unwrap();
        assert!(!String::from_utf8_lossy(&bodies[0]).contains("开会"));
    })
    .await;
}

#[tokio::test]
async fn a_browser_sends_five_a_day_and_nobody_before_there_is_a_committee() {
    on_both(async |app| {
        let mut browser = app.browser();
        browser.get("/suggestions/new").await;
        let nobody = browser.post("/suggestions", &[("text", "有人吗")]).await;
        assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
        organisation(&app.db, None).await;
        for _ in 0..5 {
            browser.get("/suggestions/new").await;
            assert_eq!(browser.post("/suggestions", &[("text", "又来了")]).await.status, StatusCode::SEE_OTHER);
        }
        let sixth = browser.post("/suggestions", &[("text", "又来了")]).await;
        assert!(sixth.status == StatusCode::UNPROCESSABLE_ENTITY && sixth.body.contains("又来了"), "what was typed is kept");
        assert_eq!(count(&app.db, "SELECT COUNT(*) FROM suggestion").await, 5);
    })
    .await;
}

#[tokio::test]
async fn the_page_of_backups_says_when_the_last_was_and_that_keys_are_left_out() {
    on_both(async |app| {
        let admin = app.person("system_administrator", None).await;
        assert!(app.get(&admin, "/backups").await.body.contains("还没有做过备份"));
        administration::note_backup(&app.db, &System::command("root")).await.unwrap();
        let page = app.get(&admin, "/backups").await.body;
        assert!(page.contains("os:root") && page.contains("没有密钥"));
    })
    .await;
}

#[test]
fn the_place_of_installation_wide_jobs_is_one_that_no_post_covers() {
    let nowhere = OrgPath::parse("/0/").unwrap();
    assert!(!OrgPath::parse("/1/").unwrap().covers(&nowhere));
}
