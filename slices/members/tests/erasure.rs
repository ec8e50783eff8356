//! 删除个人信息: who may, of whom, and what stays.
#![allow(clippy::restriction, reason = "in a test, what is missing is a failure")]
use access::{NewAccount, System};
use audit::Event;
use db::params;
use kernel::{AccountId, Instant, MemberId, OrgId};
use testkit::{Answer, Person, TestApp, on_both};
use web::{Shared, StatusCode};

const NAME: &str = "欧阳丙午";
const NUMBER: &str = "210102198001010010";

async fn branch(app: &TestApp, committee: &Person, code: &str, kind: &str, parent: &str) -> OrgId {
    let fields = [("code", code), ("name", code), ("type", kind), ("category", ""), ("parent_code", parent)];
    let answer = app.post(committee, "/orgs", &fields).await;
    OrgId::parse(answer.location.rsplit('/').next().unwrap()).unwrap()
}

struct Scene {
    app: TestApp,
    committee: Person,
    secretary: Person,
    org: OrgId,
    member: MemberId,
}

impl Scene {
    async fn new(db: db::Db) -> Self {
        let app = TestApp::new(db, vec![organisations::slice(), members::slice()], &[], Shared::default()).await;
        let committee = app.person("committee", None).await;
        branch(&app, &committee, "21", "611", "").await;
        let org = branch(&app, &committee, "21-1", "631", "21").await;
        let secretary = app.person("secretary", Some(org)).await;
        let fields = [("name", NAME), ("status", "formal"), ("id_number", NUMBER), ("join_date", "2010-07-01"), ("phone", "13812341402")];
        app.post(&secretary, &format!("/orgs/{org}/members"), &fields).await;
        let found: Vec<MemberId> = app.db.lookup("SELECT id FROM member", &[]).await.unwrap();
        let post = [("post", "书记"), ("from", "2025-01-01"), ("to", "")];
        app.post(&secretary, &format!("/members/{}/posts", found[0]), &post).await;
        Self { app, committee, secretary, org, member: found[0] }
    }
    fn page(&self) -> String {
        format!("/members/{}", self.member)
    }
    async fn erased_by(&self, who: &Person, ground: &str) -> Answer {
        self.app.post(who, &format!("{}/erasure", self.page()), &[("ground", ground)]).await
    }
    async fn leaves(&self) {
        let left = self.app.post(&self.secretary, &format!("{}/status", self.page()), &[("status", "left"), ("reason", "转出")]).await;
        assert_eq!(left.status, StatusCode::SEE_OTHER, "{}", left.body);
    }
    async fn count(&self, sql: &'static str) -> i64 {
        self.app.db.lookup::<i64>(sql, &params![&self.member]).await.unwrap()[0]
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_left_is_erased_and_the_days_of_the_branch_stay() {
    on_both(&[], async |db| {
        let s = Scene::new(db).await;
        let early = s.erased_by(&s.committee, "asked").await;
        assert_eq!((early.status, early.body.contains("还在名册里")), (StatusCode::CONFLICT, true));
        assert!(!s.app.get(&s.committee, &s.page()).await.body.contains("/erasure"), "nobody is offered to erase who is there");
        s.leaves().await;
        assert!(s.app.get(&s.committee, &s.page()).await.body.contains("/erasure"));
        assert!(!s.app.get(&s.secretary, &s.page()).await.body.contains("/erasure"), "the secretary may not");
        assert_eq!(s.erased_by(&s.secretary, "asked").await.status, StatusCode::FORBIDDEN);
        assert!(s.app.get(&s.committee, &s.page()).await.body.contains("<option value=\"\">"), "no ground is chosen for anybody");
        assert_eq!(s.erased_by(&s.committee, "because").await.wrong(), ["ground"]);
        let done = s.erased_by(&s.committee, "needless").await;
        assert_eq!((done.status, done.location), (StatusCode::SEE_OTHER, format!("/orgs/{}/members", s.org)));
        assert_eq!(s.app.get(&s.committee, &s.page()).await.status, StatusCode::NOT_FOUND);
        for page in [format!("/orgs/{}/members", s.org), "/search?q=ouyang".into(), format!("/orgs/{}", s.org)] {
            assert!(!s.app.get(&s.committee, &page).await.body.contains(NAME), "{page}");
        }
        assert_eq!(s.count("SELECT COUNT(*) FROM membership WHERE member = $1").await, 1, "that the branch had a member then");
        assert_eq!(s.count("SELECT COUNT(*) FROM term WHERE member = $1 AND ended IS NOT NULL").await, 1, "that there was a secretary");
        let log: Vec<String> = s.app.db.lookup("SELECT body FROM event WHERE action = 'member.erase'", &[]).await.unwrap();
        assert!(log.len() == 1 && log[0].contains("needless") && !log[0].contains(NAME) && !log[0].contains(NUMBER), "{log:?}");
        let again = [("name", NAME), ("status", "formal"), ("id_number", NUMBER), ("join_date", "2010-07-01"), ("phone", "")];
        let back = s.app.post(&s.secretary, &format!("/orgs/{}/members", s.org), &again).await;
        assert_eq!(back.status, StatusCode::SEE_OTHER, "the number is free again: {}", back.body);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_erased_whose_account_still_opens_the_door() {
    on_both(&[], async |db| {
        let s = Scene::new(db).await;
        s.leaves().await;
        let (account, member) = (AccountId::new(), s.member);
        let by = System::command("test");
        let made = audit::change(&s.app.db, &by, async move |tx| {
            let new = NewAccount { id: account, login: "ouyang", name: NAME, member: Some(member), code: None };
            access::create(tx, &new, Instant::now()).await?;
            Ok(((), Event::new("test.account", "test")))
        });
        made.await.unwrap();
        let refused = s.erased_by(&s.committee, "asked").await;
        assert_eq!((refused.status, refused.body.contains("ouyang")), (StatusCode::CONFLICT, true));
        let disable = "UPDATE account SET disabled = 1 WHERE member = $1";
        audit::stage(&s.app.db, async move |tx| tx.exec(disable, &params![&member]).await).await.unwrap();
        assert_eq!(s.erased_by(&s.committee, "asked").await.status, StatusCode::SEE_OTHER);
    })
    .await;
}
