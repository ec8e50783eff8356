//! Modules supply facts of branches that have members in the register, and of no other; what was recorded counts anyway.

use crate::stage::{Stage, stage};
use access::System;
use assessment::sheet::{context, input};
use audit::Event;
use db::Tx;
use facts::{NewFact, Supplied, Supplier, Suppliers, Why, Work};
use kernel::{BusinessDate, Instant, MemberId, OrgId};
use testkit::on_both;

/// A module that has something to say of everybody.
struct Talkative;

impl Supplier for Talkative {
    fn keys(&self) -> &'static [&'static str] {
        &["problem.closed_ratio"]
    }
    fn supply<'a, 'b: 'a>(&'a self, _: &'a mut Tx<'b>, orgs: &'a [OrgId], _year: i64, _day: BusinessDate) -> Work<'a> {
        let of = |org: &OrgId| Supplied {
            org: *org,
            key: "problem.closed_ratio",
            value: "0.5".into(),
            why: Why { key: "why-closed-ratio", args: vec![] },
        };
        Box::pin(async move { Ok(orgs.iter().map(of).collect()) })
    }
}

/// What counts for the stage's branch, alone and among many.
async fn known(s: &Stage) -> Option<String> {
    let c = context::any(&s.app.db, s.sheet).await.unwrap();
    let (suppliers, day) = (Suppliers::new(vec![Box::new(Talkative)]), s.app.clock.today());
    let read = async move |tx: &mut Tx<'_>| {
        let one = input::of(tx, &suppliers, &c.cycle, &c.sheet, day).await?.branch;
        let many = input::of_many(tx, &suppliers, &c.cycle, std::slice::from_ref(&c.sheet), day).await?.remove(0);
        Ok((one, many))
    };
    let (one, many) = s.app.db.read(read).await.unwrap();
    assert_eq!(one.facts, many.facts);
    one.facts.get("problem.closed_ratio").map(ToString::to_string)
}

async fn member(s: &Stage, status: &'static str) {
    let (org, id) = (s.branch, MemberId::new());
    audit::change(&s.app.db, &System::command("test"), async move |tx| {
        tx.exec(
            "INSERT INTO member (id, org, name, status, id_masked, phone_masked, created) VALUES ($1, $2, '某人', $3, '', '', 0)",
            &db::params![&id, &org, status],
        )
        .await?;
        Ok(((), Event::new("member.create", format!("member:{id}"))))
    })
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn modules_speak_only_for_branches_with_members_in_the_register() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        assert_eq!(known(&s).await, None, "nobody is in the register");
        member(&s, "left").await;
        assert_eq!(known(&s).await, None, "nor does who has left count");
        member(&s, "formal").await;
        assert_eq!(known(&s).await.as_deref(), Some("0.5"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_recorded_counts_without_a_register_and_wins_with_one() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let (org, at, effective) = (s.branch, Instant::now(), s.app.clock.today());
        audit::change(&s.app.db, &System::command("test"), async move |tx| {
            let (key, source) = ("problem.closed_ratio", "年报.csv");
            let new = NewFact { org, year: 2026, key, value: "0.25", source, evidence: "", effective, received: at, by: "test" };
            facts::record(tx, &new).await?;
            Ok(((), Event::new("facts.import", format!("org:{org}"))))
        })
        .await
        .unwrap();
        assert_eq!(known(&s).await.as_deref(), Some("0.25"));
        member(&s, "formal").await;
        assert_eq!(known(&s).await.as_deref(), Some("0.25"), "an imported value wins over a supplied one");
    })
    .await;
}
