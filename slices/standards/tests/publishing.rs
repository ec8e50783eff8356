//! Editions and schemes on both engines: what is published never changes.
#![allow(clippy::restriction, reason = "in a test, what is missing is a failure")]
use access::System;
use db::Db;
use kernel::BusinessDate;
use standards::edition::{Code, Kind, Place, read};
use standards::{Bindings, Published, bindings, bound, editions, schemes, seed, shipped};

const LEFT: &[&[db::Migration]] = &[installation::MIGRATIONS, tree::MIGRATIONS, access::MIGRATIONS, audit::MIGRATIONS];
const SCHEME: &str = include_str!("../../../content/schemes/LN-JG-27.toml");

fn on(day: &str) -> BusinessDate {
    BusinessDate::parse(day).unwrap()
}

fn code(text: &str) -> Code {
    Code::parse(text).unwrap()
}

fn by() -> System {
    System::command("tester")
}

async fn on_both(test: impl AsyncFn(Db)) {
    let slice = standards::slice();
    testkit::on_both(&[&LEFT.concat(), slice.migrations], test).await;
}

fn toml(text: &str) -> schemes::Source {
    schemes::Source::Toml(text.to_owned())
}

async fn events(db: &Db) -> i64 {
    db.lookup("SELECT COUNT(*) FROM event", &[]).await.unwrap()[0]
}

fn sample(kind: &str, code: &str, version: &str, from: &str, text: &str) -> standards::edition::Edition {
    let head =
        format!("[edition]\ncode = \"{code}\"\nversion = \"{version}\"\ntitle = \"样例\"\nkind = \"{kind}\"\neffective_from = {from}\n");
    read(&format!("{head}[[article]]\nnumber = 1\ntext = \"{text}\"\nhigher = [\"REG-ZB:4\", \"REG-DF\"]\n")).unwrap()
}

#[tokio::test]
async fn what_ships_is_stored_whole_and_seeding_again_changes_nothing() {
    on_both(async |db| {
        seed(&db).await.unwrap();
        let after_first = events(&db).await;
        let shipped = shipped::editions().unwrap();
        assert_eq!(after_first as usize, shipped.len() + 1, "one event for each edition and the scheme");
        for edition in shipped {
            let id = editions::id_of(&db, &edition.head.code, &edition.head.version).await.unwrap();
            let stored = db.read(async move |tx| standards::editions::read_uncached(tx, id).await).await.unwrap();
            assert_eq!(stored, edition, "{}", edition.head.code);
        }
        seed(&db).await.unwrap();
        assert_eq!(events(&db).await, after_first);
    })
    .await;
}

#[tokio::test]
async fn the_same_content_is_published_twice_without_effect_and_other_content_is_refused() {
    on_both(async |db| {
        let first = editions::publish(&db, &by(), sample("规范", "GF", "1", "2024-01-01", "甲")).await.unwrap();
        let before = events(&db).await;
        let again = editions::publish(&db, &by(), sample("规范", "GF", "1", "2024-01-01", "甲")).await.unwrap();
        assert!(matches!((first, again), (Published::New(a), Published::Already(b)) if a == b));
        let other = editions::publish(&db, &by(), sample("规范", "GF", "1", "2024-01-01", "乙")).await.unwrap_err();
        assert_eq!(other.key, "edition-published-differs");
        assert_eq!(events(&db).await, before);
        assert!(matches!(editions::publish(&db, &by(), sample("规范", "GF", "2", "2025-01-01", "乙")).await.unwrap(), Published::New(_)));
    })
    .await;
}

#[tokio::test]
async fn a_scheme_is_compared_by_what_it_says_and_not_by_how_it_is_spelt() {
    on_both(async |db| {
        seed(&db).await.unwrap();
        let before = events(&db).await;
        let respelt = SCHEME.replace("points = 12\n", "points = 12.00 # the same\n");
        let same = schemes::publish_file(&db, &by(), &toml(&respelt)).await.unwrap();
        assert!(matches!(same.published, Some(Published::Already(_))), "{:?}", same.findings);
        let changed = SCHEME.replace("支部设置合规", "支部设置");
        let refused = schemes::publish_file(&db, &by(), &toml(&changed)).await.unwrap();
        assert!(refused.published.is_none() && !refused.passed());
        assert!(refused.findings.iter().any(|f| f.key == "scheme-published-differs"), "{:?}", refused.findings);
        assert_eq!(events(&db).await, before);
        let next =
            schemes::publish_file(&db, &by(), &toml(&changed.replace("version = \"2025.1\"", "version = \"2025.2\""))).await.unwrap();
        assert!(matches!(next.published, Some(Published::New(_))), "{:?}", next.findings);
        assert_eq!(schemes::schemes(&db).await.unwrap().len(), 2);
        assert_eq!(schemes::newest(&db, "LN-JG-27").await.unwrap(), next.published.unwrap().id());
    })
    .await;
}

