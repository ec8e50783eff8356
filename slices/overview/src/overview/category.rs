//! The branches of a place by category, each with its grades.
use super::Asking;
use assessment::sheet::counted::CATEGORY;
use db::Db;
use kernel::{CycleId, OrgPath, Result};
use std::collections::BTreeMap;
use web::GradeBar;

/// A category as offices write it; empty where none was given.
pub struct Category {
    pub name: String,
    /// The places it is counted in, as the lists take them.
    under: String,
    pub branches: i64,
    pub bar: GradeBar,
}

impl Category {
    /// The list of its branches' sheets.
    pub fn sheets(&self, cycle: &CycleId) -> String {
        format!(
            "/assess/{cycle}/sheets?{}",
            serde_urlencoded::to_string([("category", &self.name), ("under", &self.under)]).unwrap_or_default()
        )
    }
}

/// Of the reader's places together, in the order of the categories' names.
///
/// # Errors
/// The engine's own.
pub async fn categories(db: &Db, asking: &Asking, tops: &[OrgPath]) -> Result<Vec<Category>> {
    let mut kept = BTreeMap::new();
    for top in tops {
        for (name, n) in figures::family(db, &asking.board, top, CATEGORY).await? {
            *kept.entry(name).or_default() += n;
        }
    }
    let under = tops.iter().map(OrgPath::as_str).collect::<Vec<_>>().join(",");
    Ok(read(&kept.into_iter().collect::<Vec<_>>(), &asking.grades, &under))
}

fn read(kept: &[(String, i64)], grades: &[String], under: &str) -> Vec<Category> {
    let count = |name: &str| kept.iter().find(|(n, _)| n == name).map_or(0, |(_, value)| *value);
    let is_grade = |name: &str| name.rsplit_once('/').is_some_and(|(_, last)| grades.iter().any(|g| g == last));
    let whole = kept.iter().filter(|(name, value)| *value > 0 && !is_grade(name));
    let made = whole.map(|(name, branches)| {
        let parts = grades.iter().map(|g| (g.clone(), count(&format!("{name}/{g}")))).collect();
        Category { name: name.clone(), under: under.to_owned(), branches: *branches, bar: GradeBar { parts } }
    });
    made.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_of_metrics_becomes_categories_with_their_grades() {
        let kept = [("", 1), ("机关", 3), ("机关/好", 2), ("机关/差", 1), ("窗口/服务", 1)].map(|(n, v)| (n.to_owned(), v));
        let read = read(&kept, &["好".to_owned(), "差".to_owned()], "/1/");
        let seen: Vec<_> = read.iter().map(|c| (c.name.as_str(), c.branches, c.bar.parts[0].1, c.bar.parts[1].1)).collect();
        assert_eq!(seen, [("", 1, 0, 0), ("机关", 3, 2, 1), ("窗口/服务", 1, 0, 0)]);
    }
}
