//! Standards and schemes through the whole router, on both engines.
#![allow(clippy::restriction, reason = "in a test, what is missing is a failure")]
use axum::http::Method;
use testkit::{Answer, TestApp, on_both};
use web::{Shared, StatusCode};

const SCHEME: &str = include_str!("../../../content/schemes/LN-JG-27.toml");

async fn app(db: db::Db) -> TestApp {
    let app = TestApp::new(db, vec![standards::slice()], &[], Shared::default()).await;
    standards::seed(&app.db).await.unwrap();
    app
}

/// The page without its tags, so that a test reads what people read.
fn words(answer: &Answer) -> String {
    assert!(!answer.body.contains('⟦'), "a text is missing: {}", answer.body);
    let main = answer.body.split("<main").nth(1).unwrap_or(&answer.body);
    let mut out = String::new();
    let mut inside = false;
    for c in main.chars() {
        match c {
            '<' => inside = true,
            '>' => (inside, _) = (false, out.push(' ')),
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

async fn events(app: &TestApp) -> i64 {
    app.db.lookup("SELECT COUNT(*) FROM event WHERE action <> 'account.create'", &[]).await.unwrap()[0]
}

#[tokio::test(flavor = "multi_thread")]
async fn s01_the_list_shows_what_was_in_force_on_the_day_asked_for() {
    on_both(&[], async |db| {
        let app = app(db).await;
        let member = app.person("member", None).await;
        let before = words(&app.get(&member, "/standards?on=2018-10-27").await);
        let after = words(&app.get(&member, "/standards?on=2018-10-28").await);
        assert!(!before.contains("中国共产党支部工作条例") && after.contains("中国共产党支部工作条例"), "{after}");
        let all = words(&app.get(&member, "/standards?on=2018-10-27&show=all").await);
        assert!(all.contains("中国共产党支部工作条例") && all.contains("尚未施行"), "{all}");
        let rules = words(&app.get(&member, "/standards?kind=rules").await);
        assert!(rules.contains("发展党员工作细则") && !rules.contains("支部工作条例"), "{rules}");
        let today = words(&app.get(&member, "/standards").await);
        assert_eq!(words(&app.get(&member, "/standards?on=").await), today, "a day that was emptied is today");
        assert_eq!(app.get(&member, "/standards?on=yesterday").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s01_the_tree_shows_every_article_and_says_what_it_is_worth() {
    on_both(&[], async |db| {
        let app = app(db).await;
        let member = app.person("member", None).await;
        let page = app.get(&member, "/standards/REG-ZB").await;
        for n in 1..=37 {
            assert!(page.body.contains(&format!("id=\"a{n}\"")), "{n}");
        }
        let text = words(&page);
        assert!(text.contains("第二十二条 待核对 待核对：只有条号，没有条文。"), "{text}");
        assert!(text.contains("第四条 要点转述，非原文 待核对") && text.contains("见于二手材料，未见原文"), "{text}");
        // The links of a local rule, read backwards.
        assert!(text.contains("落实本条的细则条款： 机关党支部工作细则（样例） 第五条"), "{text}");
        for missing in ["/standards/REG-XX", "/standards/REG-ZB/v/1999", "/standards/条例", "/standards/REG-XX/diff"] {
            assert_eq!(app.get(&member, missing).await.status, StatusCode::NOT_FOUND, "{missing}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s08_a_day_chooses_the_edition_and_two_are_compared_article_by_article() {
    on_both(&[], async |db| {
        let app = app(db).await;
        let member = app.person("member", None).await;
        let before = words(&app.get(&member, "/standards/LN-SZ-XZ?on=2018-11-18").await);
        let after = words(&app.get(&member, "/standards/LN-SZ-XZ?on=2018-11-19").await);
        assert!(before.contains("2016 版") && before.contains("失效前最后一日 2018-11-18"), "{before}");
        assert!(after.contains("2018 版") && after.contains("2018-11-19 起"), "{after}");
        let diff = words(&app.get(&member, "/standards/SAMPLE-XZ/diff?from=2023&to=2025").await);
        assert!(diff.contains("新增 2 条，删除 1 条，修改 3 条，只变条号 2 条，未变 3 条。"), "{diff}");
        assert!(diff.contains("第七条 -- 删除 每个处室设一名党务联络员"), "{diff}");
        let same = words(&app.get(&member, "/standards/SAMPLE-XZ/diff").await);
        assert_eq!(same, diff, "unless asked otherwise the newest against the one before");
        let none = words(&app.get(&member, "/standards/LN-SZ-XZ/diff").await);
        assert!(none.contains("无法对比"), "{none}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s09_articles_show_what_they_carry_out_and_local_ones_are_counted() {
    on_both(&[], async |db| {
        let app = app(db).await;
        let member = app.person("member", None).await;
        let page = words(&app.get(&member, "/standards/SAMPLE-XZ/v/2025").await);
        assert!(page.contains("上位条款： 中国共产党支部工作条例（试行） 第十七条 、 中国共产党支部工作条例（试行） 第十八条"), "{page}");
        assert!(page.contains("全部条文 10 地方特有 5") && page.contains("样例"), "{page}");
        let local = app.get(&member, "/standards/SAMPLE-XZ/v/2025?only=local").await;
        let shown: Vec<bool> = (1..=10).map(|n| local.body.contains(&format!("id=\"a{n}\""))).collect();
        assert_eq!(shown, [true, true, false, false, false, false, false, true, true, true]);
    })
    .await;
}

const TEXT: &str = "某市机关党支部工作规范\n第一章 总则\n第一条 为了检验，制定本规范。\n第二条 适用于本市。\n第三条 自发布之日起施行。\n";
const ABOUT: [(&str, &str); 5] =
    [("title", "某市规范"), ("code", "CITY-GF"), ("version", "2026"), ("kind", "standard"), ("effective_from", "2026-01-01")];

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_text_is_checked_shown_and_only_then_published() {
    on_both(&[], async |db| {
        let app = app(db).await;
        let committee = app.person("committee", None).await;
        let before = events(&app).await;
        let with = |text: &'static str, step: &'static str| [ABOUT.as_slice(), &[("text", text), ("step", step), ("whole", "1")]].concat();
        let gap = "第一条 甲。\n第三条 丙。";
        for step in ["check", "publish"] {
            let refused = app.upload(&committee, "/standards", &with(gap, step), &[]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(words(&refused).contains("错误： 第 2 行：应为第二条，却是第三条，中间有缺。"), "{}", words(&refused));
            assert!(refused.body.contains("第三条 丙。"), "what was typed is shown again");
        }
        let shown = app.upload(&committee, "/standards", &with(TEXT, "check"), &[]).await;
        assert_eq!((shown.status, events(&app).await), (StatusCode::OK, before), "checking changes nothing");
        assert!(words(&shown).contains("发布后的样子 某市规范 3 条") && shown.body.contains("value=\"publish\""), "{}", words(&shown));
        let done = app.upload(&committee, "/standards", &with(TEXT, "publish"), &[]).await;
        assert_eq!((done.status, done.location.as_str()), (StatusCode::SEE_OTHER, "/standards/CITY-GF/v/2026"));
        assert_eq!(events(&app).await, before + 1);
        let page = words(&app.get(&committee, &done.location).await);
        assert!(page.contains("第二条 待核对 适用于本市。"), "{page}");
        let by = page.split("发布 ").nth(1).unwrap_or_default();
        assert!(by.starts_with("20") && by.contains("某人"), "when and by whom: {page}");
        let again = app.upload(&committee, "/standards", &with(TEXT, "publish"), &[]).await;
        assert_eq!((again.status, events(&app).await), (StatusCode::SEE_OTHER, before + 1), "the same again changes nothing");
        let other = app.upload(&committee, "/standards", &with("第一条 另一种。", "publish"), &[]).await;
        assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(words(&other).contains("已经发布，内容不同"), "{}", words(&other));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_goes_before_what_is_pasted_and_bad_files_are_named() {
    on_both(&[], async |db| {
        let app = app(db).await;
        let committee = app.person("committee", None).await;
        let head = "[edition]\ncode = \"T\"\nversion = \"1\"\ntitle = \"文件\"\nkind = \"规范\"\neffective_from = 2026-01-01\n";
        let good = format!("{head}[[article]]\nnumber = 1\ntext = \"甲\"\nhigher = [\"REG-DY:22\"]\n");
        let send = async |content: &[u8]| {
            app.upload(&committee, "/standards", &[("text", "粘贴"), ("step", "check")], &[("file", "a.toml", content)]).await
        };
        let answer = send(good.as_bytes()).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", words(&answer));
        assert!(words(&answer).contains("提醒： 第一条的上位条款 REG-DY:22 待装载"), "{}", words(&answer));
        let nowhere = good.replace("REG-DY:22", "REG-ZB:99");
        let large = vec![b'x'; (512 << 10) + 1];
        for (content, said) in [
            (nowhere.as_bytes(), "第一条的上位条款 REG-ZB:99 不存在"),
            (b"\xd6\xd0\xb9\xfa".as_slice(), "文件不是 UTF-8 编码"),
            (format!("{head}colour = 1\n").as_bytes(), "第 7 行不合 TOML 格式"),
            (&large, "文件应小于 512 KB"),
        ] {
            let answer = send(content).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
            assert!(words(&answer).contains(said), "{said}: {}", words(&answer));
        }
        let nothing = app.upload(&committee, "/standards", &[("text", " "), ("step", "check")], &[]).await;
        assert!(words(&nothing).contains("请选择文件或粘贴正文"), "{}", words(&nothing));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_a_scheme_is_shown_by_six_dimensions_or_five_aspects_both_adding_to_100() {
    on_both(&[], async |db| {
        let app = app(db).await;
        let member = app.person("member", None).await;
        let list = words(&app.get(&member, "/schemes").await);
        assert!(list.contains("LN-JG-27 2025.1 2025-01-01 现行有效"), "{list}");
        for (path, tables, first) in [
            ("/schemes/LN-JG-27/v/2025.1", 6, "A 组织设置规范 12 分"),
            ("/schemes/LN-JG-27/v/2025.1?view=five-aspects", 5, "L 规范班子建设"),
        ] {
            let page = app.get(&member, path).await;
            assert_eq!(page.body.matches("<caption>").count(), tables);
            assert_eq!(page.body.matches("<tr id=\"i").count(), 27);
            let text = words(&page);
            assert!(text.contains(first) && text.contains("合计 100"), "{text}");
        }
        assert_eq!(app.get(&member, "/schemes/LN-JG-27/v/1").await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scheme_is_checked_with_its_findings_and_published_by_a_second_press() {
    on_both(&[], async |db| {
        let app = app(db).await;
        let committee = app.person("committee", None).await;
        let before = events(&app).await;
        let next = SCHEME.replace("version = \"2025.1\"", "version = \"2026.1\"");
        let send = async |text: &str, step: &str| app.upload(&committee, "/schemes", &[("text", text), ("step", step)], &[]).await;
        let checked = send(&next, "check").await;
        assert_eq!((checked.status, events(&app).await), (StatusCode::OK, before));
        assert!(words(&checked).contains("提醒：") && words(&checked).contains("REG-DY:22 待装载"), "{}", words(&checked));
        let wrong = send(&next.replacen("points = 12\n", "points = 13\n", 1), "publish").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(words(&wrong).contains("维度 A 各指标合计 12 分，与该维度的 13 分不符"), "{}", words(&wrong));
        let done = send(&next, "publish").await;
        assert_eq!((done.status, done.location.as_str()), (StatusCode::SEE_OTHER, "/schemes/LN-JG-27/v/2026.1"));
        assert_eq!(events(&app).await, before + 1);
        let page = words(&app.get(&committee, &done.location).await);
        assert!(page.split("发布 ").nth(1).is_some_and(|by| by.starts_with("20")), "when it was published: {page}");
        let other = send(&next.replace("支部设置合规", "支部设置"), "publish").await;
        assert!(words(&other).contains("LN-JG-27 的 2026.1 版已经发布，内容不同"), "{}", words(&other));
        assert_eq!(events(&app).await, before + 1);
        assert!(audit::verify(&app.db).await.unwrap().is_ok());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_signed_in_reads_and_only_the_committee_publishes() {
    on_both(&[], async |db| {
        let app = app(db).await;
        for role in ["secretary", "member", "inspector", "deputy", "reviewer", "audit_administrator"] {
            let person = app.person(role, None).await;
            for page in ["/standards", "/standards/REG-ZB", "/schemes"] {
                assert_eq!(app.get(&person, page).await.status, StatusCode::OK, "{role} {page}");
            }
            for page in ["/standards/new", "/schemes/new"] {
                assert_eq!(app.get(&person, page).await.status, StatusCode::FORBIDDEN, "{role} {page}");
            }
            assert_eq!(app.upload(&person, "/standards", &[("text", TEXT), ("step", "publish")], &[]).await.status, StatusCode::FORBIDDEN);
            assert_eq!(app.upload(&person, "/schemes", &[("text", SCHEME), ("step", "publish")], &[]).await.status, StatusCode::FORBIDDEN);
        }
        assert_eq!(app.get_as_visitor("/standards").await.status, StatusCode::SEE_OTHER);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scheme_is_downloaded_as_a_workbook_and_brought_back_as_the_same_content() {
    on_both(&[], async |db| {
        let shared = Shared::default().with(tabular::Reader::Here);
        let app = TestApp::new(db, vec![standards::slice()], &[], shared).await;
        standards::seed(&app.db).await.unwrap();
        let committee = app.person("committee", None).await;
        let before = events(&app).await;
        let answer = app.get(&committee, "/schemes/LN-JG-27/v/2025.1/workbook").await;
        assert_eq!((answer.status, events(&app).await), (StatusCode::OK, before + 1), "an export is known");
        let file = answer.bytes;
        let checked = app.upload(&committee, "/schemes", &[("text", ""), ("step", "check")], &[("file", "a.xlsx", &file)]).await;
        assert_eq!(checked.status, StatusCode::OK, "{}", words(&checked));
        assert!(words(&checked).contains("共 27 项指标。 可以发布。"), "{}", words(&checked));
        let field = checked.body.split("name=\"sheets\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let sheets = field.replace("&#34;", "\"").replace("&#60;", "<").replace("&#62;", ">").replace("&#39;", "'").replace("&#38;", "&");
        let same = app.upload(&committee, "/schemes", &[("text", ""), ("sheets", &sheets), ("step", "publish")], &[]).await;
        assert_eq!(same.location, "/schemes/LN-JG-27/v/2025.1", "{}", words(&same));
        assert_eq!(events(&app).await, before + 1, "the same content changes nothing");
        let next = sheets.replace("2025.1", "2025.9");
        let new = app.upload(&committee, "/schemes", &[("text", ""), ("sheets", &next), ("step", "publish")], &[]).await;
        assert_eq!(new.location, "/schemes/LN-JG-27/v/2025.9", "{}", words(&new));
        let broken =
            app.upload(&committee, "/schemes", &[("text", ""), ("step", "check")], &[("file", "a.xlsx", b"PK\x03\x04 no zip")]).await;
        assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(events(&app).await, before + 2);
    })
    .await;
}

/// What stands in an English page outside elements marked as Chinese.
fn unmarked(html: &str) -> String {
    let main = html.split("<main").nth(1).unwrap_or(html).split("</main>").next().unwrap_or_default();
    let mut open: Vec<(String, bool)> = Vec::new();
    let mut out = String::new();
    for piece in main.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        let name = tag.split([' ', '/']).find(|n| !n.is_empty()).unwrap_or_default().to_owned();
        if tag.starts_with('/') {
            while open.pop().is_some_and(|(n, _)| n != name) {}
        } else if !["input", "br", "option", "meta", "link", "path", "img"].contains(&name.as_str()) {
            open.push((name, tag.contains("lang=\"zh-CN\"")));
        }
        if !open.iter().any(|(_, chinese)| *chinese) {
            out.push_str(text);
        }
    }
    out.chars().filter(|c| ('\u{4e00}'..'\u{9fff}').contains(c)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn english_pages_mark_the_chinese_of_their_data() {
    assert_eq!(unmarked("<main><p>甲<span lang=\"zh-CN\">乙</span>丙</p></main>"), "甲丙");
    on_both(&[], async |db| {
        let app = app(db).await;
        let committee = app.person("committee", None).await.speaking("en");
        for path in [
            "/standards?show=all",
            "/standards/REG-ZB",
            "/standards/SAMPLE-XZ",
            "/standards/SAMPLE-XZ/diff",
            "/standards/new",
            "/schemes",
            "/schemes/LN-JG-27/v/2025.1",
            "/schemes/LN-JG-27/v/2025.1?view=five-aspects",
            "/schemes/new",
        ] {
            let page = app.get(&committee, path).await;
            words(&page);
            assert!(page.body.contains("<html lang=\"en\""), "{path}");
            assert_eq!(unmarked(&page.body), "", "{path}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_read_the_same_editions_and_schemes() {
    on_both(&[], async |db| {
        let app = app(db).await;
        let member = app.person("member", None).await;
        let get = async |path: &str| -> serde_json::Value {
            let answer = app.api(&member, Method::GET, path, None).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
            serde_json::from_str(&answer.body).unwrap()
        };
        let codes = async |day: &str| get(&format!("/api/v1/standards?on={day}")).await.to_string().contains("REG-ZB");
        assert_eq!((codes("2018-10-27").await, codes("2018-10-28").await), (false, true));
        let sample = get("/api/v1/standards/SAMPLE-XZ/2025").await;
        assert_eq!(sample["article"][6]["higher"], serde_json::json!(["REG-ZB:17", "REG-ZB:18"]));
        assert_eq!((&sample["sample"], &sample["articles"]), (&true.into(), &10.into()));
        assert_eq!(get("/api/v1/schemes/LN-JG-27/2025.1").await["indicators"].as_array().unwrap().len(), 27);
        assert_eq!(app.api(&member, Method::GET, "/api/v1/schemes/LN-JG-27/1", None).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn regulations_schemes_and_indicators_are_found_by_name_pinyin_initials_and_code_by_whoever_is_signed_in() {
    on_both(&[], async |db| {
        let shared = Shared::default().with(members::Finders::new(vec![Box::new(standards::ByName)]));
        let app = TestApp::new(db, vec![organisations::slice(), members::slice(), standards::slice()], &[], shared).await;
        standards::seed(&app.db).await.unwrap();
        let nobody = app.person("member", None).await;
        let newest = standards::schemes::schemes(&app.db).await.unwrap().into_iter().find(|s| s.code == "LN-JG-27").unwrap();
        let indicator = format!("/schemes/LN-JG-27/v/{}#iC4\"", newest.version);
        for q in ["议事决策", "ysjc", "yishijuece", "C4", "表决 议事"] {
            let body = app.get(&nobody, &format!("/search?q={}", encoded(q))).await.body;
            assert!(body.contains(&indicator), "{q}: {body}");
        }
        for q in ["条例", "zbgztl", "zhibugongzuo", "REG-ZB"] {
            let body = app.get(&nobody, &format!("/search?q={}", encoded(q))).await.body;
            assert_eq!(body.matches("href=\"/standards/REG-ZB\"").count(), 1, "{q}: each once, however many editions: {body}");
        }
        let scheme = format!("href=\"/schemes/LN-JG-27/v/{}\"", newest.version);
        let by_code = app.get(&nobody, "/search?q=LN-JG-27").await.body;
        assert!(by_code.contains(&scheme) && !by_code.contains(&indicator), "{by_code}");
        for q in ["三会一课", "shyk", "三会一"] {
            let body = app.get(&nobody, &format!("/search?q={}", encoded(q))).await.body;
            for code in ["C1", "C2", "C3", "D1"] {
                assert!(body.contains(&format!("#i{code}\"")), "{q} means {code}: {body}");
            }
            assert!(!body.contains("#iC4\""), "{q}: {body}");
        }
        assert!(!app.get(&nobody, "/search?q=yqqwzz").await.body.contains("/schemes/"));
    })
    .await;
}

fn encoded(q: &str) -> String {
    q.bytes().map(|b| format!("%{b:02X}")).collect()
}
