//! Lists of a cycle's sheets: which of them, in what order, and what has come or gone since the cycle was opened.
use super::store::{Sheet, sheets};
use super::{State, rechecked};
use access::{Grant, Permission, Reach, Scope, first};
use db::{Result, Tx, params};
use kernel::{CycleId, SheetId};
use scoring::Layer;

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
    /// What the rows are walked by, where only some are asked for: the fewest have one star.
    pub(super) fn walked(&self) -> Option<Walked> {
        let grade = self.grade.as_ref().filter(|g| !g.is_empty());
        let star = self.star.map(|_| Walked::Star);
        star.or(grade.map(|_| Walked::Grade)).or(self.category.as_ref().map(|_| Walked::Category))
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

/// An order of the codes of a cycle within which those of one kind follow one another.
#[derive(Clone, Copy)]
pub(super) enum Walked {
    Star,
    Grade,
    Category,
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
// wide the codes are walked, of one star, grade or category or of one state where that is asked for; below another place its
// sheets are looked up and sorted.
macro_rules! wide {
    ($($only:expr),*) => {
        sheets!(
            "WHERE cycle = $1 AND path || '' >= $2 AND path || '' < $3 AND code > $4 AND ($5 = 1 OR category = $6)
               AND ($7 = '' OR grade = $7) AND ($8 < 0 OR star = $8)", $($only,)* " ORDER BY code LIMIT $9"
        )
    };
}
macro_rules! narrow {
    ($($only:expr),*) => {
        sheets!(
            "WHERE cycle = $1 AND path >= $2 AND path < $3 AND code || '' > $4 AND ($5 = 1 OR category = $6)
               AND ($7 = '' OR grade = $7) AND ($8 < 0 OR star = $8)", $($only,)* " ORDER BY code || '' LIMIT $9"
        )
    };
}
/// The statement for the state that is asked for, looked at row by row.
macro_rules! with_state {
    ($layer:expr, $list:ident, $($only:expr),*) => {
        match $layer {
            None => $list!($($only),*),
            Some(Layer::Acceptance) => $list!($($only,)* " AND acceptance_state || '' = $10"),
            Some(_) => $list!($($only,)* " AND self_state || '' = $10"),
        }
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
    let layer = l.state.map(|_| l.layer);
    let sql = match (l.walked(), layer) {
        _ if !scope.is_wide() => with_state!(layer, narrow,),
        (Some(Walked::Star), _) => with_state!(layer, wide, " AND star = $8"),
        (Some(Walked::Grade), _) => with_state!(layer, wide, " AND grade = $7"),
        (Some(Walked::Category), _) => with_state!(layer, wide, " AND category = $6"),
        (None, None) => wide!(),
        (None, Some(Layer::Acceptance)) => wide!(" AND acceptance_state = $10"),
        (None, Some(_)) => wide!(" AND self_state = $10"),
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

#[cfg(test)]
mod tests {
    use super::sheets;

    /// PostgreSQL chooses by its statistics; SQLite has none.
    #[tokio::test]
    async fn a_list_walks_the_codes_of_a_cycle_or_looks_up_the_sheets_of_a_place() {
        for engine in testkit::engines().await.iter().filter(|e| !e.is_pg()) {
            engine.db().migrate(&[crate::slice().migrations].concat()).await.unwrap();
            for (sql, index) in [
                (wide!(), "sheet_cycle_code (cycle=? AND code>?)"),
                (wide!(" AND self_state = $10"), "sheet_cycle_self (cycle=? AND self_state=? AND code>?)"),
                (wide!(" AND acceptance_state = $10"), "sheet_cycle_acceptance (cycle=? AND acceptance_state=? AND code>?)"),
                (wide!(" AND star = $8"), "sheet_cycle_star (cycle=? AND star=? AND code>?)"),
                (wide!(" AND grade = $7", " AND self_state || '' = $10"), "sheet_cycle_grade (cycle=? AND grade=? AND code>?)"),
                (wide!(" AND category = $6"), "sheet_cycle_category (cycle=? AND category=? AND code>?)"),
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