#[tokio::test]
async fn s47_a_scheme_that_does_not_add_up_to_100_or_has_one_more_indicator_is_not_published() {
    on_both(async |db| {
        seed(&db).await.unwrap();
        let as_new = SCHEME.replace("version = \"2025.1\"", "version = \"2025.3\"");
        let more = as_new.replacen("points = 12\n", "points = 13\n", 1);
        let count = as_new.replace("indicator_count = 27", "indicator_count = 26");
        let gone = as_new.replace("\"REG-ZB:9\"", "\"REG-ZB:38\"");
        for (text, key) in [(more, "scheme-dimension-sum"), (count, "scheme-indicator-count"), (gone, "scheme-article-missing")] {
            let report = schemes::publish_file(&db, &by(), &toml(&text)).await.unwrap();
            assert!(report.published.is_none());
            assert!(report.findings.iter().any(|f| f.key == key && f.is_error()), "{key}: {:?}", report.findings);
        }
        assert_eq!(schemes::schemes(&db).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn s42_a_cycle_binds_the_exact_editions_in_force_and_can_name_them_later() {
    on_both(async |db| {
        seed(&db).await.unwrap();
        let scheme = schemes::named(&db, "LN-JG-27", "2025.1").await.unwrap();
        let nothing = bindings(&db, scheme, on("2026-06-15")).await.unwrap();
        assert_eq!((nothing.standard, nothing.star_rules), (None, None), "without a standard the scheme alone is bound");
        let old = editions::publish(&db, &by(), sample("规范", "GF", "2024", "2024-01-01", "甲")).await.unwrap().id();
        let stars = editions::publish(&db, &by(), sample("星级办法", "XJ", "2024", "2024-01-01", "星")).await.unwrap().id();
        let made = bindings(&db, scheme, on("2026-06-15")).await.unwrap();
        assert_eq!(made, Bindings { scheme, standard: Some(old), star_rules: Some(stars) });
        // A revision published later is bound by later cycles only.
        let new = editions::publish(&db, &by(), sample("规范", "GF", "2026", "2026-07-01", "乙")).await.unwrap().id();
        assert_eq!(bound(&db, made).await.unwrap().standard.unwrap().head.version.as_str(), "2024");
        assert_eq!(bindings(&db, scheme, on("2026-06-30")).await.unwrap().standard, Some(old));
        assert_eq!(bindings(&db, scheme, on("2026-07-01")).await.unwrap().standard, Some(new));
        let swapped = Bindings { scheme, standard: Some(stars), star_rules: None };
        assert_eq!(bound(&db, swapped).await.unwrap_err().key, "binding-kind");
    })
    .await;
}

#[tokio::test]
async fn an_imported_full_text_makes_awaited_articles_found() {
    on_both(async |db| {
        seed(&db).await.unwrap();
        let place = Place::parse("REG-DY:22").unwrap();
        assert_eq!(editions::shelf(&db).await.unwrap().lookup(&place), standards::edition::Answer::NotLoadedWhole);
        let articles: String = (1..=46).map(|n| format!("[[article]]\nnumber = {n}\ntext = \"条文{n}\"\n")).collect();
        let head = "[edition]\ncode = \"REG-DY\"\nversion = \"2019-full\"\ntitle = \"全文\"\nkind = \"条例\"\neffective_from = 2019-05-06\nwhole = true\n";
        editions::publish(&db, &by(), read(&format!("{head}{articles}")).unwrap()).await.unwrap();
        assert_eq!(editions::shelf(&db).await.unwrap().lookup(&place), standards::edition::Answer::Found);
        assert_eq!(editions::candidates(&db, Kind::Standard, on("2026-06-15")).await.unwrap().len(), 0);
        assert!(editions::id_of(&db, &code("REG-DY"), &code("none")).await.is_err());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_publish_at_once_one_publishes_and_the_other_finds_it_done_or_taken() {
    on_both(async |db| {
        let edition = |text| sample("规范", "GF", "1", "2024-01-01", text);
        let (me, you) = (by(), by());
        let (a, b) = tokio::join!(editions::publish(&db, &me, edition("甲")), editions::publish(&db, &you, edition("甲")));
        let done = [a.unwrap(), b.unwrap()];
        assert_eq!(done.iter().filter(|p| matches!(p, Published::New(_))).count(), 1);
        assert_eq!((done[0].id(), events(&db).await), (done[1].id(), 1));
        let other = |text| sample("规范", "GF", "2", "2025-01-01", text);
        let (a, b) = tokio::join!(editions::publish(&db, &me, other("甲")), editions::publish(&db, &you, other("乙")));
        let refused: Vec<_> = [a, b].into_iter().filter_map(Result::err).collect();
        assert_eq!(refused.iter().map(|e| e.key).collect::<Vec<_>>(), ["edition-published-differs"]);
        assert_eq!(events(&db).await, 2);
    })
    .await;
}
