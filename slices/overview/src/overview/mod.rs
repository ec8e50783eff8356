//! What is asked of every place of the tree, and the rows that answer.
mod at;
mod category;
pub mod page;
mod place;
mod star;

use assessment::cycle::Cycle;
use at::At;
use db::Db;
use figures::{Child, children, children_between, day_metric};
use kernel::{BusinessDate, OrgPath, Result};
use place::{Place, below, named};
use rectification::{CLOSED, DUE, OPEN};
use std::collections::HashMap;
use web::GradeBar;

/// One place of the tree with its kept figures.
pub struct Row {
    pub place: Place,
    /// 1 stands just below the first.
    pub level: usize,
    /// Whether what stands below it is shown.
    pub open: bool,
    /// Whether its level begins with it: the way to more of the level leads there.
    pub first: bool,
    pub figures: Figures,
}

impl Row {
    /// The address that opens it, or closes it again: then its level stays open, and where it was.
    pub fn toggled(&self) -> String {
        format!("{}={}", if self.open { "from" } else { "open" }, self.place.path)
    }
}

/// A line of the table.
pub enum Line {
    Place(Box<Row>),
    /// The way to more of a level that is longer than a page.
    Rest {
        level: usize,
        text: &'static str,
        address: String,
    },
}

impl Line {
    fn beginning(level: usize, above: &OrgPath) -> Self {
        Line::Rest { level, text: "overview-first", address: format!("open={above}") }
    }
    fn next(level: usize, from: &OrgPath) -> Self {
        Line::Rest { level, text: "overview-next", address: format!("from={from}") }
    }
}

/// What is said of a place and everything below it, or of several places together.
pub struct Figures {
    /// The place in the cycle's copy of the tree, or the places, as the lists take them.
    under: String,
    pub branches: i64,
    pub submitted: i64,
    pub bar: GradeBar,
    pub pending: i64,
    pub closed: i64,
    pub late: i64,
}

impl Figures {
    /// With those of another place, which does not lie within this one.
    fn and(mut self, other: Figures) -> Self {
        let parts = self.bar.parts.iter_mut().zip(other.bar.parts);
        parts.for_each(|((_, sum), (_, n))| *sum += n);
        Figures {
            under: format!("{},{}", self.under, other.under),
            branches: self.branches + other.branches,
            submitted: self.submitted + other.submitted,
            bar: self.bar,
            pending: self.pending + other.pending,
            closed: self.closed + other.closed,
            late: self.late + other.late,
        }
    }
    /// The list of its branches' sheets.
    pub fn sheets(&self, cycle: &kernel::CycleId) -> String {
        format!("/assess/{cycle}/sheets?under={}", self.under)
    }
    /// The list of its problems by a filter: as the figures, by the cycle's copy of the tree.
    pub fn problems(&self, cycle: &kernel::CycleId, filter: &str) -> String {
        format!("/problems?f={filter}&view=list&cycle={cycle}&under={}", self.under)
    }
    /// Branches without a grade: nothing is known of them yet.
    pub fn ungraded(&self) -> i64 {
        (self.branches - self.bar.parts.iter().map(|(_, n)| n).sum::<i64>()).max(0)
    }
}

/// The metrics of one cycle on one day.
pub struct Asking {
    pub board: String,
    opened: BusinessDate,
    today: BusinessDate,
    pub grades: Vec<String>,
    /// The highest first.
    pub stars: Vec<u8>,
}

impl Asking {
    /// # Errors
    /// The engine's own.
    pub async fn of(db: &Db, c: &Cycle, today: BusinessDate) -> Result<Self> {
        let scheme = standards::scheme(db, c.scheme()).await?;
        let grades = scheme.grades.iter().map(|g| g.name.clone()).collect();
        let mut stars: Vec<u8> = scheme.stars.iter().map(|s| s.level).collect();
        stars.sort_unstable_by(|a, b| b.cmp(a));
        Ok(Self { board: c.id.to_string(), opened: c.opened, today, grades, stars })
    }

    fn metrics(&self) -> Vec<String> {
        let fixed = ["branches", "self:submitted", OPEN, CLOSED];
        fixed.iter().map(|m| (*m).to_owned()).chain(self.grades.iter().map(|g| format!("grade:{g}"))).collect()
    }

