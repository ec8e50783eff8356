//! Pages of organisations within a reach, by code (keyset): one type or all, standing or closed.
use super::kind::OrgKind;
use super::store::Organisation;
use access::{Reach, Scope, first};
use db::{Param, Result, Tx, params};

/// Counts stop here and are shown as 999+.
pub const COUNTED: i64 = 1000;

/// Which organisations a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    Standing,
    Of(OrgKind),
    Closed,
}

impl Filter {
    /// As an address says it; anything else is everything that stands.
    pub fn parse(text: Option<&str>) -> Self {
        match text {
            Some("closed") => Filter::Closed,
            Some(code) => OrgKind::parse(code).map_or(Filter::Standing, Filter::Of),
            None => Filter::Standing,
        }
    }
    pub fn name(self) -> &'static str {
        match self {
            Filter::Standing => "standing",
            Filter::Of(kind) => kind.code(),
            Filter::Closed => "closed",
        }
    }
    /// Key of its name.
    pub fn text(self) -> &'static str {
        match self {
            Filter::Standing => "org-f-standing",
            Filter::Of(kind) => kind.text(),
            Filter::Closed => "org-f-closed",
        }
    }
}

/// A page is asked for by this.
#[derive(Clone, Debug)]
pub struct Asked {
    pub reach: Reach,
    pub filter: Filter,
    /// The code the page begins after.
    pub after: String,
    pub limit: i64,
}

macro_rules! rows {
    ($($more:expr),*) => {
        concat!("SELECT id, code, type, category, name FROM organisation o WHERE o.code > $1", $($more,)* " ORDER BY o.code LIMIT $2")
    };
}
macro_rules! number {
    ($($more:expr),*) => {
        concat!("SELECT COUNT(*) FROM (SELECT 1 FROM organisation o WHERE o.code > $1", $($more,)* " LIMIT $2) AS few")
    };
}
macro_rules! below {
    () => {
        concat!(" AND o.id ", tree::below!("$3", "$4"))
    };
}
/// Below a root stands nearly everything: the page is read along the codes, and each row is looked at.
macro_rules! widely {
    () => {
        concat!(" AND ", tree::open_below!("o.id", "$3", "$4"))
    };
}

/// The shapes of one statement: whole installation or a subtree; everything that stands, one type of it, or the closed, which
/// are few: they are looked up.
macro_rules! shapes {
    ($make:ident, $asked:expr, $scope:expr) => {
        match ($scope.top.is_some(), $scope.is_wide(), $asked.filter) {
            (false, _, Filter::Standing) => $make!(" AND ", tree::stands!("o.id")),
            (false, _, Filter::Of(_)) => $make!(" AND o.type = $3 AND ", tree::stands!("o.id")),
            (false, _, Filter::Closed) => $make!(" AND o.id ", tree::ended!()),
            (true, true, Filter::Standing) => $make!(widely!()),
            (true, true, Filter::Of(_)) => $make!(" AND o.type = $5", widely!()),
            (true, false, Filter::Standing) => $make!(below!(), " AND ", tree::stands!("o.id")),
            (true, false, Filter::Of(_)) => $make!(below!(), " AND o.type = $5 AND ", tree::stands!("o.id")),
            (true, _, Filter::Closed) => $make!(" AND o.id ", tree::ended!("$3", "$4")),
        }
    };
}

/// # Errors
/// The engine's own.
pub async fn page(tx: &mut Tx<'_>, a: &Asked) -> Result<Vec<Organisation>> {
    let mut all = Vec::new();
    for scope in a.reach.scopes() {
        all.extend(tx.all::<Organisation>(shapes!(rows, a, scope), &bound(a, scope, a.limit)).await?);
    }
    Ok(first(all, a.limit, |x, y| x.code.cmp(&y.code)))
}

/// How many there are, at most [`COUNTED`].
///
/// # Errors
/// The engine's own.
pub async fn count(tx: &mut Tx<'_>, a: &Asked) -> Result<i64> {
    let mut n = 0;
    for scope in a.reach.scopes() {
        n += tx.one::<i64>(shapes!(number, a, scope), &bound(a, scope, COUNTED)).await?;
    }
    Ok(n.min(COUNTED))
}

fn bound<'a>(a: &'a Asked, scope: &'a Scope, limit: i64) -> Vec<Param<'a>> {
    let mut all = params![&a.after, limit].to_vec();
    if scope.top.is_some() {
        all.extend(params![&scope.from, &scope.to]);
    }
    if let Filter::Of(kind) = a.filter {
        all.extend(params![kind.code()]);
    }
    all
}
