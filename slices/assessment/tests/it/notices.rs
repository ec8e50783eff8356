//! What is printed of publicity: one notice holds a unit's branches, and what it does not hold is printed unit by unit.
use crate::stage::org;
use crate::stand::{Stand, opened, stand};
use kernel::CycleId;
use testkit::{Answer, Person, on_both};
use web::StatusCode;

impl Stand {
    async fn notice(&self, who: &Person, cycle: CycleId, asked: &str) -> Answer {
        self.app.get(who, &format!("/assess/{cycle}/publicity/print{asked}")).await
    }
}

/// The addresses a page leads to in its main part, of notices alone.
fn notices(page: &str) -> Vec<String> {
    let of = |part: &str| part.split('"').next().unwrap_or_default().split_once("/print?").map(|(_, asked)| asked.replace("&#38;", "&"));
    page.split("href=\"").filter_map(of).filter(|asked| !asked.is_empty()).map(|asked| format!("?{asked}")).collect()
}

fn rows(page: &str) -> usize {
    page.matches("<tr><th scope=\"row\">").count()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_notice_does_not_hold_is_printed_unit_by_unit_and_every_branch_stands_on_one() {
    on_both(&[], async |db| {
        let codes: Vec<String> = (1..=255).map(|n| format!("21-{n:03}")).collect();
        let s = stand(db, &codes).await;
        let founder = s.app.person("committee", None).await;
        for unit in ["21-A", "21-B"] {
            org(&s.app, &founder, unit, &format!("单位{unit}"), "611", "21").await;
        }
        for branch in ["21-A-1", "21-A-2", "21-A-3"] {
            org(&s.app, &founder, branch, "所属支部", "631", "21-A").await;
        }
        let (flat, mixed) = (s.cycle, opened(&s.app, s.root, 2027).await);
        for cycle in [flat, mixed] {
            s.publish(cycle).await;
        }
        let reader = s.app.person("committee", Some(s.root)).await;

        let first = s.notice(&reader, flat, "").await.body;
        assert!(rows(&first) == 250 && first.contains("这一份列出 250 个支部，本单位共 255 个"), "one unit, two notices: {first}");
        let next = notices(&first);
        assert_eq!(next.len(), 1, "{next:?}");
        let last = s.notice(&reader, flat, &next[0]).await.body;
        assert!(rows(&last) == 5 && last.contains("21-255") && last.contains("这一份列出 5 个支部"), "{last}");

        let choice = s.notice(&reader, mixed, "").await.body;
        assert!(
            choice.contains("单位21-A") && !choice.contains("单位21-B") && !choice.contains("21-001"),
            "only who has branches: {choice}"
        );
        let parts = notices(&choice);
        assert_eq!(parts.len(), 2, "{parts:?}");
        let unit = s.notice(&reader, mixed, &parts[0]).await.body;
        assert!(rows(&unit) == 3 && unit.contains("21-A-3") && !unit.contains("这一份"), "{unit}");
        let own = s.notice(&reader, mixed, &parts[1]).await.body;
        assert!(rows(&own) == 250 && own.contains("省直机关工委直接所属的支部") && !own.contains("21-A-1"), "{own}");
        let rest = notices(&own).pop().unwrap();
        assert_eq!(rows(&s.notice(&reader, mixed, &rest).await.body), 5, "{rest}");

        for nowhere in ["?under=/9/", "?under=nothing"] {
            assert_eq!(s.notice(&reader, mixed, nowhere).await.status, StatusCode::NOT_FOUND, "{nowhere}");
        }
    })
    .await;
}
