//! A file before it is understood: tables, lists and untyped leaves with their lines. TOML and sheets
//! both become this, so that one reader gives both the same meaning.
use crate::Finding;
use toml::de::{DeTable, DeValue};

pub(crate) struct Node {
    pub value: Value,
    pub line: Option<usize>,
}

pub(crate) enum Value {
    Text(String),
    /// As written, so that no decimal passes through a float.
    Number(String),
    Boolean(bool),
    Date(String),
    /// A cell of a sheet: whatever the reader expects there.
    Cell(String),
    List(Vec<Node>),
    Table(Vec<(String, Node)>),
}

/// Reads TOML; syntax errors are findings with their line.
pub(crate) fn from_toml(text: &str) -> Result<Node, Vec<Finding>> {
    let lines = Lines::of(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return Ok(Node { value: table_value(table.get_ref(), &lines), line: Some(1) });
    }
    let found = |error: toml::de::Error| {
        let line = error.span().map(|span| lines.at(span.start));
        Finding::error("scheme-toml", "").with("message", error.message()).at_line(line)
    };
    Err(errors.into_iter().map(found).collect())
}

fn table_value(table: &DeTable<'_>, lines: &Lines) -> Value {
    Value::Table(table.iter().map(|(key, item)| (key.get_ref().to_string(), node(item.get_ref(), item.span().start, lines))).collect())
}

fn node(value: &DeValue<'_>, start: usize, lines: &Lines) -> Node {
    let line = Some(lines.at(start));
    let value = match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        // A number in another base is kept with a prefix no decimal has, and so is refused by the reader.
        DeValue::Integer(n) if n.radix() != 10 => Value::Number(format!("0r{}:{}", n.radix(), n.as_str())),
        DeValue::Integer(n) => Value::Number(n.as_str().to_owned()),
        DeValue::Float(n) => Value::Number(n.as_str().to_owned()),
        DeValue::Boolean(yes) => Value::Boolean(*yes),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(items) => Value::List(items.iter().map(|i| node(i.get_ref(), i.span().start, lines)).collect()),
        DeValue::Table(table) => table_value(table, lines),
    };
    Node { value, line }
}

/// Where lines start, to turn an offset into a line number.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Self {
        Self(std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1)).collect())
    }
    fn at(&self, offset: usize) -> usize {
        self.0.partition_point(|start| *start <= offset)
    }
}
