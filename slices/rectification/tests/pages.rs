//! Problems through the whole router, on both engines.
mod ground;

use ground::Ground;
use testkit::on_both;
use web::StatusCode;

#[tokio::test(flavor = "multi_thread")]
async fn a_secretary_works_from_the_board_and_takes_a_step_back_and_the_deputy_closes() {
    on_both(&[], async |db| {
        let g = Ground::new(db).await;
        let branch = g.branch("A-1").await;
        let (secretary, deputy) = (g.app.person("secretary", Some(branch)).await, g.app.person("deputy", Some(g.unit)).await);
        let id = g.open(branch, "A1").await;
        let board = g.app.get(&secretary, "/problems").await;
        assert_eq!(board.status, StatusCode::OK, "{}", board.body);
        assert!(board.body.contains("指标A1") && board.body.contains(&format!("/problems/{id}/work")));
        assert!(board.body.contains("A1 缺表决记录"), "what is wrong, and not only the indicator: {}", board.body);
        assert!(g.app.get(&secretary, "/problems?view=list").await.body.contains("A1 缺表决记录"));
        assert!(g.app.get(&secretary, &format!("/problems/{id}")).await.body.contains("每个 20 MB 以内"), "before a file is chosen");
        assert!(board.body.contains(&format!("期限 {}", g.one(id).await.due)), "a card says the day beside what is left of it");
        let started = g.app.post(&secretary, &format!("/problems/{id}/work"), &[]).await;
        assert_eq!((started.status, started.location.as_str()), (StatusCode::SEE_OTHER, format!("/problems/{id}").as_str()));
        assert_eq!(g.app.post(&secretary, &format!("/problems/{id}/undo"), &[]).await.status, StatusCode::SEE_OTHER);
        assert!(g.app.get(&secretary, &format!("/problems/{id}")).await.body.contains("撤销上一步"));
        g.app.post(&secretary, &format!("/problems/{id}/work"), &[]).await;
        let late = g.app.post(&secretary, &format!("/problems/{id}/measure"), &[("measure", "补开支委会"), ("due", "2027-12-31")]).await;
        assert_eq!((late.status, late.body.contains("补开支委会")), (StatusCode::UNPROCESSABLE_ENTITY, true));
        let empty = g.app.post(&secretary, &format!("/problems/{id}/closure"), &[("closing", " ")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        let photo =
            g.app.upload(&secretary, &format!("/problems/{id}/evidence"), &[], &[("file", "记录.txt", b"minutes of the meeting")]).await;
        assert_eq!(photo.status, StatusCode::SEE_OTHER, "{}", photo.body);
        let handed = g.app.post(&secretary, &format!("/problems/{id}/closure"), &[("closing", "已补开")]).await;
        assert_eq!(handed.status, StatusCode::SEE_OTHER);
        assert_eq!(g.app.post(&secretary, &format!("/problems/{id}/verification"), &[]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(g.app.post(&deputy, &format!("/problems/{id}/verification"), &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(g.app.post(&deputy, &format!("/problems/{id}/verification"), &[]).await.status, StatusCode::CONFLICT);
        let closed = g.app.get(&secretary, "/problems?f=closed").await.body;
        assert!(closed.contains("A-1-2026-0001") && closed.contains("已销号"));
        assert!(audit::verify(&g.app.db).await.unwrap().is_ok());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_problem_whose_reason_begins_with_its_title_says_each_once() {
    on_both(&[], async |db| {
        let g = Ground::new(db).await;
        let branch = g.branch("A-1").await;
        let secretary = g.app.person("secretary", Some(branch)).await;
        // Their title is 指标 with the item.
        let page = async |item: &str, text: &str| {
            let id = g.open_saying(branch, item, text).await;
            g.app.get(&secretary, &format!("/problems/{id}")).await.body
        };
        for (item, text) in [("A1", "指标A1：缺表决记录"), ("A2", "指标A2 缺表决记录"), ("A3", "缺表决记录")] {
            assert!(page(item, text).await.contains("<p lang=\"zh-CN\">缺表决记录</p>"), "{text}");
        }
        assert!(page("A4", "指标A4表决记录不全").await.contains("<p lang=\"zh-CN\">指标A4表决记录不全</p>"), "another word");
        assert!(!page("A5", "指标A5").await.contains("<p lang=\"zh-CN\">"), "nothing more is said");
        for list in ["/problems", "/problems?view=list"] {
            let shown = g.app.get(&secretary, list).await.body;
            assert!(!shown.contains("指标A1：") && !shown.contains("指标A2 缺"), "{list}: {shown}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_s_own_branch_is_seen_the_sibling_s_is_missing_and_a_moved_branch_goes_with_its_new_unit() {
    on_both(&[], async |db| {
        let g = Ground::new(db).await;
        let (own, other) = (g.branch("A-1").await, g.branch("B-1").await);
        let (mine, theirs) = (g.open(own, "A1").await, g.open(other, "A1").await);
        let secretary = g.app.person("secretary", Some(own)).await;
        let (a, b) = (g.app.person("deputy", Some(g.unit)).await, g.app.person("deputy", Some(g.sibling)).await);
        let committee = g.app.person("committee", None).await;
        let sees = async |who: &testkit::Person| {
            let list = g.app.get(who, "/problems?view=list").await.body;
            let api = g.app.api(who, axum::http::Method::GET, "/api/v1/problems", None).await.body;
            let mut seen = Vec::new();
            for id in [mine, theirs] {
                let listed = list.contains(&id.to_string());
                assert_eq!(listed, api.contains(&id.to_string()), "page and API show the same");
                let page = g.app.get(who, &format!("/problems/{id}")).await.status;
                assert_eq!(listed, page == StatusCode::OK);
                assert!(listed || page == StatusCode::NOT_FOUND);
                seen.push(listed);
            }
            seen
        };
        assert_eq!(sees(&secretary).await, [true, false]);
        assert_eq!(sees(&a).await, [true, false]);
        assert_eq!(sees(&b).await, [false, true]);
        assert_eq!(sees(&committee).await, [true, true]);
        let typed = g.app.get(&secretary, "/problems/A-1-2026-0001").await;
        assert_eq!((typed.status, typed.location), (StatusCode::SEE_OTHER, format!("/problems/{mine}")), "as it stands on paper");
        for number in ["B-1-2026-0001", "A-1-2026-0009"] {
            assert_eq!(g.app.get(&secretary, &format!("/problems/{number}")).await.status, StatusCode::NOT_FOUND, "{number}");
        }
        let beyond = g.app.get(&secretary, &format!("/problems?org={other}")).await.status;
        assert_eq!(beyond, StatusCode::NOT_FOUND);
        assert_eq!(g.app.post(&b, &format!("/problems/{mine}/verification"), &[]).await.status, StatusCode::NOT_FOUND);
        let moved = [("parent_code", "B"), ("day", "2026-06-15")];
        assert_eq!(g.app.post(&committee, &format!("/orgs/{own}/place"), &moved).await.status, StatusCode::SEE_OTHER);
        assert_eq!(sees(&a).await, [false, false]);
        assert_eq!(sees(&b).await, [true, true]);
        g.figures_are_a_recount(g.cycle).await;
    })
    .await;
}

/// The overview's figures count where branches stood when the cycle opened.
#[tokio::test(flavor = "multi_thread")]
async fn a_figure_s_list_says_how_many_of_its_problems_have_left_the_reader_s_reach() {
    on_both(&[], async |db| {
        let g = Ground::new(db).await;
        let (stays, goes) = (g.branch("A-1").await, g.branch("A-2").await);
        for item in ["A1", "A2", "A3"] {
            g.open(goes, item).await;
        }
        g.open(stays, "A1").await;
        g.open(goes, "B1").await;
        g.withdraw(goes, "B1", "复检还分").await;
        let (old, new) = (g.app.person("deputy", Some(g.unit)).await, g.app.person("deputy", Some(g.sibling)).await);
        let committee = g.app.person("committee", Some(g.root)).await;
        let place = tree::path(&g.app.db, g.unit).await.unwrap().unwrap();
        let other = tree::path(&g.app.db, g.sibling).await.unwrap().unwrap();
        let body = async |who: &testkit::Person, view: &str, f: &str, under: &str| {
            g.app.get(who, &format!("/problems?view={view}&f={f}&cycle={}&under={under}", g.cycle)).await.body
        };
        let says = "已转到您的范围以外";
        assert!(!body(&old, "list", "open", place.as_str()).await.contains(says), "nobody has moved yet");
        let moved = [("parent_code", "B"), ("day", "2026-06-15")];
        assert_eq!(g.app.post(&committee, &format!("/orgs/{goes}/place"), &moved).await.status, StatusCode::SEE_OTHER);
        for view in ["list", "board"] {
            let shown = body(&old, view, "open", place.as_str()).await;
            assert!(shown.contains("有 3 个所在的支部已转到您的范围以外") && shown.contains(" 1</a>"), "{view}: {shown}");
        }
        let without = format!("/problems?view=list&cycle={}", g.cycle);
        for (why, shown) in [
            ("nothing of the filter is missing", body(&old, "list", "closed", place.as_str()).await),
            ("who sees both sees all", body(&committee, "list", "open", place.as_str()).await),
            ("it came from elsewhere", body(&new, "list", "open", other.as_str()).await),
            ("of others' places nothing is told", body(&new, "list", "open", place.as_str()).await),
            ("no figure led here", g.app.get(&old, &without).await.body),
        ] {
            assert!(!shown.contains(says), "{why}: {shown}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_list_is_paged_without_gaps_and_exported_as_the_filter_shows_it() {
    on_both(&[], async |db| {
        let g = Ground::new(db).await;
        let branch = g.branch("A-1").await;
        let committee = g.app.person("committee", None).await;
        for i in 0..120 {
            // Ten problems share each due date: the keyset has to go on within a date.
            g.open_on(branch, &format!("X{i:03}"), g.today().plus_days(-i64::from(i / 10)), 20).await;
        }
        let (mut path, mut seen) = ("/problems?view=list".to_owned(), Vec::new());
        loop {
            let body = g.app.get(&committee, &path).await.body;
            let numbers = body.match_indices("A-1-2026-").map(|(at, _)| body[at..at + 13].to_owned());
            seen.extend(numbers.collect::<std::collections::BTreeSet<_>>());
            let Some(at) = body.find("after=") else { break };
            let end = at + body[at..].find('"').unwrap();
            path = format!("/problems?view=list&{}", &body[at..end]);
        }
        let once: std::collections::BTreeSet<_> = seen.iter().collect();
        assert_eq!((seen.len(), once.len()), (120, 120));
        let csv = g.app.get(&committee, "/problems/export?format=csv&f=open").await;
        assert_eq!((csv.status, csv.body.lines().count()), (StatusCode::OK, 121));
        let none = g.app.get(&committee, "/problems/export?format=csv&f=closed").await;
        assert_eq!(none.body.lines().count(), 1);
        let xlsx = g.app.get(&committee, "/problems/export?format=xlsx").await;
        assert!(xlsx.bytes.starts_with(b"PK"));
        assert!(g.app.get(&committee, "/problems").await.body.contains("120"), "columns say how many there are, not how many are shown");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn owners_are_reminded_once_a_day_and_the_answer_says_who_was_not() {
    on_both(&[], async |db| {
        let g = Ground::new(db).await;
        let branch = g.branch("A-1").await;
        let (deputy, secretary) = (g.app.person("deputy", Some(g.unit)).await, g.app.person("secretary", Some(branch)).await);
        let (first, second) = (g.open(branch, "A1").await.to_string(), g.open(branch, "B2").await.to_string());
        assert_eq!(g.app.post(&secretary, "/problems/reminders", &[("no", &first)]).await.status, StatusCode::FORBIDDEN);
        let ask = async |query: &str| g.app.get(&deputy, &format!("/problems/reminders?{query}")).await.body;
        assert!(ask("").await.contains("还没有选问题"));
        let elsewhere = g.branch("A-2").await;
        let stranger = g.app.person("deputy", Some(elsewhere)).await;
        assert_eq!(g.app.get(&stranger, &format!("/problems/reminders?no={first}")).await.status, StatusCode::NOT_FOUND);
        let before = ask(&format!("no={first}&no={second}")).await;
        assert!(before.contains("将提醒 2 个问题的责任人。") && before.matches("发出提醒").count() == 2, "{before}");
        let one = g.app.post(&deputy, "/problems/reminders", &[("no", &first)]).await;
        assert!(one.cookies.iter().any(|c| c.contains("problem-reminded") && !c.contains("some")), "{:?}", one.cookies);
        let again = ask(&format!("no={first}&no={second}")).await;
        assert!(again.contains("将提醒 1 个问题的责任人，1 个不提醒。") && again.contains("今天已提醒过"), "{again}");
        let both = g.app.post(&deputy, "/problems/reminders", &[("no", &first), ("no", &second)]).await;
        assert!(both.cookies.iter().any(|c| c.contains("problem-reminded-some")), "{:?}", both.cookies);
        let events: Vec<String> = g.app.db.lookup("SELECT body FROM event WHERE action = 'problem.remind' ORDER BY at", &[]).await.unwrap();
        assert!(events[1].contains("\"numbers\":\"A-") && events[1].matches("A-").count() == 2, "which problems: {events:?}");
        let caller = g.grant::<rectification::ProblemRead>(&secretary).await.caller().clone();
        let told = g.app.db.read(async move |tx| inbox::notices(tx, &caller, 9).await).await.unwrap();
        assert_eq!(told.len(), 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_no_account_is_not_said_to_have_been_reminded() {
    on_both(&[], async |db| {
        let g = Ground::new(db).await;
        let branch = g.branch("A-1").await;
        let deputy = g.app.person("deputy", Some(g.unit)).await;
        let id = g.open(branch, "A1").await.to_string();
        let before = g.app.get(&deputy, &format!("/problems/reminders?no={id}")).await.body;
        assert!(before.contains("该办理的人都没有账号") && !before.contains("btn-main"), "{before}");
        let sent = g.app.post(&deputy, "/problems/reminders", &[("no", &id)]).await;
        assert!(sent.cookies.iter().any(|c| c.contains("problem-reminded-some")), "{:?}", sent.cookies);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_to_be_verified_is_the_verifier_s_to_be_reminded_of_and_the_list_comes_back_as_it_was() {
    on_both(&[], async |db| {
        let g = Ground::new(db).await;
        let branch = g.branch("A-1").await;
        let (secretary, deputy) = (g.app.person("secretary", Some(branch)).await, g.app.person("deputy", Some(g.unit)).await);
        let committee = g.app.person("committee", Some(g.root)).await;
        let id = g.open(branch, "A1").await.to_string();
        for (step, fields) in [("work", vec![]), ("closure", vec![("closing", "已补开")])] {
            let photo = [("file", "记录.txt", b"minutes".as_slice())];
            if step == "closure" {
                g.app.upload(&secretary, &format!("/problems/{id}/evidence"), &[], &photo).await;
            }
            assert_eq!(g.app.post(&secretary, &format!("/problems/{id}/{step}"), &fields).await.status, StatusCode::SEE_OTHER, "{step}");
        }
        let list = "/problems?view=list&f=open&cycle=&org=";
        let sent = g.app.post(&committee, "/problems/reminders", &[("no", &id), ("list", list)]).await;
        assert_eq!(sent.location, "/problems?view=list&f=open&org=&cycle=");
        let away = g.app.post(&committee, "/problems/reminders", &[("no", &id), ("list", "https://elsewhere/")]).await;
        assert_eq!(away.location, "/problems?view=list&f=open");
        for (who, n) in [(&secretary, 0), (&deputy, 1)] {
            let caller = g.grant::<rectification::ProblemRead>(who).await.caller().clone();
            let told = g.app.db.read(async move |tx| inbox::notices(tx, &caller, 9).await).await.unwrap();
            assert_eq!(told.iter().filter(|t| t.key == "notice-problem-remind-verify").count(), n);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_does_what_the_page_does_under_the_same_permissions() {
    on_both(&[], async |db| {
        let g = Ground::new(db).await;
        let branch = g.branch("A-1").await;
        let (secretary, deputy) = (g.app.person("secretary", Some(branch)).await, g.app.person("deputy", Some(g.unit)).await);
        let id = g.open(branch, "A1").await;
        let post = async |who: &testkit::Person, step: &str, body: serde_json::Value| {
            g.app.api(who, axum::http::Method::POST, &format!("/api/v1/problems/{id}/{step}"), Some(body)).await
        };
        assert_eq!(post(&secretary, "work", serde_json::json!({})).await.status, StatusCode::OK);
        let plan = serde_json::json!({"owner": "某人", "measure": "补开", "due": "2026-06-20"});
        assert!(post(&secretary, "measure", plan).await.body.contains("2026-06-20"));
        assert_eq!(post(&secretary, "closure", serde_json::json!({})).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(post(&secretary, "closure", serde_json::json!({"text": "已改"})).await.status, StatusCode::OK);
        assert_eq!(post(&secretary, "verification", serde_json::json!({})).await.status, StatusCode::FORBIDDEN);
        let back = post(&deputy, "return", serde_json::json!({"text": "缺签名"})).await;
        assert!(back.body.contains("\"returned\""), "{}", back.body);
        post(&secretary, "closure", serde_json::json!({"text": "已补签"})).await;
        assert!(post(&deputy, "verification", serde_json::json!({})).await.body.contains("\"closed\""));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_of_the_cycle_keeps_its_problems_when_a_branch_moves_as_its_figures_do() {
    on_both(&[], async |db| {
        let g = Ground::new(db).await;
        let (moves, stays) = (g.branch("A-1").await, g.branch("B-1").await);
        let (moved, stayed) = (g.open(moves, "A1").await, g.open(stays, "A1").await);
        let (committee, deputy) = (g.app.person("committee", None).await, g.app.person("deputy", Some(g.sibling)).await);
        let place = async |org: kernel::OrgId| tree::path(&g.app.db, org).await.unwrap().unwrap().to_string();
        let (a, b) = (place(g.unit).await, place(g.sibling).await);
        let moving =
            g.app.post(&committee, &format!("/orgs/{moves}/place"), &[("parent_code", "B"), ("day", &g.today().to_string())]).await;
        assert_eq!(moving.status, StatusCode::SEE_OTHER, "{}", moving.body);
        let shows = async |who: &testkit::Person, under: &str| {
            let query = format!("cycle={}&under={under}", g.cycle);
            let body = g.app.get(who, &format!("/problems?view=list&{query}")).await.body;
            let csv = g.app.get(who, &format!("/problems/export?format=csv&{query}")).await.body;
            assert_eq!(
                (body.contains("A-1-2026-0001"), body.contains("B-1-2026-0001")),
                (csv.contains("A-1-2026-0001"), csv.contains("B-1-2026-0001"))
            );
            [moved, stayed].map(|id| body.contains(&format!("/problems/{id}")))
        };
        assert_eq!((shows(&committee, &a).await, shows(&committee, &b).await), ([true, false], [false, true]));
        assert_eq!(shows(&deputy, &a).await, [true, false], "whoever the branch has moved to reads it where it stands in the cycle");
        assert_eq!(g.app.get(&committee, "/problems?cycle=x&under=y").await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

/// The mark that the form at `action` carries.
fn mark(page: &str, action: &str) -> String {
    let form = page.split("<form").skip(1).find(|f| f.contains(&format!("{action}\""))).unwrap_or_default();
    form.split("name=\"seen\" value=\"").nth(1).and_then(|f| f.split('"').next()).unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_sets_a_measure_from_a_form_opened_before_another_s_is_shown_both() {
    on_both(&[], async |db| {
        let g = Ground::new(db).await;
        let branch = g.branch("A-1").await;
        let secretary = g.app.person("secretary", Some(branch)).await;
        let page = format!("/problems/{}", g.open(branch, "A1").await);
        g.app.post(&secretary, &format!("{page}/work"), &[]).await;
        let opened = mark(&g.app.get(&secretary, &page).await.body, "/measure");
        let plan = async |measure: &str, seen: &str| {
            g.app.post(&secretary, &format!("{page}/measure"), &[("owner", ""), ("measure", measure), ("due", ""), ("seen", seen)]).await
        };
        assert_eq!(plan("措施甲", &opened).await.status, StatusCode::SEE_OTHER);
        let late = plan("措施乙", &opened).await;
        assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
        assert!(late.body.contains("措施 措施甲，期限") && late.body.contains(">措施乙</textarea>"), "{}", late.body);
        assert_eq!(plan("措施乙", &mark(&late.body, "/measure")).await.status, StatusCode::SEE_OTHER);
        assert!(g.app.get(&secretary, &page).await.body.contains("措施乙"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_timeline_says_from_what_to_what_and_a_date_that_only_others_can_move_says_so() {
    on_both(&[], async |db| {
        let g = Ground::new(db).await;
        let branch = g.branch("A-1").await;
        let (secretary, deputy) = (g.app.person("secretary", Some(branch)).await, g.app.person("deputy", Some(g.unit)).await);
        let id = g.open(branch, "A1").await;
        let page = format!("/problems/{id}");
        let plan = async |who, owner: &str, measure: &str, due: &str| {
            g.app.post(who, &format!("{page}/measure"), &[("owner", owner), ("measure", measure), ("due", due)]).await
        };
        assert_eq!(g.app.post(&secretary, &format!("{page}/work"), &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(plan(&secretary, "", "补开支委会", "").await.status, StatusCode::SEE_OTHER);
        assert_eq!(plan(&secretary, "李莉", "补开支委会", "").await.status, StatusCode::SEE_OTHER);
        g.app.clock.set(g.app.clock.today().plus_days(200));
        let (today, later) = (g.app.clock.today(), g.app.clock.today().plus_days(9));
        let over = plan(&secretary, "李莉", "补开支委会", &later.to_string()).await;
        assert_eq!(over.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(over.body.contains("需要延期请上级党组织改") && !over.body.contains("之间"), "{}", over.body);
        assert!(over.body.contains("已经过了；需要延期"), "the hint says the same");
        assert_eq!(plan(&secretary, "李莉", "每周自查", "").await.status, StatusCode::SEE_OTHER, "the date stays as it is");
        assert_eq!(plan(&deputy, "李莉", "每周自查", &later.to_string()).await.status, StatusCode::SEE_OTHER);
        let shown = g.app.get(&secretary, &page).await.body;
        for said in ["整改措施定为“补开支委会”", "责任人由“支部书记”改为“李莉”", "整改措施由“补开支委会”改为“每周自查”"]
        {
            assert!(shown.contains(said), "{said}: {shown}");
        }
        assert!(shown.contains(&format!("改为“{later}”")), "on {today}: {shown}");
    })
    .await;
}
