//! The SQL of sheets. `path` is the cycle's copy and serves its lists and figures; access goes by today's tree.
use super::{State, rechecked};
use access::{Grant, Permission, Reach, Scope, first};
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

/// A page of a cycle's sheets in the order of their codes, of those that stand within `reach` in the cycle's copy.
///
/// # Errors
/// The engine's own.
pub async fn page(tx: &mut Tx<'_>, cycle: CycleId, reach: &Reach, after: Option<&str>, limit: i64) -> Result<Vec<Sheet>> {
    let (reach, after) = (reach.clone(), after.map(str::to_owned));
    list(tx, &Listing { cycle, layer: Layer::SelfAssessment, state: None, category: None, grade: None, star: None, reach, after, limit })
        .await
}

/// Which sheets of a cycle a list shows. They come in the order of their codes, which is the administrative one; the cycle has
/// copied them, so that a branch that is given another code meanwhile keeps its place.
#[derive(Clone, Debug)]
pub struct Listing {
    pub cycle: CycleId,
    /// Whose state is meant: acceptance, the re-check of those that were drawn, or self-assessment for any other.
    pub layer: Layer,
    /// `None` takes all.
    pub state: Option<State>,
    /// `None` takes all.
    pub category: Option<String>,
    /// `None` takes all.
    pub grade: Option<String>,
    /// `None` takes all.
    pub star: Option<i64>,
    /// Places in the cycle's copy of the tree.
    pub reach: Reach,
    /// Behind this code.
    pub after: Option<String>,
    pub limit: i64,
}

/// Whichever star, as statements are asked for it.
pub(super) const ANY: i64 = -1;

impl Listing {
    /// Every sheet within a reach, as far as a first page goes.
    pub fn all(cycle: CycleId, layer: Layer, reach: Reach) -> Self {
        Self { cycle, layer, state: None, category: None, grade: None, star: None, reach, after: None, limit: 1 }
    }
    /// Whether a sheet has the state, category, grade and star that are asked for.
    fn takes(&self, s: &Sheet) -> bool {
        let grade = self.grade.as_deref().filter(|g| !g.is_empty());
        self.state.is_none_or(|state| s.state(self.layer) == state)
            && self.category.as_ref().is_none_or(|c| s.category == *c)
            && grade.is_none_or(|g| s.grade.as_deref() == Some(g))
            && self.star.is_none_or(|star| s.star == Some(star))
    }
}

/// One page.
///
/// # Errors
/// The engine's own.
pub async fn list(tx: &mut Tx<'_>, l: &Listing) -> Result<Vec<Sheet>> {
    let mut all = Vec::new();
    for scope in l.reach.scopes() {
        all.extend(match l.layer {
            Layer::Recheck => rechecked::list(tx, l, scope).await?,
            _ => listed(tx, l, scope).await?,
        });
    }
    Ok(first(all, l.limit, |a, b| a.code.cmp(&b.code)))
}

// SQLite has no statistics: what is joined to nothing is not looked up, so each statement has one way it can go. Of what is
// wide the codes are walked, with the state where one is asked for; below another place its sheets are looked up and sorted.
macro_rules! wide {
    ($($state:expr),*) => {
        sheets!(
            "WHERE cycle = $1 AND path || '' >= $2 AND path || '' < $3 AND code > $4 AND ($5 = 1 OR category = $6)
               AND ($7 = '' OR grade = $7) AND ($8 < 0 OR star = $8)", $($state,)* " ORDER BY code LIMIT $9"
        )
    };
}
macro_rules! narrow {
    ($($state:expr),*) => {
        sheets!(
            "WHERE cycle = $1 AND path >= $2 AND path < $3 AND code || '' > $4 AND ($5 = 1 OR category = $6)
               AND ($7 = '' OR grade = $7) AND ($8 < 0 OR star = $8)", $($state,)* " ORDER BY code || '' LIMIT $9"
        )
    };
}

async fn listed(tx: &mut Tx<'_>, l: &Listing, scope: &Scope) -> Result<Vec<Sheet>> {
    let after = l.after.as_deref().unwrap_or("");
    let (any, category) = (i64::from(l.category.is_none()), l.category.as_deref().unwrap_or(""));
    let (grade, star) = (l.grade.as_deref().unwrap_or(""), l.star.unwrap_or(ANY));
    let mut asked = params![&l.cycle, &scope.from, &scope.to, after, any, category, grade, star, l.limit].to_vec();
    if let Some(state) = l.state {
        asked.extend(params![state.name()]);
    }
    let sql = match (l.state.is_some(), l.layer == Layer::Acceptance, scope.is_wide()) {
        (false, _, true) => wide!(),
        (false, _, false) => narrow!(),
        (true, false, true) => wide!(" AND self_state = $10"),
        (true, false, false) => narrow!(" AND self_state || '' = $10"),
        (true, true, true) => wide!(" AND acceptance_state = $10"),
        (true, true, false) => narrow!(" AND acceptance_state || '' = $10"),
    };
    tx.all(sql, &asked).await
}

