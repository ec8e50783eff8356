//! Sheets to nodes.
use super::Sheet;
use super::columns::*;
use crate::node::{Node, Value};
use crate::{Finding, Scheme, read};

/// Reads a workbook.
///
/// # Errors
/// As [`crate::parse_toml`], and `scheme-sheet-missing`, `scheme-column-unknown`, `scheme-row-orphan`;
/// lines are rows of the sheet that the place names.
pub fn from_sheets(sheets: &[Sheet]) -> Result<Scheme, Vec<Finding>> {
    let mut book = Book { sheets, found: Vec::new() };
    let (head, [bonus, penalty]) = head(&mut book);
    let mut root = vec![
        ("scheme".to_owned(), table(head)),
        ("dimension".to_owned(), list(book.rows(&DIMENSIONS))),
        ("indicator".to_owned(), indicators(&mut book)),
    ];
    for (name, form, cap) in [("bonus", &BONUS, bonus), ("penalty", &PENALTY, penalty)] {
        let items = book.rows(form);
        if let Some(cap) = cap {
            root.push((name.to_owned(), table(vec![("cap".to_owned(), cap), ("item".to_owned(), list(items))])));
        } else if !items.is_empty() {
            root.push((name.to_owned(), table(vec![("item".to_owned(), list(items))])));
        }
    }
    for (name, form) in [("veto", &VETOES), ("grade", &GRADES), ("star", &STARS)] {
        root.push((name.to_owned(), list(book.rows(form))));
    }
    root.push(("view".to_owned(), views(&mut book)));
    let rules = book.rows(&STAR_RULES).into_iter().filter_map(|row| pair(row).map(|(_, key, value)| (key, value)));
    root.push(("star_rules".to_owned(), table(rules.collect())));
    root.push(("alternative".to_owned(), named(book.rows(&ALTERNATIVES), &[])));
    root.push(("case".to_owned(), named(book.rows(&CASES), &["input", "expect_scores", "expect_dimension"])));
    let mut found = book.found;
    match read::scheme(table(root)) {
        Ok(scheme) if found.is_empty() => Ok(scheme),
        Ok(_) => Err(found),
        Err(more) => {
            found.extend(more);
            Err(found)
        }
    }
}

type Fields = Vec<(String, Node)>;
/// A row's number and its fields.
type Row = (usize, Fields);

struct Book<'a> {
    sheets: &'a [Sheet],
    found: Vec<Finding>,
}

impl Book<'_> {
    /// The rows of a sheet as fields; empty cells are absent, empty rows are skipped.
    fn rows(&mut self, form: &Form) -> Vec<Row> {
        let Some(sheet) = self.sheets.iter().find(|s| s.name.trim() == form.name) else {
            if form.required {
                self.found.push(Finding::error("scheme-sheet-missing", form.name).with("value", form.name));
            }
            return Vec::new();
        };
        let Some((heads, rows)) = sheet.rows.split_first() else { return Vec::new() };
        let field = |head: &String| form.columns.iter().find(|(zh, en)| *zh == head.trim() || *en == head.trim()).map(|(_, en)| *en);
        for head in heads.iter().filter(|head| !head.trim().is_empty() && field(head).is_none()) {
            self.found.push(Finding::error("scheme-column-unknown", form.name).with("value", head).at_line(Some(1)));
        }
        let fields: Vec<_> = heads.iter().map(field).collect();
        let row = |(i, cells): (usize, &Vec<String>)| {
            let entries: Vec<_> = fields
                .iter()
                .zip(cells)
                .filter(|(_, cell)| !cell.trim().is_empty())
                .filter_map(|(field, cell)| field.map(|field| (field.to_owned(), value(field, cell, i + 2))))
                .collect();
            (i + 2, entries)
        };
        rows.iter().enumerate().map(row).filter(|(_, entries)| !entries.is_empty()).collect()
    }
}

/// The properties of the scheme, and the caps that stand among them.
fn head(book: &mut Book<'_>) -> (Fields, [Option<Node>; 2]) {
    let mut head = Vec::new();
    let mut caps = [None, None];
    for (_, key, node) in book.rows(&HEAD).into_iter().filter_map(pair) {
        let field = PROPERTIES.iter().find(|(zh, en)| *zh == key || *en == key).map_or(key.as_str(), |(_, en)| en);
        match field {
            BONUS_CAP => caps[0] = Some(node),
            PENALTY_CAP => caps[1] = Some(node),
            field => head.push((field.to_owned(), node)),
        }
    }
    (head, caps)
}

fn indicators(book: &mut Book<'_>) -> Node {
    let mut rows = book.rows(&INDICATORS);
    for (line, mut part) in book.rows(&PARTS) {
        let code = take_text(&mut part, "indicator").unwrap_or_default();
        let owner = rows.iter_mut().find(|(_, fields)| text(fields, "code") == Some(&code));
        let Some((_, fields)) = owner else {
            book.found.push(Finding::error("scheme-row-orphan", PARTS.name).with("value", &code).at_line(Some(line)));
            continue;
        };
        push_into(fields, "parts", Node { value: Value::Table(part), line: Some(line) });
    }
    list(rows)
}

