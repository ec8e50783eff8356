//! Several branches of a cycle named in one field, on both engines.
use crate::stand::stand;
use access::Reach;
use assessment::cycle;
use assessment::sheet::meant::several;
use testkit::on_both;
use web::Meant;

#[tokio::test(flavor = "multi_thread")]
async fn several_branches_are_named_in_one_field_and_the_first_that_may_be_several_is_asked_about() {
    on_both(&[], async |db| {
        let s = stand(db, &["21-1".to_owned(), "21-2".to_owned(), "21-10".to_owned()]).await;
        let id = s.cycle;
        let read = async |text: &str, chosen: &str| {
            let (text, chosen) = (text.to_owned(), chosen.to_owned());
            let all = s.app.db.read(async move |tx| {
                let cycle = cycle::store::any(tx, id).await?;
                several(tx, &cycle, &Reach::everything(), &text, &chosen).await
            });
            let all = all.await.unwrap();
            (all.found.into_iter().map(|sheet| sheet.code).collect::<Vec<_>>(), all.open, all.text)
        };
        for (text, found) in [
            ("21-1 21-2", vec!["21-1", "21-2"]),
            ("21-1、21-10，21-2", vec!["21-1", "21-10", "21-2"]),
            ("支部21-1", vec!["21-1"]),
            ("支部21-1 21-1\r\n21-2", vec!["21-1", "21-2"]),
            ("zhibu212", vec!["21-2"]),
            ("", vec![]),
        ] {
            let (codes, open, _) = read(text, "").await;
            assert!(open.is_none() && codes == found, "{text}: {codes:?} {open:?}");
        }
        let (codes, open, text) = read("21-1\n支部\n支部", "").await;
        assert!(codes == ["21-1"] && matches!(open, Some((said, Meant::Several(all))) if said == "支部" && all.len() == 3));
        assert_eq!(text, "支部21-1 21-1\n支部\n支部", "what is known is not asked about again");
        let (codes, open, text) = read(&text, "21-2").await;
        assert!(codes == ["21-1", "21-2"] && open.is_some(), "what was picked answers one question");
        assert_eq!(text, "支部21-1 21-1\n支部21-2 21-2\n支部");
        assert!(matches!(read("没有这个支部", "").await.1, Some((_, Meant::Nothing))));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_branch_beyond_one_s_reach_is_neither_meant_nor_offered() {
    on_both(&[], async |db| {
        let s = stand(db, &["21-1".to_owned(), "21-2".to_owned()]).await;
        let id = s.cycle;
        let read = async |text: &'static str| {
            let all = s.app.db.read(async move |tx| {
                let cycle = cycle::store::any(tx, id).await?;
                let own = assessment::sheet::store::of_code(tx, id, "21-1").await?.map(|sheet| sheet.path);
                several(tx, &cycle, &Reach::of([own]), text, "").await
            });
            let all = all.await.unwrap();
            (all.found.into_iter().map(|sheet| sheet.code).collect::<Vec<_>>(), all.open.is_some())
        };
        assert_eq!(read("支部").await, (vec!["21-1".to_owned()], false), "the only one there is");
        for beyond in ["21-2", "支部21-2", "支部21-2 21-2"] {
            assert_eq!(read(beyond).await, (vec![], true), "{beyond}");
        }
    })
    .await;
}
