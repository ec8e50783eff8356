//! docs/columns.csv says of every column what it holds and, where that is about somebody, why, how long and how it is kept. A
//! migration cannot bypass it: the tables are made, and each of their columns must have its word there.
use db::Db;
use kernel::{Instant, OrgId};
use leitu::house::{migrations, shared, slices};
use std::collections::{BTreeMap, BTreeSet};
use testkit::{Person, TestApp, engines, on_both};

use crate::several_posts::org;

const DICTIONARY: &str = include_str!("../../../docs/columns.csv");
/// What says nothing about anybody.
const PLAIN: [&str; 3] = ["structure", "public", "business"];
/// What does, or opens what does.
const KEPT: [&str; 6] = ["personal", "text", "sealed", "lookup", "masked", "secret"];

/// A line of the dictionary for one column.
#[derive(Clone, Debug)]
struct Entry {
    class: String,
    said: [String; 3],
}

type Column = (String, String);

/// Every column once.
fn dictionary() -> BTreeMap<Column, Entry> {
    let mut all = BTreeMap::new();
    for line in csv::Reader::from_reader(DICTIONARY.as_bytes()).records() {
        let line = line.unwrap();
        let field = |n: usize| line[n].to_owned();
        let entry = Entry { class: field(2), said: [field(3), field(4), field(5)] };
        for column in line[1].split_whitespace() {
            let twice = all.insert((field(0), column.to_owned()), entry.clone());
            assert!(twice.is_none(), "{}.{column} stands in docs/columns.csv twice", &line[0]);
        }
    }
    all
}

db::row! { struct Found { table: String, column: String } }

/// What the engine itself says is there. What an FTS5 index keeps for itself (`shadow`) is made of the columns of its table.
async fn columns(db: &Db, pg: bool) -> BTreeSet<Column> {
    let sql = if pg {
        "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT) FROM information_schema.columns WHERE table_schema = current_schema()"
    } else {
        "SELECT t.name, c.name FROM pragma_table_list t JOIN pragma_table_info(t.name) c
         WHERE t.schema = 'main' AND t.type IN ('table', 'virtual') AND t.name NOT LIKE 'sqlite_%'"
    };
    let found: Vec<Found> = db.lookup(sql, &[]).await.unwrap();
    found.into_iter().map(|f| (f.table, f.column)).collect()
}