fn views(book: &mut Book<'_>) -> Node {
    let mut views: Vec<Row> = Vec::new();
    for (line, mut group) in book.rows(&VIEWS) {
        let code = take_text(&mut group, "view").unwrap_or_default();
        let title = take_text(&mut group, "view_title").unwrap_or_default();
        if !views.iter().any(|(_, fields)| text(fields, "code") == Some(&code)) {
            views.push((line, vec![("code".to_owned(), cell(&code, line)), ("title".to_owned(), cell(&title, line))]));
        }
        if let Some((_, fields)) = views.iter_mut().find(|(_, fields)| text(fields, "code") == Some(&code)) {
            push_into(fields, "groups", Node { value: Value::Table(group), line: Some(line) });
        }
    }
    list(views)
}

/// Rows `name, key, value` as one table per name; a key `inner.rest` goes into the table `inner` where it
/// is one of `inner`, which then always exists if it comes first.
fn named(rows: Vec<Row>, inner: &[&str]) -> Node {
    let mut tables: Vec<Row> = Vec::new();
    for (line, row) in rows {
        let Some((name, key, value)) = pair((line, row)) else { continue };
        if !tables.iter().any(|(_, fields)| text(fields, "name") == Some(&name)) {
            let mut fields = vec![("name".to_owned(), cell(&name, line))];
            fields.extend(inner.first().map(|first| ((*first).to_owned(), table(Vec::new()))));
            tables.push((line, fields));
        }
        let Some((_, fields)) = tables.iter_mut().find(|(_, fields)| text(fields, "name") == Some(&name)) else { continue };
        match key.split_once('.').filter(|(outer, _)| inner.contains(outer)) {
            Some((outer, rest)) => enter(fields, outer, rest, value),
            None => fields.push((key, value)),
        }
    }
    list(tables)
}

fn enter(fields: &mut Fields, outer: &str, key: &str, value: Node) {
    if !fields.iter().any(|(name, _)| name == outer) {
        fields.push((outer.to_owned(), table(Vec::new())));
    }
    if let Some((_, Node { value: Value::Table(entries), .. })) = fields.iter_mut().find(|(name, _)| name == outer) {
        entries.push((key.to_owned(), value));
    }
}

fn push_into(fields: &mut Fields, key: &str, item: Node) {
    if !fields.iter().any(|(name, _)| name == key) {
        fields.push((key.to_owned(), Node { value: Value::List(Vec::new()), line: item.line }));
    }
    if let Some((_, Node { value: Value::List(items), .. })) = fields.iter_mut().find(|(name, _)| name == key) {
        items.push(item);
    }
}

/// A cell; the one of bands is a list of `min=score`.
fn value(field: &str, text: &str, line: usize) -> Node {
    if field != "bands" {
        return cell(text, line);
    }
    let band = |text: &str| {
        let (min, score) = text.split_once('=').unwrap_or((text, ""));
        Node {
            value: Value::Table(vec![("min".to_owned(), cell(min.trim(), line)), ("score".to_owned(), cell(score.trim(), line))]),
            line: Some(line),
        }
    };
    let bands = text.split([';', '；', '\n']).map(str::trim).filter(|t| !t.is_empty()).map(band).collect();
    Node { value: Value::List(bands), line: Some(line) }
}

fn cell(text: &str, line: usize) -> Node {
    Node { value: Value::Cell(text.trim().to_owned()), line: Some(line) }
}

fn table(entries: Fields) -> Node {
    Node { value: Value::Table(entries), line: None }
}

fn list(rows: Vec<Row>) -> Node {
    let items = rows.into_iter().map(|(line, entries)| Node { value: Value::Table(entries), line: Some(line) }).collect();
    Node { value: Value::List(items), line: None }
}

/// A row's name (if any), key and value.
fn pair((line, mut row): Row) -> Option<(String, String, Node)> {
    let name = take_text(&mut row, "name").unwrap_or_default();
    let key = take_text(&mut row, "key")?;
    let value = row.into_iter().find(|(field, _)| field == "value").map(|(_, node)| node);
    // An empty value stands for an absent one.
    value.map(|node| (name, key, Node { line: Some(line), ..node }))
}

fn text<'a>(fields: &'a [(String, Node)], key: &str) -> Option<&'a String> {
    fields.iter().find(|(name, _)| name == key).and_then(|(_, node)| match &node.value {
        Value::Cell(text) => Some(text),
        _ => None,
    })
}

fn take_text(fields: &mut Fields, key: &str) -> Option<String> {
    let found = text(fields, key).cloned();
    fields.retain(|(name, _)| name != key);
    found
}
