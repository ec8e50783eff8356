//! An event in words: the names of its fields, its object and its values. What nobody gave words is shown as it stands.
use super::names::{Thing, of};
use audit::Line as Event;
use kernel::Result;
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use web::{T, Ui, group};

/// Fields whose value is the id of a thing of this kind.
const THINGS: [(&str, &str); 7] = [
    ("sheet", "sheet"),
    ("team", "team"),
    ("cycle", "cycle"),
    ("org", "org"),
    ("parent", "org"),
    ("adjustment", "adjustment"),
    ("account", "account"),
];
/// Fields that count.
const COUNTS: [&str; 22] = [
    "articles",
    "branches",
    "candidates",
    "chosen",
    "count",
    "created",
    "days",
    "indicators",
    "joint_units",
    "looked-at",
    "moved",
    "posts-ended",
    "reminded",
    "rows",
    "sent",
    "sheets",
    "teams",
    "terms-ended",
    "undrawn",
    "unfinished",
    "updated",
    "values",
];
/// Fields that hold what people or files wrote: no word of ours is looked for in it.
const WRITTEN: [&str; 13] =
    ["name", "area", "file", "code", "version", "first", "second", "indicator", "indicators", "item", "claim", "post", "logins"];

/// A page of events with the names of what they are about.
pub struct Words {
    t: T,
    names: HashMap<Thing, String>,
}

impl Words {
    /// # Errors
    /// The engine's own.
    pub async fn of(ui: &Ui, events: &[(Event, Value)]) -> Result<Self> {
        let named: HashSet<Thing> = events.iter().flat_map(|(event, body)| things(event, body)).collect();
        Ok(Self { t: ui.t, names: of(ui, named.into_iter().collect()).await? })
    }
    /// Things of a kind whose names are known.
    pub fn known_of(&self, kind: &str) -> Vec<Thing> {
        self.names.keys().filter(|thing| thing.kind == kind).cloned().collect()
    }
    /// Says something else for a thing's name.
    pub fn call(&mut self, thing: Thing, name: String) {
        self.names.insert(thing, name);
    }
    /// `account:01a2…`: the kind and the name, or the end of the number, which tells two of them apart.
    pub fn about(&self, object: &str) -> String {
        let Some((kind, id)) = object.split_once(':') else { return known(self.t, &format!("audit-about-{object}"), object) };
        let name = if is_id(id) { self.name(kind_of(kind), id) } else { self.word("object", id) };
        format!("{} {name}", known(self.t, &format!("audit-about-{kind}"), kind))
    }
    /// Field, before, after.
    pub fn fields(&self, body: &Value) -> Vec<(String, String, String)> {
        let side = |name: &str, field: &str| {
            self.value(field, part(body, name).and_then(|fields| fields.get(field)?.as_str()).unwrap_or_default())
        };
        let names = |name: &str| part(body, name).map(|o| o.keys().cloned().collect::<Vec<_>>()).unwrap_or_default();
        let mut all = names("before");
        all.extend(names("after").into_iter().filter(|n| part(body, "before").is_none_or(|fields| !fields.contains_key(n))));
        let field = |n: &str| known(self.t, &format!("audit-field-{}", n.replace('_', "-")), n);
        all.into_iter().map(|n| (field(&n), side("before", &n), side("after", &n))).collect()
    }

    fn value(&self, field: &str, text: &str) -> String {
        let thing = THINGS.iter().find(|(name, _)| *name == field);
        match (thing, field) {
            // It has no such side.
            _ if text.is_empty() => String::new(),
            (Some((_, kind)), _) if is_id(text) => self.name(kind, text),
            (_, "role") => known(self.t, &format!("role-{text}"), text),
            (_, "target" | "subject") => self.aim(text),
            (_, "layers") => text.split('-').map(|layer| self.word(field, layer)).collect::<Vec<_>>().join(" – "),
            (_, "years" | "drawn" | "avoided") => text.trim_matches(['[', ']']).replace(',', ", "),
            (_, count) if COUNTS.contains(&count) => group(text),
            _ if is_id(text) => short(text),
            (_, written) if WRITTEN.contains(&written) => text.to_owned(),
            _ => self.word(field, text),
        }
    }
    /// `score:A1`, `bonus.P1`, `A1`, `total`: what of a result is meant.
    fn aim(&self, text: &str) -> String {
        let (kind, code) = text.split_once([':', '.']).unwrap_or(("score", text));
        match (kind, code) {
            ("score", "total") => self.t.text("audit-aim-total").to_string(),
            ("score", _) => self.t.text("audit-aim-score").with("code", code).to_string(),
            ("bonus", _) => self.t.text("audit-aim-bonus").with("code", code).to_string(),
            ("penalty", _) => self.t.text("audit-aim-penalty").with("code", code).to_string(),
            ("veto", _) => self.t.text("audit-aim-veto").with("code", code).to_string(),
            _ => known(self.t, &format!("fact-{}", text.replace('.', "-")), text),
        }
    }
    /// A word of code: in this field's own sense, if it has one there.
    fn word(&self, field: &str, text: &str) -> String {
        let own = format!("audit-word-{field}-{text}");
        if self.t.has(&own) { self.t.text(&own).to_string() } else { known(self.t, &format!("audit-word-{text}"), text) }
    }
    fn name(&self, kind: &str, id: &str) -> String {
        self.names.get(&Thing { kind: kind.to_owned(), id: id.to_owned() }).cloned().unwrap_or_else(|| short(id))
    }
}

/// The words of a key; what nobody gave words is shown as it stands in the event.
pub fn known(t: T, key: &str, plain: &str) -> String {
    if t.has(key) { t.text(key).to_string() } else { plain.to_owned() }
}

/// The fields `before` a change or `after` it.
fn part<'b>(body: &'b Value, side: &str) -> Option<&'b serde_json::Map<String, Value>> {
    body.get(side)?.as_object()
}

fn things(event: &Event, body: &Value) -> Vec<Thing> {
    let object = event.object.split_once(':').map(|(kind, id)| (kind_of(kind), id));
    let values = ["before", "after"].into_iter().flat_map(|side| THINGS.iter().map(move |(field, kind)| (side, *field, *kind)));
    let values = values.filter_map(|(side, field, kind)| Some((kind, part(body, side)?.get(field)?.as_str()?)));
    object.into_iter().chain(values).filter(|(_, id)| is_id(id)).map(|(kind, id)| Thing { kind: kind.into(), id: id.into() }).collect()
}

/// Two nouns are one kind of thing.
fn kind_of(noun: &str) -> &str {
    if noun == "organisation" { "org" } else { noun }
}

fn is_id(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

fn short(id: &str) -> String {
    format!("…{}", &id[26..])
}
