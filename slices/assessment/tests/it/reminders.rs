//! 催办 says first who will be told and who not, and afterwards who was not reached; on both engines.
use crate::onward::onward;
use crate::stand::{Stand, stand};
use testkit::{Person, on_both};
use web::StatusCode;

async fn secretary_of(s: &Stand, code: &str) -> Person {
    let code = code.to_owned();
    let org = s.app.db.read(async move |tx| organisations::by_code(tx, &code).await).await.unwrap().unwrap().id;
    s.app.person("secretary", Some(org)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_reminded_stands_on_a_page_first_and_who_was_not_reached_is_named() {
    on_both(&[], async |db| {
        let s = stand(db, &["21-1".into(), "21-2".into(), "21-3".into()]).await;
        let committee = s.app.person("committee", Some(s.root)).await;
        secretary_of(&s, "21-1").await;
        secretary_of(&s, "21-2").await;
        assert_eq!(onward(&s.app, &committee, s.cycle, "").await.status, StatusCode::SEE_OTHER);
        let remind = format!("/assess/{}/reminders", s.cycle);
        let list = s.app.get(&committee, &format!("/assess/{}/sheets?layer=self&state=untouched", s.cycle)).await.body;
        let asked = format!("{remind}?list=layer%3Dself%26state%3Duntouched");
        assert!(list.contains(&format!("href=\"{asked}\"")), "{list}");
        let told = async || s.app.db.lookup::<i64>("SELECT COUNT(*) FROM notice", &[]).await.unwrap()[0];
        let page = s.app.get(&committee, &asked).await.body;
        for part in
            ["<h1>催办未提交的</h1>", "将提醒 2 个支部", "有 1 个支部没有支部书记账号", "<button class=\"btn btn-main\">催办未提交的"]
        {
            assert!(page.contains(part), "{part}: {page}");
        }
        let row = page.split("<tr>").find(|row| row.contains("支部21-3")).unwrap();
        assert!(row.contains("没有支部书记账号") && !page.contains("今天已提醒过"), "{row}");
        assert_eq!((told().await, page.matches("发出提醒").count()), (0, 2), "nothing is sent by looking");

        let sent = s.app.post(&committee, &remind, &[("list", "layer=self&state=untouched")]).await;
        assert_eq!(sent.location, format!("/assess/{}/sheets?layer=self&state=untouched", s.cycle), "{}", sent.body);
        let said = sent.cookies.iter().find(|c| c.contains("cycle-reminded-some")).unwrap();
        assert!(said.contains("a.n=2&a.left=1") && said.contains("21-3") && said.contains("a.more=no"), "{said}");
        assert_eq!(told().await, 2);
        let events: Vec<String> = s.app.db.lookup("SELECT body FROM event WHERE action = 'cycle.remind'", &[]).await.unwrap();
        assert!(events.len() == 1 && events[0].contains("\"reminded\":\"2\"") && events[0].contains("\"unreached\":\"1\""), "{events:?}");

        assert!(events[0].contains("\"codes\":\"21-1 21-2\""), "which branches: {events:?}");

        let again = s.app.get(&committee, &remind).await.body;
        assert!(again.contains("有 2 个今天已经提醒过") && !again.contains("<button class=\"btn btn-main\">"), "once a day: {again}");
        // Whoever is made secretary today is reached today: nothing was spent on the branch.
        secretary_of(&s, "21-3").await;
        assert_eq!(s.app.get(&committee, &remind).await.body.matches("发出提醒").count(), 1);
        let rest = s.app.post(&committee, &remind, &[]).await;
        assert!(rest.cookies.iter().any(|c| c.contains("cycle-reminded&") && c.contains("a.n=1")), "{:?}", rest.cookies);

        // Its last day over, one may still be late: of the others nobody can be reminded, and that is said.
        s.app.clock.set(s.app.clock.today().plus_days(400));
        let (sheet, until) = (s.sheet("21-1").await.to_string(), s.app.clock.today().plus_days(3).to_string());
        let late = [("sheet", sheet.as_str()), ("until", until.as_str()), ("reason", "换届")];
        let permitted = s.app.post(&committee, &format!("/assess/{}/late-permissions", s.cycle), &late).await;
        assert_eq!(permitted.status, StatusCode::SEE_OTHER, "{}", permitted.body);
        let page = s.app.get(&committee, &remind).await.body;
        assert!(page.contains("将提醒 1 个支部") && page.contains("另有 2 个支部也没有完成"), "{page}");
        assert_eq!(told().await, 3);
    })
    .await;
}