fn names(columns: impl Iterator<Item = Column>) -> Vec<String> {
    columns.map(|(table, column)| format!("{table}.{column}")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_column_of_every_table_has_its_word_and_every_word_its_column() {
    let said: BTreeSet<Column> = dictionary().into_keys().collect();
    for engine in engines().await {
        engine.db().migrate(&migrations(&slices())).await.unwrap();
        let there = columns(engine.db(), engine.is_pg()).await;
        assert!(there.len() > 500, "on {engine}: {there:?}");
        let unsaid = names(there.difference(&said).cloned());
        assert_eq!(unsaid, [""; 0], "on {engine}: say in docs/columns.csv what these hold, why, how long and how they are protected");
        assert_eq!(names(said.difference(&there).cloned()), [""; 0], "on {engine}: docs/columns.csv speaks of columns that are not there");
    }
}

#[test]
fn of_what_is_about_somebody_it_says_why_how_long_and_how_it_is_protected() {
    for ((table, column), entry) in dictionary() {
        let (plain, kept) = (PLAIN.contains(&entry.class.as_str()), KEPT.contains(&entry.class.as_str()));
        assert!(plain || kept, "{table}.{column}: `{}` is no class; there are {PLAIN:?} and {KEPT:?}", entry.class);
        assert!(plain || entry.said.iter().all(|s| !s.trim().is_empty()), "{table}.{column}: why, kept or protection is missing");
    }
}

/// Typed into forms; none of it may lie anywhere as it is.
const NUMBER: &str = "11010519491231002X";
const PHONE: &str = "13800138000";
const WRITTEN: &str = "食堂的灯坏了两盏";
const CONTACT: &str = "contact-13911112222";
const TYPED: &str = "half-a-sentence-typed";
const PASSWORD: &str = "a-quite-long-pass-word";

/// Everything that the dictionary calls sealed is filled in as people do it.
async fn filled(app: &TestApp, root: OrgId) {
    let branch = org(app, "21-1", "第一党支部", "631", Some(root)).await;
    let secretary = app.person("secretary", Some(branch)).await;
    let member = [("name", "张三"), ("status", "formal"), ("id_number", NUMBER), ("phone", PHONE)];
    assert_eq!(app.post(&secretary, &format!("/orgs/{branch}/members"), &member).await.status, 303);
    let mut visitor = app.browser();
    visitor.get("/suggestions/new").await;
    assert_eq!(visitor.post("/suggestions", &[("text", WRITTEN), ("contact", CONTACT)]).await.status, 303);
    let draft = [("_of", "/orgs/1/members/new text"), ("text", TYPED), ("name", "李四")];
    assert_eq!(app.post(&secretary, "/drafts", &draft).await.status, 200);
    telephone(app, &secretary).await;
}

/// Gives somebody a password, who signs in with it and sets a second factor.
async fn telephone(app: &TestApp, who: &Person) {
    let (id, phc) = (who.account, app.app.hasher().hash(PASSWORD).await.unwrap());
    audit::stage(&app.db, async move |tx| access::set_password(tx, id, &phc).await).await.unwrap();
    let mut browser = app.browser();
    browser.get("/sign-in").await;
    assert_eq!(browser.post("/sign-in", &[("login", &id.to_string()), ("password", PASSWORD)]).await.status, 303);
    let page = browser.get("/me/second-factor").await.body;
    let between = |start: &str, end: char| page.split(start).nth(1).and_then(|rest| rest.split(end).next()).unwrap().to_owned();
    let secret = totp_rs::Secret::try_from_base32(between("<dd class=\"b\">", '<').replace(' ', "")).unwrap();
    let now = u64::try_from(Instant::now().0 / 1_000).unwrap();
    let code = totp_rs::Builder::new().with_secret(secret).build().unwrap().generate(now).to_string();
    let carried = between("name=\"secret\" value=\"", '"');
    let set = browser.post("/me/second-factor", &[("secret", &carried), ("code", &code), ("old", PASSWORD)]).await;
    assert_eq!(set.status, 200, "{}", set.body);
}

/// All values of a column, as bytes.
async fn values(db: &Db, (table, column): &Column, pg: bool) -> Vec<Vec<u8>> {
    let bytes = if pg { format!("convert_to(CAST(\"{column}\" AS TEXT), 'UTF8')") } else { format!("CAST(\"{column}\" AS BLOB)") };
    let sql = format!("SELECT {bytes} FROM \"{table}\" WHERE \"{column}\" IS NOT NULL");
    db.lookup(Box::leak(sql.into_boxed_str()), &[]).await.unwrap()
}

async fn blobs(db: &Db, (table, column): &Column) -> Vec<Vec<u8>> {
    let sql = format!("SELECT \"{column}\" FROM \"{table}\" WHERE \"{column}\" IS NOT NULL");
    db.lookup(Box::leak(sql.into_boxed_str()), &[]).await.unwrap()
}

/// A form is told from another by a hash; without a key, a number of which ten signs are shown would be found by trying.
async fn nothing_to_try_against(db: &Db) {
    let sent = format!("name=%E5%BC%A0%E4%B8%89&status=formal&id_number={NUMBER}&phone={PHONE}");
    let plain = ring::digest::digest(&ring::digest::SHA256, sent.as_bytes());
    let kept: Vec<Vec<u8>> = db.lookup("SELECT body FROM repeat", &[]).await.unwrap();
    assert!(!kept.is_empty() && kept.iter().all(|hash| hash.len() == 32 && hash != plain.as_ref()));
}

fn holds(value: &[u8], text: &str) -> bool {
    let hex: String = text.bytes().map(|b| format!("{b:02x}")).collect();
    [text.as_bytes(), hex.as_bytes()].iter().any(|wanted| value.windows(wanted.len()).any(|w| w == *wanted))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_called_sealed_is_seen_to_be_and_no_column_holds_what_was_typed() {
    on_both(&[], async |db| {
        let app = TestApp::new(db, slices(), &[], shared(accounts::SetUp::none(), accounts::Renewal::impossible()).unwrap()).await;
        let root = org(&app, "21", "机关工委", "611", None).await;
        filled(&app, root).await;
        nothing_to_try_against(&app.db).await;
        let pg = app.db.schema().await.unwrap().contains("bytea");
        for (column, entry) in dictionary() {
            if entry.class == "sealed" {
                let sealed = blobs(&app.db, &column).await;
                assert!(!sealed.is_empty(), "{column:?} is called sealed, and nothing of this test lies in it");
                for value in sealed {
                    // A nonce of 12 bytes, a mark of 16, and between them what nobody reads.
                    assert!(value.len() > 28 && std::str::from_utf8(&value).is_err(), "{column:?} holds what is no ciphertext");
                }
            }
            for value in values(&app.db, &column, pg).await {
                for text in [NUMBER, PHONE, WRITTEN, CONTACT, TYPED, PASSWORD] {
                    assert!(!holds(&value, text), "{column:?} holds {text} as it was typed");
                }
            }
        }
    })
    .await;
}
