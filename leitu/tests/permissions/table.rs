//! The table kept by hand (`table.txt`), parsed.
use std::collections::{BTreeMap, BTreeSet};

/// How far a role's reach goes, measured without asking the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    Place,
    Root,
    Touch,
    Team,
    Own,
    Any,
}

/// Roles (`*` is every account) with their reach.
pub type Who = Vec<(String, Reach)>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Open {
    Anybody,
    Everyone,
    /// A real installation has no such address.
    Absent,
    /// Only with the ticket that a one-time code gives; everybody else is led to the sign-in.
    Ticket,
    /// An installation that has been founded leads away and changes nothing.
    Closed,
    Roles(Who),
}

#[derive(Clone, Debug)]
pub struct Row {
    pub method: String,
    pub path: String,
    pub who: Open,
    /// What a POST carries.
    pub body: String,
    /// What has been done once is not there any more.
    pub once: bool,
    /// Where the object stands once it has been done.
    pub to: Option<String>,
    /// Only objects of the fixture with this note.
    pub only: Option<String>,
}

#[derive(Default)]
pub struct Table {
    pub rows: Vec<Row>,
    /// By the parameter that names the object: who sees it.
    pub sees: BTreeMap<String, Who>,
    /// Rows that change in chunks, each with an event of its own.
    pub chunks: BTreeSet<String>,
    /// Rows that write rows nobody sees before the event that makes them valid.
    pub stages: BTreeSet<String>,
    /// Rows whose form is only shown again, or kept for its sender alone.
    pub carries: BTreeSet<String>,
    /// Rows that take data out of the system.
    pub exports: BTreeSet<String>,
    /// Rows whose pages show more than one's own reach, on purpose.
    pub shows: BTreeSet<String>,
}

impl Row {
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
    /// What names the object of this route, as the fixture knows it; `None` if the route is about no object.
    pub fn object(&self) -> Option<String> {
        object_of(&self.path)
    }
    pub fn changes(&self) -> bool {
        self.method != "GET"
    }
    pub fn is_api(&self) -> bool {
        self.path.starts_with("/api/v1")
    }
}

/// `sheet` for `/sheets/{sheet}/why`; codes are told apart by what they are codes of.
fn object_of(path: &str) -> Option<String> {
    let parts: Vec<&str> = path.split('/').collect();
    let at = parts.iter().position(|p| p.starts_with('{'))?;
    let name = parts[at].trim_matches(['{', '}']);
    Some(if name == "code" { parts[at - 1].to_owned() } else { name.to_owned() })
}

fn who(text: &str) -> Who {
    let one = |word: &str| {
        let (role, reach) = word.split_once(':').unwrap_or((word, "place"));
        let reach = match reach {
            "place" => Reach::Place,
            "root" => Reach::Root,
            "touch" => Reach::Touch,
            "team" => Reach::Team,
            "own" => Reach::Own,
            "any" => Reach::Any,
            other => panic!("the table knows no reach {other}"),
        };
        (role.to_owned(), reach)
    };
    text.split_whitespace().map(one).collect()
}

impl Table {
    fn list(&mut self, word: &str) -> Option<&mut BTreeSet<String>> {
        match word {
            "shows" => Some(&mut self.shows),
            "chunks" => Some(&mut self.chunks),
            "carries" => Some(&mut self.carries),
            "exports" => Some(&mut self.exports),
            "stages" => Some(&mut self.stages),
            _ => None,
        }
    }
    pub fn read(text: &str) -> Table {
        let mut table = Table::default();
        for line in text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let mut columns = line.split(" | ").map(str::trim);
            let head = columns.next().expect("a first column");
            let (method, path) = head.split_once(' ').expect("METHOD PATH");
            if let Some(list) = table.list(method) {
                list.insert(path.to_owned());
                continue;
            }
            let mut who_text = columns.next().expect("who").to_owned();
            let mut body = columns.next().unwrap_or_default().to_owned();
            if method == "sees" {
                table.sees.insert(object_of(path).expect("an object"), who(&who_text));
                continue;
            }
            let last = if body.is_empty() { &mut who_text } else { &mut body };
            let only = last.rsplit_once('@').map(|(rest, note)| (rest.trim().to_owned(), note.to_owned()));
            let only = only.map(|(rest, note)| {
                *last = rest;
                note
            });
            let to = body.split_once(" !to=").map(|(_, code)| code.to_owned());
            let body = body.split(" !to=").next().unwrap_or_default().to_owned();
            let once = body.ends_with(" !once");
            let body = body.trim_end_matches(" !once").to_owned();
            let open = match who_text.as_str() {
                "anybody" => Open::Anybody,
                "everyone" => Open::Everyone,
                "absent" => Open::Absent,
                "ticket" => Open::Ticket,
                "closed" => Open::Closed,
                roles => Open::Roles(who(roles)),
            };
            table.rows.push(Row { method: method.into(), path: path.into(), who: open, body, once, to, only });
        }
        table
    }
}
