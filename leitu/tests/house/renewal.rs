//! A demonstration is cleared by whoever types the word, and by nobody else; a real installation has no such address.
use accounts::{Afterwards, Renewal, SetUp};
use installation::Kind;
use leitu::house::{shared, slices};
use testkit::{TestApp, on_both};
use web::StatusCode;

async fn events(app: &TestApp) -> i64 {
    app.db.lookup::<i64>("SELECT COUNT(*) FROM event WHERE action = 'demo.renewed'", &[]).await.unwrap()[0]
}

#[tokio::test(flavor = "multi_thread")]
async fn the_word_clears_the_demo_and_nothing_else_does() {
    on_both(&[], async |db| {
        let (renewal, wish) = Renewal::possible();
        let app = TestApp::founded_as(Some(Kind::Demo), db, slices(), &[], shared(SetUp::none(), renewal).unwrap()).await;
        let mut visitor = app.browser();
        visitor.get("/start/renewal").await;
        for word in ["", "清", "empty"] {
            let refused = visitor.post("/start/renewal", &[("word", word), ("afterwards", "empty")]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{word}");
        }
        assert_eq!((*wish.borrow(), events(&app).await), (None, 0));
        let begun = visitor.post("/start/renewal", &[("word", " 清空 "), ("afterwards", "empty")]).await;
        assert!(begun.status == StatusCode::OK && begun.body.contains("正在清空"), "{}", begun.body);
        assert_eq!((*wish.borrow(), events(&app).await), (Some(Afterwards::Empty), 1));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_shared_or_real_is_not_cleared_from_a_page() {
    on_both(&[], async |db| {
        let word = [("word", "清空"), ("afterwards", "demo")];
        let demo = shared(SetUp::none(), Renewal::impossible()).unwrap();
        let app = TestApp::founded_as(Some(Kind::Demo), db, slices(), &[], demo).await;
        let mut visitor = app.browser();
        let page = visitor.get("/start/renewal").await;
        assert!(page.body.contains("不能在页面上清空") && !page.body.contains("name=\"word\""), "{}", page.body);
        visitor.get("/sign-in").await; // a page with a form, whose token is good for this one too
        assert_eq!(visitor.post("/start/renewal", &word).await.status, StatusCode::CONFLICT);
        assert_eq!(events(&app).await, 0);
    })
    .await;
    on_both(&[], async |db| {
        let (renewal, wish) = Renewal::possible();
        let app = TestApp::new(db, slices(), &[], shared(SetUp::none(), renewal).unwrap()).await;
        let mut visitor = app.browser();
        visitor.get("/sign-in").await;
        assert_eq!(visitor.post("/start/renewal", &[("word", "清空"), ("afterwards", "demo")]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(*wish.borrow(), None);
    })
    .await;
}
