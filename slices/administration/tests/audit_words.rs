//! The audit page says what the events say in the words of the house.
#![allow(clippy::restriction, reason = "what is missing fails the test")]
use access::System;
use administration::{Named, Names, Thing};
use audit::Event;
use db::Db;
use kernel::{Result, SheetId};
use testkit::TestApp;
use web::{Later, Shared};

/// A slice above that knows one sheet.
struct Sheets(SheetId);

impl Named for Sheets {
    fn names(&self, _: Db, things: Vec<Thing>) -> Later<Result<Vec<(Thing, String)>>> {
        let id = self.0.to_string();
        Box::pin(async move { Ok(things.into_iter().filter(|t| t.id == id).map(|t| (t, "机关第一支部".to_owned())).collect()) })
    }
}

#[tokio::test]
async fn an_event_is_read_without_knowing_how_it_is_stored() {
    for engine in testkit::engines().await {
        println!("on {engine}");
        let (known, unknown) = (SheetId::new(), SheetId::new());
        let slices = vec![web::own::slice(), accounts::slice(), administration::slice(vec![])];
        let shared = Shared::default().with(Names::new(vec![Box::new(Sheets(known))]));
        let app = TestApp::new(engine.db().clone(), slices, &[], shared).await;
        let auditor = app.person("audit_administrator", None).await;
        let note = async |event: Event| audit::note(&app.db, &System::command("root"), event).await.unwrap();
        let adjusted = Event::new("adjustment.approve", format!("sheet:{known}")).with("sheet", unknown).with("target", "score:A1");
        note(adjusted.field("value", Some("0".into()), Some("4".into())).field("total", Some("87.50".into()), Some("91.50".into()))).await;
        note(Event::new("difference.explain", format!("sheet:{unknown}")).with("subject", "total").with("layers", "self-acceptance")).await;
        note(Event::new("member.correct", "member:1").with("phone", true).with("id-number", false)).await;
        note(Event::new("problem.export", "problems").with("filter", "open").with("rows", 1076)).await;
        note(Event::new("cycle.finalise", "year:2025").with("first", "周立新").with("second", "open").with("version", 1)).await;
        note(Event::new("import.accept", "import:members").with("file", "open").with("kind", "members")).await;
        note(Event::new("account.disabled", format!("account:{}", auditor.account)).with("something", "new")).await;
        let body = app.get(&auditor, "/audit").await.body;
        let short = format!("…{}", &unknown.to_string()[26..]);
        for words in [
            "自查表 机关第一支部</a>",
            "调整事项 指标 A1 得分",
            "认定值 0 → 4",
            "总分 87.50 → 91.50",
            "差异事项 总分",
            "对比层级 自评 – 验收",
            "更改电话 是",
            "补上身份号码 否",
            "筛选 全部未销号",
            "行数 1,076",
            "提请人 周立新",
            "批准人 open",
            "导入 党员名册</a>",
            "文件 open",
            "类别 党员名册",
            "年度 2025</a>",
            "账号 某人</a>",
            "something new",
        ] {
            assert!(body.contains(words), "{words}: {body}");
        }
        assert!(body.contains(&format!("自查表 {short}")), "{body}");
    }
}
