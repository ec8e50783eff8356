//! What an inspector sees: the sheets their team was given, with the evidence those cite, and nothing else.

use crate::stage::{Stage, org, stage};
use access::{NewAccount, PostLine};
use assessment::cycle::phase::Phase;
use assessment::inspection::store::{Assignment, give, insert_team, teams};
use audit::Event;
use axum::http::Method;
use kernel::{AccountId, Instant, PostId, SheetId, TeamId};
use scoring::Layer;
use testkit::{Person, on_both};
use web::StatusCode;

/// Gives the stage's sheet to a team of one inspector.
async fn given(s: &Stage, to: &Person, layer: Layer) {
    let (team, cycle, sheet, account) = (TeamId::new(), s.cycle, s.sheet, to.account);
    audit::change(&s.app.db, &access::System::command("test"), async move |tx| {
        insert_team(tx, team, cycle, layer, "一组", &[(account, "某人".into())]).await?;
        let at = Instant::now();
        let row = assessment::sheet::store::any(tx, sheet).await?;
        give(tx, &Assignment { sheet, layer, team, cycle, due: None }, &row, at).await?;
        Ok(((), Event::new("team.create", format!("cycle:{cycle}"))))
    })
    .await
    .unwrap();
}

/// What each page that reads a sheet answers.
async fn answers(s: &Stage, who: &Person, sheet: SheetId) -> Vec<StatusCode> {
    let mut all = Vec::new();
    for part in ["", "/print", "/why", "/evidence/A1", "/claims", "/submitted?layer=acceptance"] {
        all.push(s.app.get(who, &format!("/sheets/{sheet}{part}")).await.status);
    }
    all.push(s.app.api(who, Method::GET, &format!("/api/v1/sheets/{sheet}/explanation"), None).await.status);
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn an_inspector_reads_the_sheets_of_the_own_team_and_of_no_other() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        for layer in [Layer::Acceptance, Layer::Recheck, Layer::Mutual] {
            let (mine, other) = (s.app.person("inspector", Some(s.root)).await, s.app.person("inspector", Some(s.root)).await);
            assert_eq!(answers(&s, &mine, s.sheet).await, [StatusCode::NOT_FOUND; 7], "not given yet");
            given(&s, &mine, layer).await;
            assert_eq!(answers(&s, &mine, s.sheet).await, [StatusCode::OK; 7], "{layer:?}");
            assert_eq!(answers(&s, &other, s.sheet).await, [StatusCode::NOT_FOUND; 7], "somebody else's team");
            assert_eq!(answers(&s, &mine, SheetId::new()).await, [StatusCode::NOT_FOUND; 7], "missing and not theirs look alike");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_role_has_ended_no_longer_sees_what_the_team_was_given() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let member_of_a_team_only = s.app.person("system_administrator", None).await;
        given(&s, &member_of_a_team_only, Layer::Acceptance).await;
        assert_eq!(answers(&s, &member_of_a_team_only, s.sheet).await, [StatusCode::NOT_FOUND; 7]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_inspector_opens_the_evidence_a_given_sheet_cites_and_no_other_file_of_the_branch() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let (mine, other) = (s.app.person("inspector", Some(s.root)).await, s.app.person("inspector", Some(s.root)).await);
        given(&s, &mine, Layer::Acceptance).await;
        s.move_to(Phase::SelfAssessment).await;
        let evidence = format!("/sheets/{}/evidence/A1", s.sheet);
        let sent = s.app.upload(&s.secretary, &evidence, &[], &[("file", "会议记录.txt", "某年某月某日".as_bytes())]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let branch = s.branch;
        let file = s.app.db.read(async move |tx| files::of_org(tx, branch, None, 10).await).await.unwrap()[0].id;
        let page = s.app.get(&mine, &evidence).await.body;
        assert!(page.contains(&format!("/files/{file}")) && !page.contains("/removal"), "read, not changed: {page}");
        assert_eq!(s.app.get(&mine, &format!("/files/{file}")).await.status, StatusCode::OK);
        assert_eq!(s.app.get(&other, &format!("/files/{file}")).await.status, StatusCode::NOT_FOUND);
        let removed = s.app.post(&s.secretary, &format!("{evidence}/removal"), &[("file", &file.to_string())]).await;
        assert_eq!(removed.status, StatusCode::SEE_OTHER, "{}", removed.body);
        assert_eq!(s.app.get(&mine, &format!("/files/{file}")).await.status, StatusCode::NOT_FOUND, "no given sheet cites it now");
        assert_eq!(s.app.get(&s.secretary, &format!("/files/{file}")).await.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_inspector_is_offered_no_list_of_sheets_and_changes_none() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let mine = s.app.person("inspector", Some(s.root)).await;
        given(&s, &mine, Layer::Acceptance).await;
        let cycle = s.app.get(&mine, &format!("/assess/{}", s.cycle)).await;
        assert!(cycle.status == StatusCode::OK && !cycle.body.contains("/sheets"), "{}", cycle.body);
        assert_eq!(s.app.get(&mine, &format!("/assess/{}/sheets", s.cycle)).await.status, StatusCode::FORBIDDEN);
        let list = s.app.api(&mine, Method::GET, &format!("/api/v1/cycles/{}/sheets", s.cycle), None).await;
        assert!(!list.status.is_success() && !list.body.contains("21-1"), "{}", list.body);
        for path in ["self", "returns", "adjustments"] {
            assert_eq!(s.app.post(&mine, &format!("/sheets/{}/{path}", s.sheet), &[]).await.status, StatusCode::FORBIDDEN, "{path}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_team_scores_in_its_own_layer_and_in_its_own_cycle() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let founder = s.app.person("committee", None).await;
        org(&s.app, &founder, "21-2", "第二支部", "631", "21").await;
        let login = s.app.person("inspector", Some(s.root)).await.account.to_string();
        let new = |layer| [("layer", layer), ("name", "一组"), ("inspectors", login.as_str())];
        let here = format!("/assess/{}/teams", s.cycle);
        for layer in ["self", "committee", "mutual", "nothing"] {
            assert_eq!(s.app.post(&s.committee, &here, &new(layer)).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{layer}");
        }
        assert_eq!(s.app.post(&s.committee, &here, &new("recheck")).await.status, StatusCode::SEE_OTHER);
        let id = s.cycle;
        let team = s.app.db.read(async move |tx| teams(tx, id).await).await.unwrap()[0].id.to_string();
        let give = async |team: &str| {
            s.app.post(&s.committee, &format!("/assess/{id}/assignments"), &[("team", team), ("branches", "21-1")]).await.status
        };
        assert_eq!(give(&TeamId::new().to_string()).await, StatusCode::NOT_FOUND, "no team of this cycle");
        assert_eq!(give(&team).await, StatusCode::SEE_OTHER);
        let layer: String = s.app.db.read(async |tx| tx.one("SELECT layer FROM assignment", &[]).await).await.unwrap();
        assert_eq!(layer, "recheck");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_inspector_s_list_comes_page_by_page_and_no_sheet_twice() {
    on_both(&[], async |db| {
        // Entered the other way round: the list goes by the codes.
        let codes: Vec<String> = (1..=60).rev().map(|n| format!("21-{n:03}")).collect();
        let s = crate::stand::stand(db, &codes).await;
        let inspector = s.app.person("inspector", Some(s.root)).await;
        let (team, cycle, account) = (TeamId::new(), s.cycle, inspector.account);
        let all = codes.clone();
        audit::change(&s.app.db, &crate::stand::system(), async move |tx| {
            insert_team(tx, team, cycle, Layer::Acceptance, "一组", &[(account, "某人".into())]).await?;
            for code in &all {
                let sheet = assessment::sheet::store::of_code(tx, cycle, code).await?.ok_or(db::Error::Missing)?;
                assessment::inspection::store::place(tx, &Assignment { sheet: sheet.id, layer: Layer::Acceptance, team, cycle, due: None })
                    .await?;
            }
            Ok(((), Event::new("team.create", format!("cycle:{cycle}"))))
        })
        .await
        .unwrap();
        let (mut seen, mut at) = (Vec::new(), "/inspections".to_owned());
        for rows in [50, 10] {
            let body = s.app.get(&inspector, &at).await.body;
            let mut here: Vec<(usize, String)> =
                codes.iter().filter_map(|code| Some((body.find(&format!("支部{code}"))?, code.clone()))).collect();
            here.sort();
            assert_eq!(here.len(), rows, "{body}");
            seen.extend(here.into_iter().map(|(_, code)| code));
            let next = body.split("href=\"/inspections?after=").nth(1).and_then(|rest| rest.split('"').next());
            at = format!("/inspections?after={}", next.unwrap_or_default());
        }
        seen.reverse();
        assert_eq!(seen, codes, "each once, in the order of the codes");
        assert!(at.ends_with('='), "the last page leads nowhere");
    })
    .await;
}

/// An inspector of this name.
async fn inspector(s: &Stage, login: &str, name: &str) -> AccountId {
    let (id, login, name, org, at) = (AccountId::new(), login.to_owned(), name.to_owned(), s.root, Instant::now());
    let by = access::System::command("test");
    let made = audit::change(&s.app.db, &by, async move |tx| {
        access::create(tx, &NewAccount { id, login: &login, name: &name, member: None, code: None }, at).await?;
        let post = PostLine { id: PostId::new(), account: id, role: "inspector".into(), org: Some(org), granted: at };
        access::give_post(tx, &post, "test").await?;
        Ok(((), Event::new("account.create", format!("account:{id}"))))
    });
    made.await.unwrap();
    id
}

#[tokio::test(flavor = "multi_thread")]
async fn a_team_s_members_and_branches_are_named_as_people_know_them_and_of_several_one_is_chosen() {
    on_both(&[], async |db| {
        let s = stage(db).await;
        let founder = s.app.person("committee", None).await;
        let (one, two) = (inspector(&s, "wq1", "王强").await, inspector(&s, "wq2", "王强").await);
        let third = inspector(&s, "lihong7", "李红").await;
        let here = format!("/assess/{}/teams", s.cycle);
        let new = async |inspectors: &str, chosen: &str| {
            let fields = [("layer", "acceptance"), ("name", "一组"), ("inspectors", inspectors), ("inspectors-is", chosen)];
            s.app.post(&s.committee, &here, &fields).await
        };
        let wrong = s.app.post(&s.committee, &here, &[("layer", "self"), ("name", " "), ("inspectors", "赵钱")]).await;
        assert_eq!(wrong.wrong(), ["layer", "name", "inspectors"], "at once");
        assert!(wrong.body.contains("没有找到验收人员“赵钱”"), "{}", wrong.body);
        let asked = new("lihong、王强", "").await;
        assert_eq!(asked.wrong(), ["inspectors"]);
        for shown in ["value=\"李红（lihong7）、王强\"", "name=\"inspectors-is\" value=\"wq1\"", "王强（wq2）</label>"] {
            assert!(asked.body.contains(shown), "{shown}: {}", asked.body);
        }
        assert_eq!(new("李红（lihong7）、王强", "wq2").await.status, StatusCode::SEE_OTHER);
        assert_eq!(new("李红（lihong7）", "").await.wrong(), ["name"], "two of one name cannot be told apart");
        let id = s.cycle;
        let all = s.app.db.read(async move |tx| teams(tx, id).await).await.unwrap();
        let first = all[0].id;
        let sent = s.app.db.read(async move |tx| assessment::inspection::store::members(tx, first).await).await.unwrap();
        assert!(sent.contains(&two) && sent.contains(&third) && !sent.contains(&one), "{sent:?}");

        let (page, team) = (format!("/assess/{id}/assignments"), all[0].id.to_string());
        let give = async |branches: &str, chosen: &str| {
            s.app.post(&s.committee, &page, &[("team", team.as_str()), ("branches", branches), ("branches-is", chosen)]).await
        };
        assert!(give("某某支部", "").await.body.contains("没有找到参评支部“某某支部”"));
        org(&s.app, &founder, "21-2", "第一百支部", "631", "21").await;
        assert_eq!(give("第一百支部", "").await.wrong(), ["branches"], "made after the cycle was opened");
        for said in ["第一支部", "dyzb", "第一支部 21-1", "21-1"] {
            assert_eq!(give(said, "").await.status, StatusCode::SEE_OTHER, "{said}");
        }
        let given: Vec<String> =
            s.app.db.read(async |tx| tx.all("SELECT s.code FROM assignment a JOIN sheet s ON s.id = a.sheet", &[]).await).await.unwrap();
        assert_eq!(given, ["21-1"]);
    })
    .await;
}
