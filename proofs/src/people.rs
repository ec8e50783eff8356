//! People who sign in with a password. All have the same one, hashed once: thousands of hashes would take a minute.
use crate::program::{Make, data};
use crate::province::{Province, maker, seat};
use access::{Hasher, NewAccount, PostLine};
use audit::Event;
use db::Db;
use kernel::{AccountId, Instant, OrgId, PostId};
use std::path::Path;
use tempfile::TempDir;

pub const PASSWORD: &str = "the-right-one";
/// Accounts in one unit of work.
const CHUNK: usize = 200;

/// A small province with people named `p0`, `p1` …, who need no second factor, and an administrator of accounts named `admin`,
/// who does.
pub struct Town {
    pub home: TempDir,
    pub make: Make,
    pub db: Db,
    /// The committee's session: whoever looks at a page meanwhile.
    pub reader: String,
    root: OrgId,
}

impl Town {
    pub async fn make(people: usize, defect: Option<&'static str>) -> Town {
        let home = tempfile::tempdir().expect("a folder");
        let province = Province::make(home.path(), None, 120, 1).await;
        let phc = Hasher::new().expect("a hasher").hash(PASSWORD).await.expect("a hash");
        let logins: Vec<String> = (0..people).map(|n| format!("p{n}")).collect();
        for chunk in logins.chunks(CHUNK) {
            accounts(&province.db, chunk, "secretary", Some(province.root), Some(&phc)).await;
        }
        accounts(&province.db, &["admin".into()], "system_administrator", None, Some(&phc)).await;
        let make = Make { defect, url: None, home: home.path().into(), log: home.path().join("log") };
        Town { db: open(home.path()).await, make, home, reader: province.committee.session, root: province.root }
    }
    /// So many others who are signed in.
    pub async fn sessions(&self, people: usize) -> Vec<String> {
        let mut all = Vec::with_capacity(people);
        for _ in 0..people {
            all.push(seat(&self.db, "committee", self.root, None).await.session);
        }
        all
    }
    /// More accounts: without a password if `phc` is none.
    pub async fn add(&self, logins: &[String], password: bool) {
        let phc = if password { Some(Hasher::new().expect("a hasher").hash(PASSWORD).await.expect("a hash")) } else { None };
        accounts(&self.db, logins, "secretary", None, phc.as_deref()).await;
    }
}

pub async fn open(home: &Path) -> Db {
    Db::open(&format!("sqlite:{}", data(home).join("leitu.db").display())).await.expect("the database")
}

async fn accounts(db: &Db, logins: &[String], role: &'static str, org: Option<OrgId>, phc: Option<&str>) {
    let (all, phc, now): (Vec<(AccountId, PostId, String)>, _, _) =
        (logins.iter().map(|l| (AccountId::new(), PostId::new(), l.clone())).collect(), phc.map(str::to_owned), Instant::now());
    let made = audit::change(db, maker(), async move |tx| {
        for (id, post, login) in &all {
            access::create(tx, &NewAccount { id: *id, login, name: "某人", member: None, code: None }, now).await?;
            if org.is_some() || role == "system_administrator" {
                let post = PostLine { id: *post, account: *id, role: role.into(), org, granted: now };
                access::give_post(tx, &post, "load").await?;
            }
            if let Some(phc) = &phc {
                access::set_password(tx, *id, phc).await?;
            }
        }
        Ok(((), Event::new("account.created", "account:many")))
    });
    made.await.expect("accounts");
}
