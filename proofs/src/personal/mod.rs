//! Personal data: ID numbers are planted in every way there is to hand one in, while the program says as much as it can say, and
//! looked for in everything it has written and in everything it answers to whoever may not see them. Then people are erased, and
//! nothing of them may be left, not even where the database keeps what is free.
pub mod erase;
pub mod office;
pub mod people;
pub mod seek;

use crate::Size;
use crate::report::Row;
use erase::Then;
use office::{BRANCHES, Office};
use people::{Person, encoded, people};
use seek::{Found, Seeker};

/// Of a hundred numbers so many come in each way; the rest by a csv.
const BY_WORKBOOK: usize = 25;
const BY_FORM: usize = 15;
const BY_CORRECTION: usize = 5;
const REFUSED: usize = 5;
const MISTYPED: usize = 5;
const DRAFTED: usize = 5;
/// What should be sealed is stored as it is.
const CLEAR: &str = "in-the-clear";
/// What is sent in a form is written into the log.
const TELL: &str = "tell-the-log";
/// SQLite leaves deleted content where it was.
const KEEP: &str = "keep-deleted";
/// Numbers of a control.
const CONTROL: usize = 30;

pub async fn rows(size: Size) -> Vec<Row> {
    let (sqlite, numbers) = ("personal data, SQLite", size.of(40, 1_000));
    let (erased, gone) = ("erased people, SQLite", size.of(20, 1_000));
    let mut rows = vec![
        planted(sqlite, numbers, false, None).await,
        planted(&format!("{sqlite}, control: stored as they are"), numbers.min(CONTROL), false, Some(CLEAR)).await,
        erase::row(erased, gone, false, Then::Nothing, None).await,
        erase::row(&format!("{erased}, control: deleted content stays"), gone.min(CONTROL), false, Then::Nothing, Some(KEEP)).await,
    ];
    if !size.is_short() {
        let log = format!("{sqlite}, control: forms are written into the log");
        rows.push(planted(&log, numbers.min(CONTROL), false, Some(TELL)).await);
        let postgres = "personal data, PostgreSQL";
        rows.push(planted(postgres, numbers, true, None).await);
        rows.push(planted(&format!("{postgres}, control: stored as they are"), numbers.min(CONTROL), true, Some(CLEAR)).await);
        let erased = "erased people, PostgreSQL after VACUUM FULL";
        rows.push(erase::row(erased, gone, true, Then::Vacuum, None).await);
        rows.push(erase::row(&format!("{erased}, control: no VACUUM"), gone.min(CONTROL), true, Then::Nothing, None).await);
    }
    rows
}

/// Those planted, by the way they came in.
#[derive(Default)]
pub struct Ways {
    csv: Vec<Person>,
    workbook: Vec<Person>,
    form: Vec<Person>,
    correction: Vec<Person>,
    refused: Vec<Person>,
    mistyped: Vec<Person>,
    drafted: Vec<Person>,
}

impl Ways {
    /// So many people.
    pub fn of(numbers: usize) -> Ways {
        let mut all = people(0, numbers, BRANCHES);
        let mut take = |percent: usize| all.split_off(all.len() - numbers * percent / 100);
        let (workbook, form, correction) = (take(BY_WORKBOOK), take(BY_FORM), take(BY_CORRECTION));
        let (refused, mistyped, drafted) = (take(REFUSED), take(MISTYPED), take(DRAFTED));
        Ways { csv: all, workbook, form, correction, refused, mistyped, drafted }
    }
    fn all(&self) -> impl Iterator<Item = &Person> {
        let ways = [&self.csv, &self.workbook, &self.form, &self.correction, &self.refused, &self.mistyped, &self.drafted];
        ways.into_iter().flatten()
    }
    /// A digit of the birthday is wrong: the check digit tells.
    fn slipped(person: &Person) -> Person {
        let (head, last) = person.number.split_at(17);
        Person { number: format!("{head}{}", if last == "1" { "2" } else { "1" }), ..person.clone() }
    }
    /// All that must not be found: the numbers, and those that somebody mistyped.
    fn texts(&self) -> Vec<String> {
        let slipped = self.mistyped.iter().map(|p| Self::slipped(p).number);
        self.all().map(|p| p.number.clone()).chain(slipped).chain(self.all().map(|p| p.phone.clone())).collect()
    }
}

