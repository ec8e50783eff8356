//! 晋位目标: the grade a branch wants to reach in a year, and its measures; it sets them itself (S34).
use super::own::chosen;
use super::pages;
use super::years::history;
use crate::result::Line;
use crate::{LedgerRead, TargetWrite};
use access::Grant;
use audit::{Author, Event};
use db::{Db, Each, Result as Unit, Tx, params};
use kernel::{Error, Instant, Kind, OrgId, Result};
use serde::Deserialize;
use web::{Flash, Form, Page, See, StatusCode, Ui};

const MEASURES_MAX: usize = 500;

db::row! {
    /// What a branch has set for a year.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Target { pub org: OrgId, pub year: i64, pub grade: String, pub measures: String, pub by_name: String }
}

/// As it was typed.
#[derive(Default, Clone)]
pub struct Typed {
    pub grade: String,
    pub measures: String,
    /// The mark of what the form showed ([`web::seen`]); empty if it was no form.
    pub seen: String,
}

impl Typed {
    /// # Errors
    /// `target-grade-unknown` at `grade` for what no scheme in use has.
    fn among(&self, grades: &[String]) -> Result<()> {
        let grade = self.grade.trim();
        if grade.is_empty() || grades.iter().any(|g| g == grade) {
            return Ok(());
        }
        Err(Error::invalid("target-grade-unknown").with("grade", grade).with("grades", grades.join("、")).at("grade"))
    }
    /// # Errors
    /// `target-grade-missing` at `grade`, `target-long` at `measures`.
    fn parse(&self) -> Result<(String, String)> {
        let (grade, measures) = (self.grade.trim(), self.measures.trim());
        if grade.is_empty() || grade.chars().count() > 20 {
            return Err(Error::invalid("target-grade-missing").at("grade"));
        }
        if measures.chars().count() > MEASURES_MAX {
            return Err(Error::invalid("target-long").at("measures"));
        }
        Ok((grade.to_owned(), measures.to_owned()))
    }
}

/// As it was sent: of which of one's own branches.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Sent {
    branch: String,
    grade: String,
    measures: String,
    seen: String,
}

pub async fn post(grant: Grant<TargetWrite>, ui: Ui, Form(f): Form<Sent>) -> web::Result<std::result::Result<See, Page>> {
    let (org, typed) = (chosen(&grant, &f.branch)?, Typed { grade: f.grade, measures: f.measures, seen: f.seen });
    let year = next_year(&ui, org).await?;
    let done = match typed.among(&pages::grades(&ui).await?) {
        Ok(()) => set(&ui.db, &grant, org, year, grant.caller().name(), &typed).await,
        Err(e) => Err(e),
    };
    match (done, grant.also::<LedgerRead>()) {
        (Ok(()), _) => Ok(Ok(See::to(format!("/ledger?branch={org}")).flash(&Flash::done("target-set")))),
        (Err(e), Some(reader)) if e.kind == Kind::Invalid => {
            Ok(Err(pages::again(&reader, &ui, &f.branch, typed, e).await?.status(StatusCode::UNPROCESSABLE_ENTITY)))
        }
        (Err(e), Some(reader)) if e.key == "target-meanwhile" => {
            // Whoever has read what stands now may send the form again.
            let typed = Typed { seen: String::new(), ..typed };
            Ok(Err(pages::again(&reader, &ui, &f.branch, typed, e).await?.status(StatusCode::CONFLICT)))
        }
        (Err(e), _) => Err(e.into()),
    }
}

/// The year a branch aims at now: this one, or the one after its newest final result.
///
/// # Errors
/// The engine's own.
pub async fn next_year(ui: &Ui, org: OrgId) -> Result<i64> {
    let known = ui.db.read(async move |tx| history(tx, org).await).await?;
    let after = known.iter().map(|y| y.year + 1).max();
    Ok(i64::from(ui.today().year()).max(after.unwrap_or_default()))
}

/// Sets the target of a branch for a year; a later one takes its place. The caller answers for who may.
///
/// # Errors
/// As [`Typed`] says; `target-meanwhile` if somebody has set another since the form was opened; the engine's own.
pub async fn set<A: Author>(db: &Db, by: &A, org: OrgId, year: i64, name: &str, typed: &Typed) -> Result<()> {
    let ((grade, measures), name, at, seen) = (typed.parse()?, name.to_owned(), Instant::now(), typed.seen.clone());
    audit::change(db, by, async move |tx| {
        let now = of_branch(tx, org).await?.into_iter().find(|t| t.year == year);
        if web::late(&seen, &mark(now.as_ref())) {
            let (grade, measures) = now.map(|t| (t.grade, t.measures)).unwrap_or_default();
            return Err(Error::conflict("target-meanwhile").with("grade", grade).with("measures", measures).at("grade").into());
        }
        tx.exec(
            "INSERT INTO target (org, year, grade, measures, by_name, at) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (org, year) DO UPDATE SET grade = excluded.grade, measures = excluded.measures, by_name = excluded.by_name, at = excluded.at",
            &params![&org, year, &grade, &measures, &name, at],
        )
        .await?;
        Ok(((), Event::new("target.set", format!("org:{org}")).at(org).with("year", year).with("grade", &grade)))
    })
    .await
}

/// What a form shows of a target.
pub fn mark(set: Option<&Target>) -> [&str; 2] {
    set.map_or(["", ""], |t| [&t.grade, &t.measures])
}

/// What a branch has set, the newest year first.
///
/// # Errors
/// The engine's own.
pub async fn of_branch(tx: &mut Tx<'_>, org: OrgId) -> Unit<Vec<Target>> {
    tx.all("SELECT org, year, grade, measures, by_name FROM target WHERE org = $1 ORDER BY year DESC", &params![&org]).await
}

/// What the branches of a ledger's page have set for a year.
///
/// # Errors
/// The engine's own.
pub async fn of_page(tx: &mut Tx<'_>, page: &[Line], year: i64) -> Unit<Vec<Target>> {
    let each: Each = page.iter().map(|l| &l.org).collect();
    tx.all("SELECT org, year, grade, measures, by_name FROM target WHERE year = $1 AND org IN EACH($2)", &params![year, &each]).await
}
