//! Where a permission reaches: the subtrees of all posts that give it. Lists, counts, searches and files go over these.
use kernel::OrgPath;
use std::cmp::Ordering;

/// One subtree, as the two bounds of a range on paths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    pub from: String,
    pub to: String,
    /// The subtree's top, or `None` for the whole installation.
    pub top: Option<OrgPath>,
}

impl Scope {
    fn of(top: Option<OrgPath>) -> Scope {
        match top {
            Some(p) => Scope { from: p.as_str().into(), to: p.end(), top: Some(p) },
            None => Scope { from: "/".into(), to: "0".into(), top: None },
        }
    }
    pub fn covers(&self, path: &OrgPath) -> bool {
        self.top.as_ref().is_none_or(|top| top.covers(path))
    }
    /// Nearly everything stands in it: a list walks its own order and looks at each row. Below any other place the rows are
    /// looked up by their paths and put in order.
    pub fn is_wide(&self) -> bool {
        self.top.as_ref().is_none_or(|top| top.depth() <= 1)
    }
}

/// Subtrees in the order of their paths, none of them within another. Nearly everybody has one; whoever holds a role at
/// two sibling organisations has two, and what is asked of each is asked once.
///
/// A list asks every scope for its page and takes the first of what came ([`first`]); a count adds up; what is in the
/// order of paths can go from scope to scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach(Vec<Scope>);

impl Reach {
    /// The union of the subtrees of `tops`; `None` is the whole installation.
    pub fn of(tops: impl IntoIterator<Item = Option<OrgPath>>) -> Reach {
        let Some(mut paths) = tops.into_iter().collect::<Option<Vec<OrgPath>>>() else { return Reach::everything() };
        // In this order a subtree stands directly behind its top, so whoever lies within another lies within the last kept.
        paths.sort();
        let mut kept: Vec<Scope> = Vec::with_capacity(paths.len());
        for path in paths {
            if !kept.last().is_some_and(|last| last.covers(&path)) {
                kept.push(Scope::of(Some(path)));
            }
        }
        Reach(kept)
    }
    /// The whole installation.
    pub fn everything() -> Reach {
        Reach(vec![Scope::of(None)])
    }
    pub fn is_everything(&self) -> bool {
        self.0.iter().any(|s| s.top.is_none())
    }
    pub fn scopes(&self) -> &[Scope] {
        &self.0
    }
    /// The tops of its subtrees; none for the whole installation.
    pub fn tops(&self) -> impl Iterator<Item = &OrgPath> {
        self.0.iter().filter_map(|s| s.top.as_ref())
    }
    pub fn covers(&self, path: &OrgPath) -> bool {
        self.0.iter().any(|s| s.covers(path))
    }
}

/// What a list shows of the pages of several scopes: the first `limit` rows in the list's own order, which is the order in
/// which each page came.
pub fn first<T>(mut rows: Vec<T>, limit: i64, order: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
    rows.sort_by(order);
    rows.truncate(usize::try_from(limit).unwrap_or_default());
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> OrgPath {
        OrgPath::parse(text).unwrap()
    }
    fn tops(reach: &Reach) -> Vec<&str> {
        reach.tops().map(OrgPath::as_str).collect()
    }

    #[test]
    fn a_post_within_another_one_s_subtree_adds_nothing() {
        for (held, kept) in [
            (vec![], vec![]),
            (vec!["/1/2/"], vec!["/1/2/"]),
            (vec!["/1/3/", "/1/2/"], vec!["/1/2/", "/1/3/"]),
            (vec!["/1/2/7/", "/1/2/", "/1/2/"], vec!["/1/2/"]),
            // Number 20 stands beside 2, not below it, though its path begins alike.
            (vec!["/1/20/", "/1/2/", "/1/2/3/"], vec!["/1/2/", "/1/20/"]),
            (vec!["/1/", "/1/2/", "/2/1/"], vec!["/1/", "/2/1/"]),
        ] {
            let reach = Reach::of(held.iter().map(|p| Some(path(p))));
            assert_eq!(tops(&reach), kept, "{held:?}");
        }
    }

    #[test]
    fn the_whole_installation_swallows_every_other_post() {
        let reach = Reach::of([Some(path("/1/2/")), None, Some(path("/3/"))]);
        assert_eq!(reach, Reach::everything());
        assert!(reach.is_everything() && reach.covers(&path("/9/")) && reach.scopes().len() == 1);
        assert!(!Reach::of([]).is_everything() && !Reach::of([]).covers(&path("/9/")));
    }

    #[test]
    fn the_pages_of_several_scopes_become_one_in_the_order_of_the_list() {
        let by = |a: &i32, b: &i32| a.cmp(b);
        assert_eq!(first(vec![1, 4, 9, 2, 3, 8], 4, by), [1, 2, 3, 4]);
        assert_eq!(first(vec![1, 4], 4, by), [1, 4]);
    }
}
