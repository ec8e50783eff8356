//! Typed access to one table. A wrong or missing field leaves a finding and a placeholder, so that
//! reading goes on and every problem is named at once.
use crate::node::{Node, Value};
use crate::{Fact, Finding};
use kernel::{BusinessDate, Points, Quantity};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// Where the findings of one reading gather.
pub(super) type Findings = RefCell<Vec<Finding>>;

pub(super) struct Table<'a> {
    entries: &'a [(String, Node)],
    /// `indicator A1`.
    pub place: String,
    line: Option<usize>,
    asked: RefCell<BTreeSet<&'static str>>,
    found: &'a Findings,
}

impl<'a> Table<'a> {
    /// A table named by what `label` gives for it, usually its code.
    pub fn of(node: &'a Node, place: impl Into<String>, found: &'a Findings) -> Self {
        let entries = match &node.value {
            Value::Table(entries) => entries.as_slice(),
            _ => &[],
        };
        let table = Self { entries, place: place.into(), line: node.line, asked: RefCell::default(), found };
        if !matches!(node.value, Value::Table(_)) {
            table.report("scheme-not-a-table", "", "");
        }
        table
    }
    pub fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|(name, _)| name == key)
    }
    /// A text that will be asked for later; whatever is wrong with it is told then.
    pub fn peek(&self, key: &str) -> Option<String> {
        self.entries.iter().find(|(name, _)| name == key).and_then(|(_, node)| Self::text_of(node))
    }
    pub fn text(&self, key: &'static str) -> String {
        self.required(key, Self::text_of).unwrap_or_default()
    }
    pub fn text_or(&self, key: &'static str, default: &str) -> String {
        self.optional(key, Self::text_of).unwrap_or_else(|| default.to_owned())
    }
    pub fn text_option(&self, key: &'static str) -> Option<String> {
        self.optional(key, Self::text_of)
    }
    pub fn points(&self, key: &'static str) -> Points {
        self.required(key, Self::points_of).unwrap_or_default()
    }
    pub fn points_option(&self, key: &'static str) -> Option<Points> {
        self.optional(key, Self::points_of)
    }
    pub fn quantity(&self, key: &'static str) -> Quantity {
        self.required(key, Self::quantity_of).unwrap_or(Quantity::ZERO)
    }
    /// `None` if it is missing or no number, which has been reported.
    pub fn quantity_read(&self, key: &'static str) -> Option<Quantity> {
        self.required(key, Self::quantity_of)
    }
    pub fn quantity_option(&self, key: &'static str) -> Option<Quantity> {
        self.optional(key, Self::quantity_of)
    }
    pub fn count(&self, key: &'static str) -> u32 {
        self.required(key, Self::count_of).unwrap_or_default()
    }
    pub fn count_option(&self, key: &'static str) -> Option<u32> {
        self.optional(key, Self::count_of)
    }
    pub fn star(&self, key: &'static str) -> Option<u8> {
        self.optional(key, |node| Self::count_of(node).and_then(|n| u8::try_from(n).ok()).filter(|n| (1..=9).contains(n)))
    }
    pub fn flag(&self, key: &'static str) -> bool {
        self.optional(key, Self::flag_of).unwrap_or_default()
    }
    pub fn date(&self, key: &'static str) -> BusinessDate {
        self.required(key, Self::date_of).unwrap_or_else(|| BusinessDate::from_number(0))
    }
    pub fn date_option(&self, key: &'static str) -> Option<BusinessDate> {
        self.optional(key, Self::date_of)
    }
    /// A list of texts; an absent one is empty.
    pub fn texts(&self, key: &'static str) -> Vec<String> {
        self.optional(key, Self::texts_of).unwrap_or_default()
    }
    /// Every table under `key`, each named by the field `label`; an absent list is empty.
    pub fn tables(&self, key: &'static str, label: &str) -> Vec<Table<'a>> {
        let named = |i: usize, node: &'a Node| {
            let code = field(node, label).unwrap_or_else(|| format!("#{}", i + 1));
            Table::of(node, self.place_of(&format!("{key} {code}")), self.found)
        };
        match self.node(key).map(|n| (&n.value, n)) {
            None => Vec::new(),
            Some((Value::List(items), _)) => items.iter().enumerate().map(|(i, node)| named(i, node)).collect(),
            Some((_, node)) => {
                self.report_at("scheme-not-a-list", key, "", node.line);
                Vec::new()
            }
        }
    }
    pub fn table(&self, key: &'static str) -> Option<Table<'a>> {
        self.node(key).map(|node| Table::of(node, self.place_of(key), self.found))
    }
    /// All entries as facts, nested tables written with dots; for tables whose keys are data.
    pub fn facts(&self) -> Vec<(String, Vec<Fact>)> {
        let mut all = Vec::new();
        for (key, node) in self.entries {
            self.flatten(key, node, &mut all);
        }
        all
    }
    fn flatten(&self, key: &str, node: &Node, all: &mut Vec<(String, Vec<Fact>)>) {
        match &node.value {
            Value::Table(entries) => entries.iter().for_each(|(name, inner)| self.flatten(&format!("{key}.{name}"), inner, all)),
            Value::List(items) => {
                let texts = items.iter().filter_map(scalar).map(|t| Fact::of_text(&t)).collect();
                all.push((key.to_owned(), texts));
            }
            _ => all.push((key.to_owned(), scalar(node).map(|t| Fact::of_text(&t)).into_iter().collect())),
        }
    }
    /// What these fields mean cannot be told, for a reason that has been reported.
    pub fn pass_over(&self, keys: &[&'static str]) {
        self.asked.borrow_mut().extend(keys);
    }
    /// Call when everything has been asked for: what is left has no meaning and is refused, since a
    /// misspelt field would otherwise be silently without effect.
    pub fn finish(self) {
        for (key, node) in self.entries.iter().filter(|(key, _)| !self.asked.borrow().contains(key.as_str())) {
            self.report_at("scheme-field-unknown", "", key, node.line);
        }
    }
    pub fn report(&self, key: &'static str, field: &str, value: &str) {
        let line = self.entries.iter().find(|(name, _)| name == field).map_or(self.line, |(_, node)| node.line);
        self.report_at(key, field, value, line);
    }
    fn report_at(&self, key: &'static str, field: &str, value: &str, line: Option<usize>) {
        self.found.borrow_mut().push(Finding::error(key, self.place_of(field)).with("value", value).at_line(line));
    }
    fn place_of(&self, field: &str) -> String {
        match (self.place.is_empty(), field.is_empty()) {
            (true, _) => field.to_owned(),
            (_, true) => self.place.clone(),
            _ => format!("{} · {field}", self.place),
        }
    }
    fn required<T>(&self, key: &'static str, read: fn(&Node) -> Option<T>) -> Option<T> {
        if !self.has(key) {
            self.asked.borrow_mut().insert(key);
            self.report("scheme-field-missing", key, "");
            return None;
        }
        self.optional(key, read)
    }
    fn optional<T>(&self, key: &'static str, read: impl Fn(&Node) -> Option<T>) -> Option<T> {
        let node = self.node(key)?;
        let value = read(node);
        if value.is_none() {
            self.report_at("scheme-field-value", key, &scalar(node).unwrap_or_default(), node.line);
        }
        value
    }
    fn node(&self, key: &'static str) -> Option<&'a Node> {
        self.asked.borrow_mut().insert(key);
        self.entries.iter().find(|(name, _)| name == key).map(|(_, node)| node)
    }
    fn text_of(node: &Node) -> Option<String> {
        match &node.value {
            Value::Text(text) | Value::Cell(text) => Some(text.trim().to_owned()).filter(|t| !t.is_empty()),
            _ => None,
        }
    }
    fn number_of(node: &Node) -> Option<&str> {
        match &node.value {
            Value::Number(text) | Value::Cell(text) => Some(text),
            _ => None,
        }
    }
    fn points_of(node: &Node) -> Option<Points> {
        let text = Self::number_of(node)?;
        // `2.50` and `2.500` are the same number: zeros at the end are spelling.
        let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text };
        Points::parse(text).ok()
    }
    fn quantity_of(node: &Node) -> Option<Quantity> {
        Self::number_of(node)
            .filter(|t| t.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
            .and_then(|t| Quantity::parse(t).ok())
            .filter(|q| q.within_decimals(6))
    }
    fn count_of(node: &Node) -> Option<u32> {
        Self::number_of(node).filter(|t| t.bytes().all(|b| b.is_ascii_digit())).and_then(|t| t.parse().ok())
    }
    fn flag_of(node: &Node) -> Option<bool> {
        match &node.value {
            Value::Boolean(yes) => Some(*yes),
            Value::Cell(text) => Quantity::parse(text).ok().map(|q| !q.is_zero()),
            _ => None,
        }
    }
    fn date_of(node: &Node) -> Option<BusinessDate> {
        match &node.value {
            Value::Date(text) | Value::Text(text) | Value::Cell(text) => BusinessDate::parse(text).ok(),
            _ => None,
        }
    }
    fn texts_of(node: &Node) -> Option<Vec<String>> {
        match &node.value {
            Value::List(items) => items.iter().map(Self::text_of).collect(),
            Value::Cell(text) => Some(text.split([';', '；', '\n']).map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned).collect()),
            _ => None,
        }
    }
}

/// A field's text, for naming a table before it is read.
fn field(node: &Node, key: &str) -> Option<String> {
    match &node.value {
        Value::Table(entries) => entries.iter().find(|(name, _)| name == key).and_then(|(_, node)| scalar(node)),
        _ => None,
    }
}

fn scalar(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) | Value::Number(text) | Value::Date(text) | Value::Cell(text) => Some(text.clone()),
        Value::Boolean(yes) => Some(yes.to_string()),
        Value::List(_) | Value::Table(_) => None,
    }
}
