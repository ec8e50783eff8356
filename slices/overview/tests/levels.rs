//! The overview adds up for every level of the tree, and each figure leads to its rows.
#![allow(clippy::restriction, reason = "in a test, what is missing is a failure")]
use kernel::OrgId;
use testkit::{Person, TestApp, on_both};
use web::{Shared, StatusCode};

async fn app(db: db::Db) -> TestApp {
    let suppliers = facts::Suppliers::new(vec![Box::new(members::Register), Box::new(assessment::result::History)]);
    let calendar = calendar::Calendar::parse(include_str!("../../../content/calendars/holidays.csv")).unwrap();
    let slices =
        vec![organisations::slice(), members::slice(), standards::slice(), rectification::slice(), assessment::slice(), overview::slice()];
    let app = TestApp::new(db, slices, &[], Shared::default().with(suppliers).with(calendar)).await;
    standards::seed(&app.db).await.unwrap();
    app
}

async fn org(app: &TestApp, founder: &Person, code: &str, kind: &str, category: &str, parent: &str) -> OrgId {
    let fields = [("code", code), ("name", code), ("type", kind), ("category", category), ("parent_code", parent)];
    let answer = app.post(founder, "/orgs", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    OrgId::parse(answer.location.rsplit('/').next().unwrap()).unwrap()
}

/// The addresses a page links to that begin so.
fn links(body: &str, start: &str) -> Vec<String> {
    let all = body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    all.filter(|l| l.starts_with(start)).map(|l| l.replace("&#38;", "&").replace("&amp;", "&")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_level_opens_below_the_one_above_and_its_figures_lead_to_their_rows() {
    on_both(&[], async |db| {
        let app = app(db).await;
        let founder = app.person("committee", None).await;
        let root = org(&app, &founder, "21", "611", "", "").await;
        org(&app, &founder, "2107", "611", "", "21").await;
        org(&app, &founder, "2107-U", "611", "", "2107").await;
        for (code, category) in [("2107-U-B", "窗口"), ("2107-U-A", "机关"), ("2107-U-C", "机关")] {
            org(&app, &founder, code, "631", category, "2107-U").await;
        }
        let committee = app.person("committee", Some(root)).await;
        let scheme = standards::schemes::newest(&app.db, "LN-JG-27").await.unwrap().to_string();
        let fields = [("scheme", scheme.as_str()), ("year", "2026"), ("root", "21"), ("self_until", "2026-12-20")];
        let opened = app.post(&committee, "/assess", &fields).await;
        assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.body);
        while figures::fold(&app.db).await.unwrap() > 0 {}

        let mut body = app.get(&committee, "/overview").await.body;
        assert!(body.contains("2107</a>") && !body.contains("2107-U</a>"), "only the level below is shown at first");
        for (shown, hidden) in [("2107-U</a>", "2107-U-A</a>"), ("2107-U-A</a>", "--none--")] {
            // The last of the opening links belongs to the lowest level shown.
            let open = links(&body, "/overview?cycle=").pop().unwrap();
            body = app.get(&committee, &open).await.body;
            assert!(body.contains(shown) && !body.contains(hidden), "{open}: {shown}");
        }
        let place = |code: &str| body.find(&format!("{code}</a>")).unwrap();
        assert!(place("2107-U-A") < place("2107-U-B") && place("2107-U-B") < place("2107-U-C"), "in the order of codes");

        let rows = links(&body, "/assess/").into_iter().filter(|l| l.contains("under=") && !l.contains("category=")).collect::<Vec<_>>();
        let branch = app.get(&committee, rows.last().unwrap()).await.body;
        assert!(branch.contains("2107-U-C</a>") && !branch.contains("2107-U-A</a>"), "a branch's figure leads to its sheet alone");
        let category = links(&body, "/assess/").into_iter().find(|l| l.contains("category=%E7%AA%97")).unwrap();
        let category = app.get(&committee, &category).await.body;
        assert!(category.contains("2107-U-B</a>") && !category.contains("2107-U-A</a>"), "a category's figure leads to its sheets");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_units_of_three_are_shown_beside_each_other_and_added_up_and_every_figure_leads_to_its_rows() {
    on_both(&[], async |db| {
        let app = app(db).await;
        let founder = app.person("committee", None).await;
        org(&app, &founder, "21", "611", "", "").await;
        let mut units = Vec::new();
        for unit in ["21-A", "21-B", "21-C"] {
            units.push(org(&app, &founder, unit, "621", "", "21").await);
        }
        for (code, category, unit) in
            [("21-A-1", "窗口", "21-A"), ("21-A-2", "机关", "21-A"), ("21-B-1", "机关", "21-B"), ("21-C-1", "机关", "21-C")]
        {
            org(&app, &founder, code, "631", category, unit).await;
        }
        let scheme = standards::schemes::newest(&app.db, "LN-JG-27").await.unwrap().to_string();
        let fields = [("scheme", scheme.as_str()), ("year", "2026"), ("root", "21"), ("self_until", "2026-12-20")];
        let opened = app.post(&founder, "/assess", &fields).await;
        assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.body);
        while figures::fold(&app.db).await.unwrap() > 0 {}
        let deputy = app.person("deputy", Some(units[2])).await;
        app.also(&deputy, "deputy", units[0]).await;

        let body = app.get(&deputy, "/overview").await.body;
        let shows = |code: &str| body.contains(&format!("{code}</a>"));
        assert_eq!((shows("21-A"), shows("21-B"), shows("21-C"), shows("21-A-1")), (true, false, true, false));
        assert!(body.contains("我的各组织合计") && body.contains("<div class=\"v\">3</div>"), "three branches together: {body}");
        // Every link of the page opens for this reader, and shows nothing of the third unit.
        let of_branches = |body: &str| ["21-A-1", "21-A-2", "21-B-1", "21-C-1"].map(|code| body.contains(&format!("{code}</a>")));
        let sheets = links(&body, "/assess/");
        for link in sheets.iter().chain(&links(&body, "/problems?")) {
            let answer = app.get(&deputy, link).await;
            assert_eq!((answer.status, of_branches(&answer.body)[2]), (StatusCode::OK, false), "{link}");
        }
        let (whole, one) = (sheets.iter().find(|l| l.contains(',')).unwrap(), sheets.iter().rfind(|l| l.contains("under=/")).unwrap());
        assert_eq!(of_branches(&app.get(&deputy, whole).await.body), [true, true, false, true]);
        assert_eq!(of_branches(&app.get(&deputy, one).await.body), [false, false, false, true], "{one}");
        let category = sheets.iter().find(|l| l.contains("category=%E6%9C%BA")).unwrap();
        assert_eq!(of_branches(&app.get(&deputy, category).await.body), [false, true, false, true], "a category of both");
        // Either opens, and shuts again.
        let open = links(&body, "/overview?cycle=");
        let first = app.get(&deputy, &open[0]).await.body;
        assert_eq!(of_branches(&first), [true, true, false, false]);
        let shut = links(&first, "/overview?cycle=").remove(0);
        assert_eq!(of_branches(&app.get(&deputy, &shut).await.body), [false; 4]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_level_longer_than_a_page_is_shown_page_by_page_and_its_sums_stay_those_of_the_whole() {
    on_both(&[], async |db| {
        let app = app(db).await;
        let founder = app.person("committee", None).await;
        org(&app, &founder, "21", "611", "", "").await;
        for n in 1..=53 {
            // The 52nd is no branch: something stands below it.
            org(&app, &founder, &format!("21-{n:03}"), if n == 52 { "621" } else { "631" }, "", "21").await;
        }
        org(&app, &founder, "21-052-1", "631", "", "21-052").await;
        let scheme = standards::schemes::newest(&app.db, "LN-JG-27").await.unwrap().to_string();
        let fields = [("scheme", scheme.as_str()), ("year", "2026"), ("root", "21"), ("self_until", "2026-12-20")];
        let opened = app.post(&founder, "/assess", &fields).await;
        assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.body);
        while figures::fold(&app.db).await.unwrap() > 0 {}

        let shown = |body: &str| {
            let codes = body.split("</a>").filter_map(|part| part.rsplit_once('>')).map(|(_, text)| text.to_owned());
            codes.filter(|text| text.starts_with("21-")).collect::<Vec<_>>()
        };
        let codes = |from: usize, to: usize| (from..=to).map(|n| format!("21-{n:03}")).collect::<Vec<_>>();
        let get = async |address: &str| {
            let body = app.get(&founder, address).await.body;
            assert!(body.contains("<div class=\"v\">53</div>"), "the sums are those of the whole level: {address}");
            if let Some((_, level)) = address.split_once('#') {
                assert!(body.contains(&format!("<tr id=\"{level}\"")), "the address leads to the level: {address}");
            }
            let lines = links(&body, "/overview?cycle=");
            (shown(&body), lines)
        };
        let (first, ways) = get("/overview").await;
        assert_eq!((first, ways.len()), (codes(1, 50), 1), "one way on, none back");
        assert!(ways[0].ends_with("#level-1"), "not to the top of the page: {ways:?}");
        let (second, ways) = get(&ways[0]).await;
        assert_eq!(second, codes(51, 53));
        let [beginning, opens] = ways.as_slice() else { panic!("back to the beginning, and open the 52nd: {ways:?}") };
        assert_eq!(get(beginning).await.0, codes(1, 50));
        // What is opened keeps its level where it was, and so does closing it.
        let (open, ways) = get(opens).await;
        assert_eq!(open, ["21-052", "21-052-1", "21-053"]);
        assert_eq!(get(&ways[1]).await.0, codes(52, 53));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_english_page_keeps_the_names_it_offers_to_open_apart_from_its_own_words() {
    on_both(&[], async |db| {
        let app = app(db).await;
        let founder = app.person("committee", None).await;
        org(&app, &founder, "21", "611", "", "").await;
        let city = [("code", "2107"), ("name", "锦州市"), ("type", "611"), ("category", ""), ("parent_code", "21")];
        assert_eq!(app.post(&founder, "/orgs", &city).await.status, StatusCode::SEE_OTHER);
        org(&app, &founder, "2107-1", "631", "", "2107").await;
        let scheme = standards::schemes::newest(&app.db, "LN-JG-27").await.unwrap().to_string();
        let fields = [("scheme", scheme.as_str()), ("year", "2026"), ("root", "21"), ("self_until", "2026-12-20")];
        assert_eq!(app.post(&founder, "/assess", &fields).await.status, StatusCode::SEE_OTHER);
        while figures::fold(&app.db).await.unwrap() > 0 {}
        let reader = app.person("committee", None).await.speaking("en");
        for page in ["/overview", "/orgs?view=tree"] {
            let body = app.get(&reader, page).await.body;
            assert!(body.contains("Open <span lang=\"zh-CN\">锦州市</span>"), "{page}: {body}");
            let labels: Vec<&str> = body.split("aria-label=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            assert!(!labels.iter().any(|label| label.contains("锦州")), "an attribute cannot be marked: {labels:?}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_overview_of_a_running_year_counts_the_stars_branches_have_by_themselves_and_each_leads_to_its_rows() {
    on_both(&[], async |db| {
        let app = app(db).await;
        let founder = app.person("committee", None).await;
        let root = org(&app, &founder, "21", "611", "", "").await;
        let branch = org(&app, &founder, "21-1", "631", "", "21").await;
        let scheme = standards::schemes::newest(&app.db, "LN-JG-27").await.unwrap().to_string();
        let fields = [("scheme", scheme.as_str()), ("year", "2026"), ("root", "21"), ("self_until", "2026-12-20")];
        let opened = app.post(&founder, "/assess", &fields).await;
        let cycle = kernel::CycleId::parse(opened.location.rsplit('/').next().unwrap()).unwrap();
        let path = tree::path(&app.db, branch).await.unwrap().unwrap();
        let moved = async |before: Option<i64>, now: i64| {
            let path = path.clone();
            let by = access::System::command("test");
            let unit = audit::change(&app.db, &by, async move |tx| {
                assessment::sheet::counted::restarred(tx, cycle, &path, before, now).await?;
                Ok(((), audit::Event::new("sheet.move", format!("cycle:{cycle}"))))
            });
            unit.await.unwrap();
            while figures::fold(&app.db).await.unwrap() > 0 {}
            app.get(&founder, "/overview").await.body
        };
        let stars = |body: &str| {
            let table = body.split_once("星级分布").map_or("", |(_, rest)| rest).split("</section>").next().unwrap_or_default().to_owned();
            let rows = links(&table, "/assess/").into_iter().filter(|l| l.contains("star="));
            let numbers =
                table.split("<td class=\"num\"").skip(1).map(|td| td.split("</a>").next().unwrap().rsplit('>').next().unwrap().to_owned());
            (
                table.contains("按此测算"),
                rows.zip(numbers).map(|(l, n)| (l.split("star=").nth(1).unwrap()[..1].to_owned(), n)).collect::<Vec<_>>(),
            )
        };
        assert!(!app.get(&founder, "/overview").await.body.contains("星级分布"), "nobody has one yet");
        for (before, now) in [(None, 3), (Some(3), 5)] {
            let body = moved(before, now).await;
            let (marked, counted) = stars(&body);
            assert!(marked && !counted.is_empty(), "{body}");
            for (star, n) in counted {
                assert_eq!(n == "1", star == now.to_string(), "{star}: {n}");
            }
            let rows = links(&body, "/assess/").into_iter().find(|l| l.contains("star=")).unwrap();
            assert_eq!(app.get(&founder, &rows).await.status, StatusCode::OK, "{rows}");
        }
        let unit = tree::path(&app.db, root).await.unwrap().unwrap();
        let body = app.get(&founder, &format!("/overview?cycle={cycle}&open={unit}")).await.body;
        let open = body.split_once("21的星级：").map_or("", |(_, rest)| rest).split("</p>").next().unwrap();
        assert_eq!(open.matches(">1</a>").count(), 1, "{body}");
        let by = access::System::command("test");
        let publicised = audit::change(&app.db, &by, async move |tx| {
            let now = assessment::cycle::store::any(tx, cycle).await?;
            let step = assessment::cycle::store::Step { day: now.opened, at: kernel::Instant::now(), by: "test", reason: "" };
            assessment::cycle::store::set_phase(tx, &now, assessment::cycle::phase::Phase::Publicity, &step).await?;
            Ok(((), audit::Event::new("cycle.advance", format!("cycle:{cycle}"))))
        });
        publicised.await.unwrap();
        let body = app.get(&founder, "/overview").await.body;
        let (_, counted) = stars(&body);
        assert!(counted.is_empty(), "what is in public takes the quotas into account: {counted:?}");
        assert!(links(&body, "/assess/").contains(&format!("/assess/{cycle}/publicity")), "{body}");
    })
    .await;
}
