//! The SQL of sheets. `path` is the cycle's copy and serves its lists and figures; access goes by today's tree.
use super::State;
use crate::cycle::Cycle;
use crate::cycle::store::{Line, cycles};
use access::{Grant, Permission};
use db::{Db, Each, Field, Result, Row, Tx, params};
use kernel::{BusinessDate, CycleId, Error, OrgId, OrgPath, Points, SheetId};
use scoring::Layer;

impl Field for State {
    fn get(row: &Row<'_>, i: usize) -> Result<Self> {
        let name: String = row.get(i)?;
        Ok(State::parse(&name)?)
    }
}

db::row! {
    #[derive(Clone, Debug)]
    pub struct Sheet {
        pub id: SheetId, pub cycle: CycleId, pub org: OrgId, pub code: String, pub name: String, pub category: String, pub path: OrgPath,
        /// The nearest committee above it on the opening day.
        pub unit: Option<OrgId>,
        pub self_state: State, pub acceptance_state: State, pub recheck_state: State,
        /// Written permission to assess itself after the closing date, until this day.
        pub late_until: Option<BusinessDate>,
        /// As of now; the ledger's figure once final.
        pub total: Option<Points>, pub grade: Option<String>,
        /// By itself, before quotas; 0 below every star. What is final once it is.
        pub star: Option<i64>,
    }
}

/// The columns of [`Sheet`], in its order, and what follows them.
macro_rules! sheets {
    ($($rest:expr),+) => {
        concat!(
            "SELECT id, cycle, org, code, name, category, path, unit, self_state, acceptance_state, recheck_state, late_until, total, grade,
               star FROM sheet ",
            $($rest),+
        )
    };
}

pub(super) use sheets;

impl Sheet {
    /// Mutual inspection and the committee have no state of their own.
    pub fn state(&self, layer: Layer) -> State {
        match layer {
            Layer::SelfAssessment => self.self_state,
            Layer::Acceptance => self.acceptance_state,
            Layer::Recheck => self.recheck_state,
            Layer::Mutual | Layer::Committee => State::Untouched,
        }
    }
}

/// A sheet within reach: of a grant over the branch's place today.
///
/// # Errors
/// Missing and out of reach are the same `not-found`.
pub async fn one<P: Permission>(tx: &mut Tx<'_>, grant: &Grant<P>, id: SheetId) -> Result<Sheet> {
    let sheet = any(tx, id).await?;
    grant.admits(&tree::node(tx, sheet.org).await?.path)?;
    Ok(sheet)
}

/// A sheet whatever the scope: for units that check a relation of their own (a team's task), jobs and commands.
///
/// # Errors
/// `not-found` if there is no such sheet.
pub async fn any(tx: &mut Tx<'_>, id: SheetId) -> Result<Sheet> {
    tx.one(ONE, &params![&id]).await
}

const ONE: &str = sheets!("WHERE id = $1");

/// As [`any`], for many, in the order of their ids; the unknown ones are left out.
///
/// # Errors
/// The engine's own.
pub async fn many(tx: &mut Tx<'_>, ids: &[SheetId]) -> Result<Vec<Sheet>> {
    let each: Each = ids.iter().collect();
    tx.all(sheets!("WHERE id IN EACH($1) ORDER BY id"), &params![&each]).await
}

/// A sheet with where its branch stands today and its cycle, on the request's own thread and in one statement: every page and
/// every save begins with it. Nothing if there is no such sheet, or its cycle is not to be seen.
///
/// # Errors
/// The engine's own.
pub async fn whole(db: &Db, id: SheetId) -> Result<Option<(Sheet, Option<OrgPath>, Cycle)>> {
    const WHOLE: &str = concat!(
        "SELECT s.*, ",
        tree::path_of!("s.org"),
        ", c.* FROM (",
        sheets!("WHERE id = $1"),
        ") s JOIN (",
        cycles!(),
        ") c ON c.id = s.cycle"
    );
    let found: Vec<(Sheet, Option<OrgPath>, Line)> = db.lookup(WHOLE, &params![&id]).await?;
    found.into_iter().next().map(|(sheet, place, line)| Ok((sheet, place, line.cycle()?))).transpose()
}

