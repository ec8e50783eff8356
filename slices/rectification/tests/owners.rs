//! 责任人: chosen from the branch's register, the secretary by name; on both engines.
#![allow(clippy::restriction, reason = "in a test, what is missing is a failure")]
mod ground;

use access::{NewAccount, PostLine, System};
use audit::Event;
use ground::Ground;
use kernel::{AccountId, BusinessDate, Instant, MemberId, OrgId, PostId, TermId};
use members::{NewMember, NewTerm, Office, Typed};
use testkit::on_both;
use web::StatusCode;

/// Enters somebody in a branch's register, with a post if one is named.
async fn enter(g: &Ground, org: OrgId, name: &str, office: Option<(Office, &str)>) -> MemberId {
    let typed = Typed { name, status: "formal", ..Typed::default() };
    let new = NewMember::parse(g.app.app.keys(), org, &typed, g.today()).unwrap();
    let (member, by) = (new.id, System::command("test"));
    members::create_many(&g.app.db, &by, vec![new]).await.unwrap();
    if let Some((office, from)) = office {
        let from = BusinessDate::parse(from).unwrap();
        let term = NewTerm { id: TermId::new(), member, org, office, from, to: None };
        members::give_many(&g.app.db, &by, vec![term]).await.unwrap();
    }
    member
}

/// The account of a member.
async fn account(g: &Ground, member: MemberId, name: &str) -> AccountId {
    let (id, name) = (AccountId::new(), name.to_owned());
    let by = System::command("test");
    let made = audit::change(&g.app.db, &by, async move |tx| {
        let new = NewAccount { id, login: &name, name: &name, member: Some(member), code: None };
        access::create(tx, &new, Instant::now()).await?;
        Ok(((), Event::new("account.created", format!("account:{id}"))))
    });
    made.await.unwrap();
    id
}