async fn planted(name: &str, numbers: usize, pg: bool, defect: Option<&'static str>) -> Row {
    let mut office = match Office::open(pg, defect).await {
        Ok(office) => office,
        Err(why) => return Row::not_run(name, why),
    };
    // Of a control one way in is enough.
    let ways = if defect.is_some() { Ways { form: people(0, numbers, BRANCHES), ..Ways::default() } } else { Ways::of(numbers) };
    enter(&mut office, &ways).await;
    let seeker = Seeker::texts(&ways.texts());
    // A control loses by what lies there.
    let (answers, shown) = if defect.is_none() { looked_at(&mut office, &ways, &seeker).await } else { Default::default() };
    // Once beside the running program, with its log of what is not in the database yet; once after it has ended.
    let mut lying = Found::default();
    seeker.through(&office.everything(), &mut lying);
    office.backed_up();
    seeker.through(&office.everything(), &mut lying);
    office::temporary().into_iter().for_each(|folder| seeker.through(folder, &mut lying));
    office.end();
    seeker.through(&office.everything(), &mut lying);
    let kept = kept(&office).await;
    if defect.is_none() {
        lying.told();
        shown.told();
    }
    let text = format!(
        "numbers={numbers} phones={numbers} kept={kept} files={} MiB={} hits={} answers={answers} hits_in_answers={}",
        lying.files,
        lying.bytes >> 20,
        lying.texts(),
        shown.texts(),
    );
    let holds = lying.hits.is_empty() && shown.hits.is_empty() && kept > numbers * 3 / 4 && answers > 20;
    Row::of(name, text, if defect.is_some() { lying.texts() > 0 } else { holds })
}

/// Hands all of them in.
pub async fn enter(office: &mut Office, ways: &Ways) {
    for (people, workbook) in [(&ways.csv, false), (&ways.workbook, true)] {
        if !people.is_empty() {
            assert_eq!(office.roster(people, workbook, false).await.0, "done");
        }
    }
    for (at, half) in ways.refused.chunks(ways.refused.len().div_ceil(2).max(1)).enumerate() {
        let (state, place) = office.roster(half, at == 0, true).await;
        assert_eq!(state, "refused");
        // Looked at by whoever handed it in; their file of bad rows they may have.
        office.client.get(&place).await.expect("an answer");
    }
    for person in &ways.form {
        assert_eq!(office.entered(person).await, 303);
    }
    for person in &ways.mistyped {
        assert_eq!(office.entered(&Ways::slipped(person)).await, 422);
        assert_eq!(office.post("/member-lookups", &format!("&id_number={}", person.number)).await.status, 303);
    }
    for person in &ways.correction {
        correct(office, person).await;
    }
    for (at, person) in ways.drafted.iter().enumerate() {
        let form = format!("&_of={}{}", encoded(&format!("/orgs/{at}/members/new")), person.form());
        assert_eq!(office.post("/drafts", &form).await.status, 200);
    }
}

/// Enters somebody without a number, and adds it afterwards.
async fn correct(office: &mut Office, person: &Person) {
    let without = Person { number: String::new(), phone: String::new(), ..person.clone() };
    assert_eq!(office.entered(&without).await, 303);
    let id = member(office, person).await.expect("a member");
    let form = format!("&name={}&join_date=2010-07-01&id_number={}&phone={}", encoded(&person.name), person.number, person.phone);
    assert_eq!(office.post(&format!("/members/{id}/corrections"), &form).await.status, 303);
}

/// Where somebody is shown: found by name, as people find them.
async fn member(office: &mut Office, person: &Person) -> Option<String> {
    let page = office.client.get(&format!("/search?q={}", encoded(&person.name))).await.expect("an answer").body;
    Some(page.split("href=\"/members/").nth(1)?.split('"').next()?.to_owned())
}

/// Members in the register who have a number.
async fn kept(office: &Office) -> usize {
    let sql = "SELECT COUNT(*) FROM member WHERE id_sealed IS NOT NULL";
    let found: Vec<i64> = office.province.db.lookup(sql, &[]).await.expect("a register");
    usize::try_from(found[0]).unwrap_or_default()
}

/// Pages, exports and calls of those who may see the register (to whom no number is shown in full), and of those who may not.
async fn looked_at(office: &mut Office, ways: &Ways, seeker: &Seeker) -> (usize, Found) {
    let (mut answers, mut found) = (0, Found::default());
    let somebody = member(office, &ways.form[0]).await.expect("a member");
    let branch = office.province.branches[ways.form[0].branch].0;
    let elsewhere = office.province.seats[(ways.form[0].branch + 1) % BRANCHES].clone();
    let own = office.province.seats[ways.form[0].branch].clone();
    let mut seats = vec![office.province.committee.clone(), own, elsewhere];
    for role in ["reviewer", "inspector", "member"] {
        seats.push(crate::province::seat(&office.province.db, role, office.province.root, None).await);
    }
    let paths = [
        format!("/orgs/{branch}/members"),
        format!("/orgs/{branch}/members/export?format=csv"),
        format!("/orgs/{branch}/members/export?format=xlsx"),
        format!("/members/{somebody}"),
        format!("/orgs/{branch}"),
        format!("/search?q={}", encoded(&ways.form[0].name)),
        "/imports".into(),
        "/todo".into(),
        "/notices".into(),
        "/orgs/export?format=xlsx".into(),
        format!("/api/v1/orgs/{branch}"),
    ];
    for seat in seats {
        for path in &paths {
            let reply = office.as_seat(&seat).await.get(path).await.expect("an answer");
            let file = crate::sender::fetch(office.address(), &seat.session, path).await.unwrap_or_default();
            answers += usize::from(reply.status == 200);
            let place = std::path::PathBuf::from(format!("{path} ({})", reply.status));
            seeker.within(reply.body.as_bytes(), &place, &mut found, 1);
            seeker.within(&file, &place, &mut found, 3);
        }
    }
    (answers, found)
}
