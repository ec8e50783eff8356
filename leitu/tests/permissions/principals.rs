//! Who asks: every role, high and low in the tree; an account without a post; nobody.
use crate::table::{Open, Reach, Row, Table, Who};
use crate::world::{Object, covers};
use testkit::Person;

pub struct Principal {
    pub role: &'static str,
    /// Code of the organisation the role is held at; empty for the installation.
    pub at: &'static str,
    /// `None` for a visitor.
    pub person: Option<Person>,
}

/// Role and place of everybody who tries every door.
pub const EVERYBODY: [(&str, &str); 15] = [
    ("committee", "21"),
    ("committee", "21-1"),
    ("reviewer", "21"),
    ("reviewer", "21-1"),
    ("deputy", "21-1"),
    ("secretary", "21-1-1"),
    ("secretary", "21-2-1"),
    ("member", "21-1-1"),
    ("inspector", "21"),
    ("inspector", "21-2"),
    ("system_administrator", ""),
    ("security_administrator", ""),
    ("audit_administrator", ""),
    ("", ""),
    (ENROLLED, "21-2-1"),
];

/// No role: an account of a member in the register of a branch.
pub const ENROLLED: &str = "enrolled";

/// What must come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    Allowed,
    SignIn,
    Denied,
    Missing,
}

impl Principal {
    pub fn name(&self) -> String {
        match (&self.person, self.role) {
            (None, _) => "a visitor".into(),
            (_, "") => "an account without a post".into(),
            (_, role) => format!("{role}@{}", self.at),
        }
    }
    fn reaches(&self, who: &Who, object: &Object) -> bool {
        who.iter().filter(|(role, _)| role == "*" || role == self.role).any(|(_, reach)| self.within(*reach, object))
    }
    fn within(&self, reach: Reach, object: &Object) -> bool {
        let account = self.person.as_ref().map(|p| p.account);
        match reach {
            Reach::Any => true,
            Reach::Own => object.owner.is_some() && object.owner == account,
            Reach::Team => account.is_some_and(|a| object.team.contains(&a)),
            Reach::Place => self.stands_above(&object.at),
            Reach::Root => self.stands_above(&object.root),
            Reach::Touch => self.stands_above(&object.root) || covers(&object.root, self.at),
        }
    }
    fn stands_above(&self, code: &str) -> bool {
        self.at.is_empty() || covers(self.at, code)
    }
    fn holds(&self, who: &Who) -> bool {
        who.iter().any(|(role, _)| role == "*" || role == self.role)
    }
    /// `object` is `None` for a route about no object, and `Some(None)` for an object that is not there.
    pub fn expected(&self, table: &Table, row: &Row, object: Option<Option<&Object>>) -> Expected {
        let who = match (&row.who, &self.person) {
            (Open::Absent, None) if row.path.starts_with("/demo") => return Expected::SignIn,
            (Open::Absent, _) => return Expected::Missing,
            (Open::Ticket, _) => return Expected::SignIn,
            (Open::Anybody, _) if matches!(object, Some(None)) => return Expected::Missing,
            (Open::Anybody | Open::Closed, _) => return Expected::Allowed,
            (_, None) => return Expected::SignIn,
            (Open::Everyone, _) => return Expected::Allowed,
            (Open::Roles(who), _) => who,
        };
        match object {
            None if self.holds(who) => Expected::Allowed,
            None => Expected::Denied,
            Some(None) => Expected::Missing,
            Some(Some(object)) if self.reaches(who, object) => Expected::Allowed,
            Some(Some(object)) => {
                let seen = row.object().and_then(|o| table.sees.get(&o)).is_some_and(|sees| self.reaches(sees, object));
                if seen { Expected::Denied } else { Expected::Missing }
            }
        }
    }
}
