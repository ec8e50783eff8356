//! Finding within a scope, on both engines.
#![allow(clippy::restriction, clippy::disallowed_methods, reason = "tests of the store have no events")]
use access::Scope;
use db::{Db, Migration, Tx};
use kernel::{BusinessDate, OrgId, OrgPath};
use search::{Entry, Sight, Text, find, put, remove};
use testkit::on_both;

const TABLES: &[&[Migration]] = &[tree::MIGRATIONS, search::MIGRATIONS];

async fn org(db: &Db, parent: Option<OrgId>) -> (OrgId, OrgPath) {
    let (id, day) = (OrgId::new(), BusinessDate::parse("2020-01-01").unwrap());
    (id, db.write(async move |tx| tree::add(tx, id, parent, day).await).await.unwrap())
}
async fn person(tx: &mut Tx<'_>, org: OrgId, name: &str, number: u32) -> db::Result<()> {
    let object = number.to_be_bytes();
    put(tx, &Entry { kind: "member", object: &object, org, title: name, subtitle: "", href: "/members" }, &[Text::Person(name)]).await
}
fn whole() -> Scope {
    Scope { from: "/".into(), to: "0".into(), top: None }
}
fn below(path: &OrgPath) -> Scope {
    Scope { from: path.as_str().into(), to: path.end(), top: Some(path.clone()) }
}
async fn titles(db: &Db, query: &'static str, scope: Scope, limit: usize) -> Vec<String> {
    let sights = [Sight::within("member", &scope)];
    let hits = db.read(async move |tx| find(tx, query, &sights, limit).await).await.unwrap();
    hits.into_iter().map(|h| h.title).collect()
}

#[tokio::test]
async fn a_name_is_found_by_initials_and_only_within_the_scope() {
    on_both(TABLES, async |db| {
        let (top, _) = org(&db, None).await;
        let (city, city_path) = org(&db, Some(top)).await;
        let (other, other_path) = org(&db, Some(top)).await;
        db.write(async move |tx| {
            person(tx, city, "刘建国", 1).await?;
            person(tx, other, "刘建功", 2).await?;
            person(tx, other, "单建国", 3).await
        })
        .await
        .unwrap();
        assert_eq!(titles(&db, "ljg", whole(), 9).await, ["刘建功", "刘建国"]);
        assert_eq!(titles(&db, "ljg", below(&city_path), 9).await, ["刘建国"]);
        assert_eq!(titles(&db, "建国", below(&other_path), 9).await, ["单建国"]);
        assert_eq!(titles(&db, "shan", below(&city_path), 9).await, [""; 0]);
        for nothing in ["", "%", "刘_国", "l%"] {
            assert_eq!(titles(&db, nothing, whole(), 9).await.len(), usize::from(nothing == "l%") * 2, "{nothing}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_kind_that_somebody_may_not_see_is_not_found() {
    on_both(TABLES, async |db| {
        let (top, _) = org(&db, None).await;
        db.write(async move |tx| person(tx, top, "刘建国", 1).await).await.unwrap();
        let sights = [Sight::within("organisation", &whole())];
        assert_eq!(db.read(async move |tx| find(tx, "刘", &sights, 9).await).await.unwrap(), []);
        assert_eq!(db.read(async move |tx| find(tx, "刘", &[], 9).await).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn a_changed_name_or_place_is_found_as_it_is_now_and_a_removed_one_not_at_all() {
    on_both(TABLES, async |db| {
        let (top, _) = org(&db, None).await;
        let (a, a_path) = org(&db, Some(top)).await;
        let (b, b_path) = org(&db, Some(top)).await;
        db.write(async move |tx| person(tx, a, "刘建国", 1).await).await.unwrap();
        db.write(async move |tx| person(tx, b, "刘爱国", 1).await).await.unwrap();
        assert_eq!(titles(&db, "建", whole(), 9).await, [""; 0]);
        assert_eq!(titles(&db, "刘", below(&a_path), 9).await, [""; 0]);
        assert_eq!(titles(&db, "lag", below(&b_path), 9).await, ["刘爱国"]);
        db.write(async move |tx| remove(tx, "member", &1u32.to_be_bytes()).await).await.unwrap();
        assert_eq!(titles(&db, "刘", whole(), 9).await, [""; 0]);
        let left: i64 = db.lookup("SELECT count(*) FROM search_term", &[]).await.unwrap()[0];
        assert_eq!(left, 0);
    })
    .await;
}

/// Beyond 200 organisations the terms are read page by page; what is outside the scope neither shows nor fills the pages.
#[tokio::test]
async fn a_large_scope_gives_what_a_plain_filter_gives() {
    on_both(TABLES, async |db| {
        let day = BusinessDate::parse("2020-01-01").unwrap();
        let (top, top_path) = org(&db, None).await;
        let (other, _) = org(&db, None).await;
        let names = ["刘建国", "刘国强", "王建国", "国强", "单国"];
        let mut expected: Vec<&str> = Vec::new();
        for i in 0..230u32 {
            let (id, name, within) = (OrgId::new(), names[i as usize % names.len()], i % 23 != 0);
            db.write(async move |tx| {
                tree::add(tx, id, Some(if within { top } else { other }), day).await?;
                person(tx, id, name, i).await?;
                // Many more outside.
                person(tx, other, name, 1000 + i).await
            })
            .await
            .unwrap();
            if within && name.contains("建国") {
                expected.push(name);
            }
        }
        let mut found = titles(&db, "建国", below(&top_path), 1000).await;
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected);
        assert_eq!(titles(&db, "国强", below(&top_path), 3).await, ["国强"; 3], "the closest come first");
    })
    .await;
}