/// The post of secretary goes from one account to a new one.
async fn succeeded(g: &Ground, org: OrgId, before: AccountId, name: &str) {
    let (id, name, at, by) = (AccountId::new(), name.to_owned(), Instant::now(), System::command("test"));
    let done = audit::change(&g.app.db, &by, async move |tx| {
        for post in access::posts_of(tx, before).await? {
            access::end_post(tx, post.id, at).await?;
        }
        access::create(tx, &NewAccount { id, login: &name, name: &name, member: None, code: None }, at).await?;
        let post = PostLine { id: PostId::new(), account: id, role: "secretary".into(), org: Some(org), granted: at };
        access::give_post(tx, &post, "test").await?;
        Ok(((), Event::new("account.created", format!("account:{id}"))))
    });
    done.await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_answers_is_chosen_from_the_register_and_the_secretary_stands_there_by_name() {
    on_both(&[], async |db| {
        let g = Ground::new(db).await;
        let branch = g.branch("A-1").await;
        enter(&g, branch, "张三", Some((Office::Secretary, "2024-01-01"))).await;
        let second = enter(&g, branch, "王芳", Some((Office::Organisation, "2024-01-01"))).await;
        let (one, other) = (enter(&g, branch, "李红", None).await, enter(&g, branch, "李红", None).await);
        let theirs = account(&g, second, "wangfang").await;
        let secretary = g.app.person("secretary", Some(branch)).await;
        let id = g.open(branch, "A1").await;
        let page = format!("/problems/{id}");
        g.app.post(&secretary, &format!("{page}/work"), &[]).await;
        for path in [page.as_str(), "/problems", "/problems?view=list", "/problems/export?format=csv"] {
            let shown = g.app.get(&secretary, path).await.body;
            assert!(shown.contains("张三（支部书记）"), "{path}: {shown}");
        }
        let form = g.app.get(&secretary, &page).await.body;
        assert!(form.contains("<select class=\"inp\" id=\"owner\"") && !form.contains("<datalist"), "{form}");
        for offered in ["selected>支部书记（现为张三）", "王芳（组织委员）", &one.to_string(), &other.to_string()] {
            assert!(form.contains(offered), "{offered}: {form}");
        }
        let plan = async |owner: &str| {
            g.app.post(&secretary, &format!("{page}/measure"), &[("owner", owner), ("measure", "补开支委会"), ("due", "")]).await
        };
        let stranger = plan("某人").await;
        assert_eq!(stranger.wrong(), ["owner"]);
        assert!(stranger.body.contains("名册里没有“某人”"), "{}", stranger.body);
        assert!(plan("李红").await.body.contains("有几位“李红”"), "two bear that name");
        let elsewhere = enter(&g, g.branch("B-1").await, "赵强", None).await;
        assert_eq!(plan(&elsewhere.to_string()).await.wrong(), ["owner"], "another branch's");
        assert_eq!(plan(&second.to_string()).await.status, StatusCode::SEE_OTHER);
        let named = g.one(id).await;
        assert_eq!((named.owner, named.owner_name.as_str()), (Some(theirs), "王芳"), "an account under another name is theirs too");
        assert!(g.app.get(&secretary, &page).await.body.contains("\">支部书记（现为张三）"), "the post is still offered by name");
        assert_eq!(plan(&other.to_string()).await.status, StatusCode::SEE_OTHER);
        let named = g.one(id).await;
        assert_eq!((named.owner, named.owner_name.as_str()), (None, "李红"));
        // The name that stands may be sent again, although it is two people's.
        assert_eq!(plan("李红").await.status, StatusCode::SEE_OTHER);
        let both = g.app.post(&secretary, &format!("{page}/measure"), &[("owner", ""), ("measure", " "), ("due", "2026-02-30")]).await;
        assert_eq!(both.wrong(), ["measure", "due"], "at once");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_post_answers_through_an_election_and_what_is_over_keeps_whoever_it_was() {
    on_both(&[], async |db| {
        let g = Ground::new(db).await;
        let branch = g.branch("A-1").await;
        enter(&g, branch, "张三", Some((Office::Secretary, "2024-01-01"))).await;
        let (secretary, deputy) = (g.app.person("secretary", Some(branch)).await, g.app.person("deputy", Some(g.unit)).await);
        let (over, left) = (format!("/problems/{}", g.open(branch, "A1").await), format!("/problems/{}", g.open(branch, "A2").await));
        g.app.post(&secretary, &format!("{over}/work"), &[]).await;
        g.app.post(&secretary, &format!("{over}/closure"), &[("closing", "已补开")]).await;
        assert_eq!(g.app.post(&deputy, &format!("{over}/verification"), &[]).await.status, StatusCode::SEE_OTHER);
        g.app.clock.set(g.app.clock.today().plus_days(10));
        enter(&g, branch, "王芳", Some((Office::Secretary, "2026-06-20"))).await;
        assert!(g.app.get(&secretary, &left).await.body.contains("王芳（支部书记）"));
        for path in [over.as_str(), "/problems?f=closed", "/problems/export?f=closed&format=csv"] {
            let shown = g.app.get(&secretary, path).await.body;
            assert!(shown.contains("张三（支部书记）") && !shown.contains("王芳（支部书记）"), "{path}: {shown}");
        }
        let board = g.app.get(&secretary, "/problems").await.body;
        assert!(board.contains("张三（支部书记）") && board.contains("王芳（支部书记）"), "each card its own: {board}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_register_says_nothing_what_is_over_keeps_whoever_signed_in_as_secretary() {
    on_both(&[], async |db| {
        let g = Ground::new(db).await;
        let branch = g.branch("A-1").await;
        let (first, deputy) = (g.app.person("secretary", Some(branch)).await, g.app.person("deputy", Some(g.unit)).await);
        let page = format!("/problems/{}", g.open(branch, "A1").await);
        g.app.post(&first, &format!("{page}/work"), &[]).await;
        g.app.post(&first, &format!("{page}/closure"), &[("closing", "已补开")]).await;
        assert_eq!(g.app.post(&deputy, &format!("{page}/verification"), &[]).await.status, StatusCode::SEE_OTHER);
        let owner =
            |body: &str| body.split("<dt>责任人</dt><dd>").nth(1).and_then(|rest| rest.split('<').next()).unwrap_or_default().to_owned();
        let then = owner(&g.app.get(&deputy, &page).await.body);
        assert!(then.ends_with("（支部书记）"), "by name: {then}");
        succeeded(&g, branch, first.account, "后任").await;
        assert!(g.app.get(&deputy, &format!("/problems/{}", g.open(branch, "A2").await)).await.body.contains("后任（支部书记）"));
        assert_eq!(owner(&g.app.get(&deputy, &page).await.body), then, "who came after had no part in it");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_register_has_nobody_a_name_is_typed_and_the_page_says_why() {
    on_both(&[], async |db| {
        let g = Ground::new(db).await;
        let branch = g.branch("A-1").await;
        let secretary = g.app.person("secretary", Some(branch)).await;
        let page = format!("/problems/{}", g.open(branch, "A1").await);
        g.app.post(&secretary, &format!("{page}/work"), &[]).await;
        let form = g.app.get(&secretary, &page).await.body;
        assert!(form.contains("党员名册里还没有本支部的人") && form.contains("<input class=\"inp\" type=\"text\" id=\"owner\""), "{form}");
        let plan = [("owner", "某人"), ("measure", "补开支委会"), ("due", "")];
        assert_eq!(g.app.post(&secretary, &format!("{page}/measure"), &plan).await.status, StatusCode::SEE_OTHER);
        // Entered since: whoever is named stays until somebody else is chosen.
        enter(&g, branch, "王芳", None).await;
        assert!(g.app.get(&secretary, &page).await.body.contains("selected>某人（不在名册中）"));
        assert_eq!(g.app.post(&secretary, &format!("{page}/measure"), &plan).await.status, StatusCode::SEE_OTHER);
    })
    .await;
}
