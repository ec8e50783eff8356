//! The record of a draw is read a page at a time, by names within reach, and taken whole as the text of its digest.
use crate::stand::{Stand, stand, system, today};
use assessment::cycle::phase::Phase;
use assessment::cycle::store as cycles;
use assessment::inspection::store::insert_team;
use assessment::sheet::State;
use assessment::sheet::store as sheets;
use audit::Event;
use kernel::{Instant, TeamId};
use scoring::Layer;
use sha2::{Digest, Sha256};
use testkit::{Person, on_both};
use web::StatusCode;

/// Branches enough for three pages, all accepted; answers the address of their draw.
async fn published(s: &Stand, committee: &Person, codes: &[String]) -> String {
    let (cycle, team, at, account) = (s.cycle, TeamId::new(), Instant::now(), s.app.person("inspector", Some(s.root)).await.account);
    let codes = codes.to_vec();
    audit::change(&s.app.db, &system(), async move |tx| {
        let now = cycles::any(tx, cycle).await?;
        cycles::set_phase(tx, &now, Phase::Recheck, &cycles::Step { day: today(), at, by: "test", reason: "" }).await?;
        insert_team(tx, team, cycle, Layer::Recheck, "复检组", &[(account, "某人".into())]).await?;
        for code in &codes {
            for layer in [Layer::SelfAssessment, Layer::Acceptance] {
                let now = sheets::of_code(tx, cycle, code).await?.unwrap();
                sheets::set_state(tx, &now, layer, State::Submitted).await?;
            }
        }
        Ok(((), Event::new("team.create", format!("cycle:{cycle}"))))
    })
    .await
    .unwrap();
    let published = s.app.post(committee, &format!("/assess/{cycle}/draws"), &[("team", &team.to_string())]).await;
    assert_eq!(published.status, StatusCode::SEE_OTHER, "{}", published.body);
    published.location
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_is_paged_its_list_is_the_text_of_its_digest_and_names_end_with_the_reach() {
    on_both(&[], async |db| {
        let codes: Vec<String> = (1..=120).map(|n| format!("21-{n:03}")).collect();
        let s = stand(db, &codes).await;
        let (committee, reviewer) = (s.app.person("committee", Some(s.root)).await, s.app.person("reviewer", Some(s.root)).await);
        let draw = published(&s, &committee, &codes).await;

        let seen = async |part: &str| {
            let body = s.app.get(&committee, &format!("{draw}{part}")).await.body;
            codes.iter().filter(|code| body.contains(&format!(">{code}</span></li>"))).cloned().collect::<Vec<_>>()
        };
        assert_eq!(seen("").await, codes[..50]);
        assert_eq!(seen("?list=51").await, codes[50..100]);
        assert_eq!(seen("?list=101").await, codes[100..]);
        assert_eq!(seen("?list=nothing").await, codes[..50]);
        let middle = s.app.get(&committee, &format!("{draw}?list=51")).await.body;
        for said in ["?list=1#list", "?list=101#list", "第 51–100 行，共 120 行", "候选支部的 20%", "<details open>"] {
            assert!(middle.contains(said), "{said}: {middle}");
        }

        let file = s.app.get(&reviewer, &format!("{draw}/list")).await;
        assert_eq!(file.body, codes.iter().map(|code| format!("{code}\n")).collect::<String>());
        let digest: String = Sha256::digest(file.body.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(middle.contains(&digest), "the digest on the page is the file's own");
        let taken: i64 =
            s.app.db.read(async |tx| tx.one("SELECT COUNT(*) FROM event WHERE action = 'draw.export'", &[]).await).await.unwrap();
        assert_eq!(taken, 1);

        let number = s.app.post(&reviewer, &format!("{draw}/number"), &[("number", "7")]).await;
        assert_eq!(number.status, StatusCode::SEE_OTHER, "{}", number.body);
        let record = s.app.get(&committee, &draw).await.body;
        let drawn = record.split("id=\"drawn\"").nth(1).unwrap().split("</section>").next().unwrap();
        assert_eq!(drawn.matches("</a> <span class=\"mut\">21-").count(), 24, "a fifth of them, by name: {drawn}");
        let own = codes.iter().find(|code| drawn.contains(&format!(">{code}<"))).unwrap().clone();
        let sheet = s.sheet(&own).await;
        let org = s.app.db.read(async move |tx| sheets::any(tx, sheet).await).await.unwrap().org;
        let secretary = s.app.person("secretary", Some(org)).await;
        let record = s.app.get(&secretary, &draw).await.body;
        let drawn = record.split("id=\"drawn\"").nth(1).unwrap().split("</section>").next().unwrap();
        assert_eq!((drawn.matches(">21-").count(), drawn.matches("支部21-").count()), (24, 1), "codes are public, names are not: {drawn}");
        assert!(drawn.contains(&format!("支部{own}</a>")), "{drawn}");
    })
    .await;
}
