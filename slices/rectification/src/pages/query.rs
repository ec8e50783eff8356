//! What a list's address asks for.
use crate::problem::list::{self, Asked, Which};
use access::Reach;
use calendar::Calendar;
use kernel::{BusinessDate, Error, OrgId, OrgPath, ProblemId, Result};
use serde::Deserialize;

/// `?view=board|list&f=open|late|soon|mine|closed|withdrawn&org=&cycle=&under=&after=`; `under` is a place in the cycle's copy of
/// the tree, or several with commas between.
#[derive(Deserialize, Default, Clone)]
pub struct Query {
    pub view: Option<String>,
    pub f: Option<String>,
    pub org: Option<String>,
    pub cycle: Option<String>,
    pub under: Option<String>,
    pub after: Option<String>,
}

/// Which of the filters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Filter {
    Open,
    Late,
    Soon,
    Mine,
    Closed,
    Withdrawn,
}

impl Filter {
    /// Its problems are still to be put right: they have a board, and somebody can be reminded of them.
    pub fn is_pending(self) -> bool {
        !matches!(self, Filter::Closed | Filter::Withdrawn)
    }
    pub fn name(self) -> &'static str {
        match self {
            Filter::Open => "open",
            Filter::Late => "late",
            Filter::Soon => "soon",
            Filter::Mine => "mine",
            Filter::Closed => "closed",
            Filter::Withdrawn => "withdrawn",
        }
    }
    /// Key of its name.
    pub fn text(self) -> &'static str {
        match self {
            Filter::Open => "problem-f-open",
            Filter::Late => "problem-f-late",
            Filter::Soon => "problem-f-soon",
            Filter::Mine => "problem-f-mine",
            Filter::Closed => "problem-closed",
            Filter::Withdrawn => "problem-withdrawn",
        }
    }
    /// Limits a list to it.
    pub fn of(self, asked: &Asked, calendar: &Calendar, today: BusinessDate) -> Asked {
        let due = match self {
            Filter::Late => list::late(today),
            Filter::Soon => list::soon(calendar, today),
            _ => list::ALWAYS,
        };
        let which = match self {
            Filter::Closed => Which::Closed,
            Filter::Withdrawn => Which::Withdrawn,
            _ => Which::Open,
        };
        Asked { due, which, ..asked.clone() }
    }
}

impl Query {
    pub fn filter(&self) -> Filter {
        match self.f.as_deref() {
            Some("late") => Filter::Late,
            Some("soon") => Filter::Soon,
            Some("mine") => Filter::Mine,
            Some("closed") => Filter::Closed,
            Some("withdrawn") => Filter::Withdrawn,
            _ => Filter::Open,
        }
    }
    /// The board, unless a list is asked for; what is closed or withdrawn has no columns.
    pub fn is_board(&self) -> bool {
        self.view.as_deref() != Some("list") && self.filter().is_pending()
    }
    /// # Errors
    /// Not found for what is no id.
    pub fn organisation(&self) -> Result<Option<OrgId>> {
        self.org.as_deref().map(OrgId::parse).transpose()
    }
    /// The places in the cycle's copy of the tree.
    ///
    /// # Errors
    /// Not found for what is no place.
    pub fn under(&self) -> Result<Vec<OrgPath>> {
        let under = self.under.as_deref().unwrap_or_default().split(',').filter(|u| !u.is_empty());
        under.map(OrgPath::parse).collect::<Result<_>>().map_err(|_| Error::not_found())
    }
    /// As ranges of which none lies within another.
    ///
    /// # Errors
    /// Not found for what is no place.
    pub fn places_on_board(&self) -> Result<Vec<(String, String)>> {
        Ok(Reach::of(self.under()?.into_iter().map(Some)).scopes().iter().map(|s| (s.from.clone(), s.to.clone())).collect())
    }
    /// Where the list goes on; anything unreadable begins it.
    pub fn place(&self) -> (i64, ProblemId) {
        let parts = self.after.as_deref().and_then(|a| a.split_once('~'));
        let read = parts.and_then(|(due, id)| Some((due.parse().ok()?, ProblemId::parse(id).ok()?)));
        read.unwrap_or(list::START)
    }
    /// Confirmations of the same board.
    pub fn confirmations(&self) -> crate::confirmation::pages::Query {
        crate::confirmation::pages::Query::of_board(self.cycle.clone())
    }
    /// The address with another view and filter, the rest kept.
    pub fn path(&self, view: &str, f: Filter) -> String {
        let mut path = format!("/problems?view={view}&f={}", f.name());
        for (name, value) in [("org", &self.org), ("cycle", &self.cycle), ("under", &self.under)] {
            if let Some(value) = value.as_deref().filter(|v| v.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b','))) {
                path.push_str(&format!("&{name}={value}"));
            }
        }
        path
    }
}

/// As an address spells a place.
pub fn place(p: &crate::Problem) -> String {
    let (due, id) = p.place();
    format!("{due}~{id}")
}