    /// Overdue is a sum over due dates, so midnight changes nothing that is kept.
    fn days(&self) -> (String, String) {
        (day_metric(DUE, BusinessDate::from_number(0)), day_metric(DUE, self.today))
    }

    /// The sum of everything below the reader's places, none of which lies within another.
    ///
    /// # Errors
    /// The engine's own.
    pub async fn whole(&self, db: &Db, tops: &[OrgPath]) -> Result<Figures> {
        let mut sum: Option<Figures> = None;
        for top in tops {
            let of_one = self.of_place(db, top).await?;
            sum = Some(match sum {
                Some(sum) => sum.and(of_one),
                None => of_one,
            });
        }
        Ok(sum.unwrap_or_else(|| self.figures(String::new(), &[], 0)))
    }

    async fn of_place(&self, db: &Db, path: &OrgPath) -> Result<Figures> {
        let metrics = self.metrics();
        let names: Vec<&str> = metrics.iter().map(String::as_str).collect();
        let values = figures::of(db, &self.board, path, &names).await?;
        let (first, end) = self.days();
        let late = figures::between(db, &self.board, path, &first, &end).await?;
        Ok(self.figures(path.to_string(), &values, late))
    }

    /// The places below the reader's one, or the reader's several, and below each one on the way down to `at`: what is open
    /// when it stands above the table's lowest level, or else with what that level begins.
    ///
    /// # Errors
    /// The engine's own.
    pub async fn tree(&self, db: &Db, tops: &[OrgPath], at: &At) -> Result<Vec<Line>> {
        let mut lines = match tops {
            [top] => self.below(db, top, 1, at).await?,
            several => self.beside(db, several).await?,
        };
        let mut level = 1;
        while let Some((i, path)) = at.opened(&mut lines, level) {
            level += 1;
            let below = self.below(db, &path, level, at).await?;
            lines.splice(i + 1..i + 1, below);
        }
        Ok(lines)
    }

    /// The reader's own places, where there are several.
    async fn beside(&self, db: &Db, tops: &[OrgPath]) -> Result<Vec<Line>> {
        let mut places = named(db, tops.to_vec(), self.opened).await?;
        places.sort_by(|a, b| a.code.cmp(&b.code));
        let mut rows = Vec::with_capacity(places.len());
        for place in places {
            let figures = self.of_place(db, &place.path).await?;
            rows.push(Line::Place(Box::new(Row { place, level: 1, open: false, first: false, figures })));
        }
        Ok(rows)
    }

    async fn below(&self, db: &Db, path: &OrgPath, level: usize, at: &At) -> Result<Vec<Line>> {
        let metrics = self.metrics();
        let names: Vec<&str> = metrics.iter().map(String::as_str).collect();
        let (first, end) = self.days();
        let late = values_by_path(children_between(db, &self.board, Some(path), &first, &end).await?);
        let counted = values_by_path(children(db, &self.board, Some(path), &names).await?);
        let shown = below(db, path.clone(), at.just_below(path)?, self.opened).await?;
        let rows = shown.places.into_iter().filter_map(|place| {
            let values = counted.get(&place.path)?;
            let late = late.get(&place.path).and_then(|values| values.first().copied()).unwrap_or(0);
            let figures = self.figures(place.path.to_string(), values, late);
            Some(Box::new(Row { place, level, open: false, first: false, figures }))
        });
        let rows = rows.enumerate().map(|(i, row)| Line::Place(Box::new(Row { first: i == 0, ..*row })));
        let beginning = shown.begun.then(|| Line::beginning(level, path));
        let next = shown.next.map(|from| Line::next(level, &from));
        Ok(beginning.into_iter().chain(rows).chain(next).collect())
    }

    fn figures(&self, under: String, values: &[i64], late: i64) -> Figures {
        let get = |i: usize| values.get(i).copied().unwrap_or(0);
        let parts = self.grades.iter().enumerate().map(|(i, g)| (g.clone(), get(4 + i))).collect();
        let bar = GradeBar { parts };
        Figures { under, branches: get(0), submitted: get(1), bar, pending: get(2), closed: get(3), late }
    }
}

fn values_by_path(children: Vec<Child>) -> HashMap<OrgPath, Vec<i64>> {
    children.into_iter().map(|child| (child.path, child.values)).collect()
}
