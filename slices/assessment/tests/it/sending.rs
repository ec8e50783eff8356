//! The page of a cycle's teams: a page at a time, the branches of one team named at a time.
use crate::stage::stage;
use assessment::cycle::phase::Phase;
use assessment::inspection::store::insert_team;
use audit::Event;
use kernel::TeamId;
use scoring::Layer;
use testkit::on_both;
use web::StatusCode;

/// More than two pages; of either layer, since the order goes by the layer first.
const TEAMS: usize = 120;

#[tokio::test(flavor = "multi_thread")]
async fn teams_come_page_by_page_and_one_who_is_made_or_given_branches_is_seen_afterwards() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let (cycle, inspector) = (s.cycle, s.app.person("inspector", Some(s.root)).await);
        let login = inspector.account.to_string();
        let ids: Vec<TeamId> = (0..TEAMS).map(|_| TeamId::new()).collect();
        audit::change(&s.app.db, &access::System::command("test"), async move |tx| {
            for (n, id) in (1..).zip(&ids) {
                let layer = if n % 2 == 0 { Layer::Acceptance } else { Layer::Recheck };
                insert_team(tx, *id, cycle, layer, &format!("第{n}组"), &[(inspector.account, "某人".into())]).await?;
            }
            Ok(((), Event::new("team.create", format!("cycle:{cycle}"))))
        })
        .await
        .unwrap();
        s.move_to(Phase::Acceptance).await;
        let here = format!("/assess/{cycle}/teams");
        let names = |body: &str| -> Vec<String> {
            body.split("<h2>第").skip(1).map(|rest| rest.split('组').next().unwrap_or_default().to_owned()).collect()
        };
        let link = |body: &str, rel: &str| -> Option<String> {
            let before = body.split(&format!("\" rel=\"{rel}\"")).next().filter(|before| before.len() < body.len())?;
            before.rsplit("href=\"").next().map(|href| href.replace("&#38;", "&"))
        };
        let first = s.app.get(&s.committee, &here).await.body;
        let second = s.app.get(&s.committee, &link(&first, "next").unwrap()).await.body;
        let last = s.app.get(&s.committee, &link(&second, "next").unwrap()).await.body;
        assert_eq!(link(&last, "next"), None);
        let mut seen = [names(&first), names(&second), names(&last)].concat();
        assert_eq!((names(&first).len(), names(&second).len(), seen.len()), (50, 50, TEAMS));
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), TEAMS, "none twice");
        assert_eq!(names(&s.app.get(&s.committee, &link(&last, "prev").unwrap()).await.body), names(&second));
        assert!(link(&first, "prev").is_none() && !first.contains("name=\"branches\""), "no form until one is asked for: {first}");

        let open = last.split("href=\"").find_map(|part| part.split('"').next().filter(|href| href.contains("team="))).unwrap();
        let open = open.replace("&#38;", "&").split('#').next().unwrap().to_owned();
        let page = s.app.get(&s.committee, &open).await.body;
        assert_eq!((page.matches("name=\"branches\"").count(), names(&page)), (1, names(&last)), "{page}");
        let hidden = |name: &str| page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap().split('"').next().unwrap().to_owned();
        let (team, from) = (hidden("team"), hidden("from"));
        let give = async |branches: &str| {
            let fields = [("team", team.as_str()), ("from", from.as_str()), ("branches", branches)];
            s.app.post(&s.committee, &format!("/assess/{cycle}/assignments"), &fields).await
        };
        let refused = give("没有的支部").await;
        assert_eq!((refused.status, names(&refused.body)), (StatusCode::UNPROCESSABLE_ENTITY, names(&last)), "on its own page");
        let done = give("21-1").await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        assert!(s.app.get(&s.committee, &done.location).await.body.contains("分到 1 个支部"), "{}", done.location);

        let new = [("layer", "recheck"), ("name", "第新组"), ("inspectors", login.as_str())];
        let made = s.app.post(&s.committee, &here, &new).await;
        let page = s.app.get(&s.committee, &made.location).await.body;
        assert!(names(&page).contains(&"新".to_owned()), "{}: {page}", made.location);
    })
    .await;
}
