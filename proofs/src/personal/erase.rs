//! People are entered, corrected, moved into the past and erased by the form for it. Of those nothing may be left in any file, not
//! where the database keeps what is free, nor in its log, nor in what it is searched by; of the others everything.
use super::office::{BRANCHES, Office};
use super::people::{Person, encoded, people};
use super::seek::{Found, Seeker};
use crate::program::data;
use crate::report::Row;
use kernel::MemberId;
use std::collections::HashMap;

/// Of ten people one stays.
const STAYS: usize = 10;
/// Of ten people one was entered under another name first.
const RENAMED: usize = 10;
/// What a PostgreSQL is told afterwards (docs/operations.md): tables and their statistics are written anew, then the log is.
const VACUUM: [&str; 5] =
    ["VACUUM (FULL, ANALYZE)", "VACUUM FULL pg_statistic", "CHECKPOINT", "SELECT CAST(pg_switch_wal() AS TEXT)", "CHECKPOINT"];

db::row! {
    struct Stored { id: MemberId, name: String, sort: String, id_masked: String, sealed: Option<Vec<u8>>, lookup: Option<Vec<u8>>, phone: Option<Vec<u8>> }
}

/// What is done to a database after its people are gone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Then {
    Nothing,
    Vacuum,
}

pub async fn row(name: &str, count: usize, pg: bool, then: Then, defect: Option<&'static str>) -> Row {
    let mut office = match Office::open(pg, defect).await {
        Ok(office) => office,
        Err(why) => return Row::not_run(name, why),
    };
    let all = people(0, count, BRANCHES);
    let former = people(count * 10, count.div_ceil(RENAMED), BRANCHES);
    enter(&mut office, &all, &former).await;
    let stored = stored(&office).await;
    let (stay, go): (Vec<_>, Vec<_>) = all.iter().enumerate().partition(|(at, _)| at % STAYS == 0);
    let persons = |people: &[(usize, &Person)]| {
        let one = |(at, person): &(usize, &Person)| {
            let mut texts = vec![person.name.clone(), person.number.clone(), person.phone.clone()];
            texts.extend((at % RENAMED == 1).then(|| former[at / RENAMED].name.clone()));
            let kept = &stored[&person.name];
            texts.push(kept.id_masked.clone());
            let stored = [&kept.sealed, &kept.lookup, &kept.phone].into_iter().flatten().cloned();
            (texts, stored.chain([kept.sort.clone().into_bytes()]).collect())
        };
        Seeker::persons(&people.iter().map(one).collect::<Vec<_>>())
    };
    let (theirs, others) = (persons(&go), persons(&stay));
    let mut before = Found::default();
    theirs.through(&office.everything(), &mut before);
    // The embedded database's log is to be empty of them when the answer comes, not some time later.
    let (log, mut late) = (data(office.home.path()).join("leitu.db-wal"), 0);
    for one in &go {
        erase(&mut office, stored[&one.1.name].id).await;
        let mut found = Found::default();
        persons(std::slice::from_ref(one)).through(&log, &mut found);
        late += found.texts();
    }
    if then == Then::Vacuum {
        vacuum(&office).await;
    }
    let (mut left, mut kept) = (Found::default(), Found::default());
    theirs.through(&office.everything(), &mut left);
    office.backed_up();
    office.end();
    theirs.through(&office.everything(), &mut left);
    others.through(&office.everything(), &mut kept);
    if defect.is_none() && (!pg || then == Then::Vacuum) {
        left.told();
    }
    let log = if pg { String::new() } else { format!(" in_the_log_when_answered={late}") };
    let text = format!(
        "people={count} erased={} found_before={}{log} files={} MiB={} found_after={} others={} found={}",
        go.len(),
        before.texts(),
        left.files,
        left.bytes >> 20,
        left.texts(),
        stay.len(),
        kept.texts(),
    );
    let sees = before.texts() == go.len() && kept.texts() == stay.len();
    let control = defect.is_some() || (pg && then == Then::Nothing);
    Row::of(name, text, sees && if control { left.texts() > 0 } else { left.hits.is_empty() && late == 0 })
}

/// By roster, by form, and some under a name that is put right.
async fn enter(office: &mut Office, all: &[Person], former: &[Person]) {
    let (by_file, by_form) = all.split_at(all.len() / 2);
    let as_entered = |(at, person): (usize, &Person)| {
        let name = if at % RENAMED == 1 { former[at / RENAMED].name.clone() } else { person.name.clone() };
        Person { name, ..person.clone() }
    };
    let entered: Vec<Person> = all.iter().enumerate().map(as_entered).collect();
    assert_eq!(office.roster(&entered[..by_file.len()], false, false).await.0, "done");
    for person in &entered[by_file.len()..][..by_form.len()] {
        assert_eq!(office.entered(person).await, 303);
    }
    let there = stored(office).await;
    for (at, person) in all.iter().enumerate().filter(|(at, _)| at % RENAMED == 1) {
        let id = there[&former[at / RENAMED].name].id;
        let form = format!("&name={}&join_date=&phone=", encoded(&person.name));
        assert_eq!(office.post(&format!("/members/{id}/corrections"), &form).await.status, 303);
    }
}

/// What the register holds, by name.
async fn stored(office: &Office) -> HashMap<String, Stored> {
    let sql = "SELECT id, name, sort, id_masked, id_sealed, id_lookup, phone_sealed FROM member";
    let all: Vec<Stored> = office.province.db.lookup(sql, &[]).await.expect("a register");
    all.into_iter().map(|m| (m.name.clone(), m)).collect()
}

async fn erase(office: &mut Office, id: MemberId) {
    // Whoever is still there cannot be erased.
    assert_eq!(office.post(&format!("/members/{id}/erasure"), "&ground=asked").await.status, 409);
    let left = format!("&status=left&reason={}", encoded("已转出"));
    assert_eq!(office.post(&format!("/members/{id}/status"), &left).await.status, 303);
    assert_eq!(office.post(&format!("/members/{id}/erasure"), "&ground=asked").await.status, 303);
    assert_eq!(office.client.get(&format!("/members/{id}")).await.expect("an answer").status, 404);
}

async fn vacuum(office: &Office) {
    let url = office.cluster.as_ref().expect("a server").url();
    let (client, driver) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await.expect("a server");
    tokio::spawn(driver);
    for sql in VACUUM {
        client.batch_execute(sql).await.expect(sql);
    }
}
