//! Somebody with several posts reads whose each matter is, and what was told to all their posts once; whoever has a single
//! post reads no name they know.
use access::System;
use accounts::{Renewal, SetUp};
use audit::Event;
use inbox::{Addressee, Notice, Todo};
use kernel::{BusinessDate, Instant, NoticeId, OrgId, TodoId};
use leitu::house::{shared, slices};
use organisations::{NewOrganisation, OrgKind};
use testkit::{TestApp, on_both};

const NAMES: [&str; 2] = ["第一党支部", "第二党支部"];

pub async fn org(app: &TestApp, code: &str, name: &str, kind: &str, parent: Option<OrgId>) -> OrgId {
    let day = BusinessDate::parse("2020-01-01").unwrap();
    let new = NewOrganisation::parse(code, name, OrgKind::parse(kind).unwrap(), "", parent, day).unwrap();
    let id = new.id;
    organisations::create_many(&app.db, &System::command("test"), vec![new]).await.unwrap();
    id
}

/// Each branch's secretary has problems to put right and is told of a publicity; one is reminded of a date.
async fn handed(app: &TestApp, orgs: [OrgId; 2]) {
    audit::change(&app.db, &System::command("test"), async move |tx| {
        for (i, org) in orgs.into_iter().enumerate() {
            let to = Addressee::Post { role: "secretary", org };
            let args = vec![("n", (16 + i).to_string()), ("year", "2026".to_owned())];
            let (id, matter, href) = (TodoId::new(), format!("problems:{org}"), format!("/problems?org={org}"));
            let todo = Todo { id, to: to.clone(), matter: &matter, key: "todo-problems", args, href: &href, due: None, by: None };
            inbox::hand(tx, &todo, Instant(1_000)).await?;
            for (key, args, href) in [
                ("notice-publicity", vec![("year", "2026".to_owned()), ("day", "2026-06-23".to_owned())], "/assess/1/publicity".to_owned()),
                ("notice-remind", vec![("date", "2026-06-05".to_owned())], format!("/sheets/{i}/self")),
            ] {
                let told = Notice { id: NoticeId::new(), to: to.clone(), key, args, href: &href };
                inbox::tell(tx, &told, Instant(1_000 + i as i64)).await?;
            }
        }
        Ok(((), Event::new("test.hand", "test")))
    })
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_holds_two_posts_reads_whose_each_matter_is_and_one_notice_once() {
    on_both(&[], async |db| {
        let app = TestApp::new(db, slices(), &[], shared(SetUp::none(), Renewal::impossible()).unwrap()).await;
        let root = org(&app, "21", "机关工委", "611", None).await;
        let (one, two) = (org(&app, "21-1", NAMES[0], "631", Some(root)).await, org(&app, "21-2", NAMES[1], "631", Some(root)).await);
        let (both, single) = (app.person("secretary", Some(one)).await, app.person("secretary", Some(two)).await);
        app.also(&both, "secretary", two).await;
        app.also(&both, "inspector", root).await;
        handed(&app, [one, two]).await;
        let desk = app.get(&both, "/todo").await.body;
        for (name, n) in NAMES.into_iter().zip([16, 17]) {
            assert!(desk.contains(&format!("{name}：2026 年有 {n} 个问题待整改")), "{desk}");
        }
        for page in [desk, app.get(&both, "/notices").await.body] {
            assert_eq!(page.matches("2026 年度考评结果开始公示").count(), 1, "{page}");
            assert!(!page.contains("：2026 年度考评结果"), "what was told to both is neither's: {page}");
            for name in NAMES {
                assert_eq!(page.matches(&format!("{name}：工委催办")).count(), 1, "{page}");
            }
        }
        let plain = app.get(&single, "/todo").await.body;
        assert!(plain.contains("<strong>2026 年有 17 个问题待整改") && plain.contains("<strong>工委催办"), "{plain}");
    })
    .await;
}