macro_rules! gone {
    ($($more:expr),*) => {
        sheets!("WHERE cycle = $1 AND sheet.path >= $2 AND sheet.path < $3", $($more,)* " ORDER BY sheet.code")
    };
}

/// Sheets of branches that have come into the reach since the cycle opened; in its copy they stand outside. Few, so the first
/// page has them all.
///
/// # Errors
/// The engine's own.
pub async fn arrived(tx: &mut Tx<'_>, l: &Listing) -> Result<Vec<Sheet>> {
    let sql = sheets!("WHERE cycle = $1 AND org ", tree::below!("$2", "$3"), " AND (path < $2 OR path >= $3)");
    let mut all: Vec<Sheet> = Vec::new();
    for scope in l.reach.scopes() {
        all.extend(tx.all::<Sheet>(sql, &params![&l.cycle, &scope.from, &scope.to]).await?);
    }
    all.sort_by(|a, b| a.code.cmp(&b.code));
    // What has moved from one of the reader's places to another stands in the list itself.
    Ok(all.into_iter().filter(|s| !l.reach.covers(&s.path) && l.takes(s)).collect())
}

/// Sheets of branches that stood within `l`'s places when the cycle opened and have left the grant's reach since. Few as well.
///
/// # Errors
/// The engine's own.
pub async fn departed<P: Permission>(tx: &mut Tx<'_>, grant: &Grant<P>, l: &Listing) -> Result<Vec<Sheet>> {
    let mut left: Vec<Sheet> = Vec::new();
    for scope in l.reach.scopes() {
        if scope.top.is_none() {
            continue;
        }
        // Below a root of the tree stands nearly everything: there one looks at what stands elsewhere.
        let sql = if scope.is_wide() {
            gone!(" AND sheet.org ", tree::apart!("$2", "$3"))
        } else {
            gone!(" AND NOT ", tree::stands_below!("sheet.org", "$2", "$3"))
        };
        left.extend(tx.all::<Sheet>(sql, &params![&l.cycle, &scope.from, &scope.to]).await?);
    }
    let theirs: Vec<SheetId> = within(tx, grant, left.clone()).await?.iter().map(|s| s.id).collect();
    Ok(left.into_iter().filter(|s| !theirs.contains(&s.id) && l.takes(s)).collect())
}

/// Those of a page whose branch stands within the grant's reach today: lists go by the cycle's copy, access by today's tree.
///
/// # Errors
/// The engine's own.
pub async fn within<P: Permission>(tx: &mut Tx<'_>, grant: &Grant<P>, page: Vec<Sheet>) -> Result<Vec<Sheet>> {
    let mut kept = Vec::with_capacity(page.len());
    for sheet in page {
        let path = tree::node(tx, sheet.org).await?.path;
        if grant.admits(&path).is_ok() {
            kept.push(sheet);
        }
    }
    Ok(kept)
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
pub async fn set_total(tx: &mut Tx<'_>, id: SheetId, total: Option<Points>, grade: Option<&str>, star: Option<i64>) -> Result<()> {
    tx.later("UPDATE sheet SET total = $2, grade = $3, star = $4 WHERE id = $1", &params![&id, total, grade, star]).await
}

#[cfg(test)]
mod tests {
    /// PostgreSQL chooses by its statistics; SQLite has none.
    #[tokio::test]
    async fn a_list_walks_the_codes_of_a_cycle_or_looks_up_the_sheets_of_a_place() {
        for engine in testkit::engines().await.iter().filter(|e| !e.is_pg()) {
            engine.db().migrate(&[crate::slice().migrations].concat()).await.unwrap();
            for (sql, index) in [
                (wide!(), "sheet_cycle_code (cycle=? AND code>?)"),
                (wide!(" AND self_state = $10"), "sheet_cycle_self (cycle=? AND self_state=? AND code>?)"),
                (wide!(" AND acceptance_state = $10"), "sheet_cycle_acceptance (cycle=? AND acceptance_state=? AND code>?)"),
                (narrow!(), "sheet_cycle_path (cycle=? AND path>? AND path<?)"),
                (narrow!(" AND self_state || '' = $10"), "sheet_cycle_path (cycle=? AND path>? AND path<?)"),
            ] {
                let plan = engine.db().plan(sql).await.unwrap();
                assert!(plan[0].ends_with(index), "{plan:?}");
                assert_eq!(plan.len() == 1, index.contains("code>?"), "only what is looked up is sorted: {plan:?}");
            }
        }
    }
}