/// As [`any`], on the request's own thread.
///
/// # Errors
/// `not-found` if there is no such sheet.
pub async fn find(db: &Db, id: SheetId) -> Result<Sheet> {
    db.lookup(ONE, &params![&id]).await?.pop().ok_or(db::Error::Missing)
}

/// # Errors
/// The engine's own.
pub async fn of_org(tx: &mut Tx<'_>, cycle: CycleId, org: OrgId) -> Result<Option<Sheet>> {
    tx.opt(sheets!("WHERE cycle = $1 AND org = $2"), &params![&cycle, &org]).await
}

/// # Errors
/// The engine's own.
pub async fn of_code(tx: &mut Tx<'_>, cycle: CycleId, code: &str) -> Result<Option<Sheet>> {
    tx.opt(sheets!("WHERE cycle = $1 AND code = $2"), &params![&cycle, code]).await
}

/// Those whose name contains `part`, in the order of their codes.
///
/// # Errors
/// The engine's own.
pub async fn of_name(tx: &mut Tx<'_>, cycle: CycleId, part: &str, after: Option<&str>, limit: i64) -> Result<Vec<Sheet>> {
    let sql = sheets!("WHERE cycle = $1 AND code > $2 AND REPLACE(name, $3, '') <> name ORDER BY code LIMIT $4");
    tx.all(sql, &params![&cycle, after.unwrap_or(""), part, limit]).await
}

/// # Errors
/// The engine's own.
pub async fn insert(tx: &mut Tx<'_>, s: &Sheet) -> Result<()> {
    tx.later(
        "INSERT INTO sheet (id, cycle, org, code, name, category, path, unit, self_state, acceptance_state, recheck_state, late_until, total, grade)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, NULL, NULL, NULL)",
        &params![
            &s.id, &s.cycle, &s.org, &s.code, &s.name, &s.category, &s.path, s.unit.as_ref(), s.self_state.name(),
            s.acceptance_state.name(), s.recheck_state.name()
        ],
    )
    .await
}

/// Moves one layer of a sheet from one state to another; the caller records the submission.
///
/// # Errors
/// `sheet-moved` if somebody moved it meanwhile.
pub async fn set_state(tx: &mut Tx<'_>, sheet: &Sheet, layer: Layer, to: State) -> Result<()> {
    let sql = match layer {
        Layer::SelfAssessment => "UPDATE sheet SET self_state = $2 WHERE id = $1 AND self_state = $3",
        Layer::Acceptance => "UPDATE sheet SET acceptance_state = $2 WHERE id = $1 AND acceptance_state = $3",
        Layer::Recheck => "UPDATE sheet SET recheck_state = $2 WHERE id = $1 AND recheck_state = $3",
        Layer::Mutual | Layer::Committee => return Err(Error::internal("a layer without a state").into()),
    };
    let n = tx.exec(sql, &params![&sheet.id, to.name(), sheet.state(layer).name()]).await?;
    if n == 1 { Ok(()) } else { Err(Error::conflict("sheet-moved").into()) }
}

/// # Errors
/// The engine's own.
pub async fn set_total(tx: &mut Tx<'_>, id: SheetId, total: Points) -> Result<()> {
    tx.later("UPDATE sheet SET total = $2 WHERE id = $1", &params![&id, total]).await
}

/// A total that leads to another grade or star. Most do not, and lists have indexes of these two.
///
/// # Errors
/// The engine's own.
pub async fn set_outcome(tx: &mut Tx<'_>, id: SheetId, total: Points, grade: &str, star: i64) -> Result<()> {
    tx.later("UPDATE sheet SET total = $2, grade = $3, star = $4 WHERE id = $1", &params![&id, total, grade, star]).await
}
