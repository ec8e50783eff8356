//! What one row of a file says, checked against the scheme and the branches of the cycle.
use access::Reach;
use db::{Result as Unit, Tx};
use kernel::{CycleId, Error, Points, Result, SheetId};
use scheme::{KeyKind, Scheme};
use scoring::Layer;
use std::collections::{BTreeMap, HashMap, HashSet};
use tabular::{BadRow, Head, Record, optional, required};

/// Which of the two files it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    Facts,
    Scores,
}

/// The key or indicator, the value, the source or reason: what the long form has and the wide form spells as columns.
pub const FACTS: &[Head] = &[
    required("branch_code", "支部代码"),
    optional("branch_name", "支部名称"),
    optional("key", "数据项"),
    optional("value", "数值"),
    optional("source", "来源"),
];
pub const SCORES: &[Head] = &[
    required("branch_code", "支部代码"),
    optional("branch_name", "支部名称"),
    optional("indicator", "指标"),
    optional("layer", "层级"),
    optional("score", "得分"),
    optional("reason", "理由"),
];

impl What {
    pub fn heads(self) -> &'static [Head] {
        if self == What::Facts { FACTS } else { SCORES }
    }
    /// The column whose presence makes it the long form.
    pub fn long(self) -> &'static str {
        if self == What::Facts { "key" } else { "indicator" }
    }
    fn value(self) -> &'static str {
        if self == What::Facts { "value" } else { "score" }
    }
    fn note(self) -> &'static str {
        if self == What::Facts { "source" } else { "reason" }
    }
    pub fn name(self) -> &'static str {
        if self == What::Facts { "facts" } else { "scores" }
    }
}

/// A checked value that waits.
#[derive(Clone, Debug)]
pub struct Value {
    pub sheet: SheetId,
    /// A fact's key or an indicator's code.
    pub key: String,
    /// Empty for a fact.
    pub layer: &'static str,
    pub value: String,
    /// Source or reason, as the file gives it.
    pub note: String,
}

/// What rows are checked against, and what has been seen so far.
pub struct Checker<'s> {
    what: What,
    scheme: &'s Scheme,
    keys: BTreeMap<String, KeyKind>,
    layer: Option<Layer>,
    branches: HashMap<String, SheetId>,
    /// A key may come once for a branch (and layer) in a file.
    seen: HashSet<(SheetId, u16, u8)>,
}

impl<'s> Checker<'s> {
    /// `layer` is for score files that have no such column.
    pub fn new(what: What, scheme: &'s Scheme, layer: Option<Layer>, branches: HashMap<String, SheetId>) -> Self {
        let facts = || scheme.known_keys();
        let scores = || scheme.indicators.iter().map(|i| (i.code.clone(), KeyKind::Decimal)).collect();
        let keys = if what == What::Facts { facts() } else { scores() };
        Self { what, scheme, keys, layer, branches, seen: HashSet::new() }
    }
    /// Whether a head of the wide form is a key or an indicator.
    pub fn knows(&self, head: &str) -> bool {
        self.keys.contains_key(head)
    }
    /// The values of a row, or everything that is wrong with it.
    pub fn row(&mut self, record: &Record<'_>, long: bool) -> std::result::Result<Vec<Value>, Vec<BadRow>> {
        let code = record.get("branch_code");
        let Some(sheet) = self.branches.get(code).copied() else {
            return Err(vec![record.bad("branch_code", Error::invalid("branch-unknown").with("code", code))]);
        };
        let layer = self.layer_of(record).map_err(|e| vec![record.bad("layer", e)])?;
        let cells: Vec<(&str, &str, &str)> = match long {
            true => vec![(record.get(self.what.long()), record.get(self.what.value()), self.what.value())],
            // An empty cell of the wide form gives nothing.
            false => record.wide().filter(|(_, value)| !value.is_empty()).map(|(key, value)| (key, value, key)).collect(),
        };
        let (mut good, mut bad) = (Vec::new(), Vec::new());
        for (key, value, column) in cells {
            match self.cell(sheet, layer, key, value) {
                Ok(value) => good.push(Value { note: record.get(self.what.note()).to_owned(), ..value }),
                Err(e) if e.field == Some("key") && long => bad.push(record.bad(self.what.long(), e)),
                Err(e) => bad.push(record.bad(column, e)),
            }
        }
        if bad.is_empty() { Ok(good) } else { Err(bad) }
    }
    fn layer_of(&self, record: &Record<'_>) -> Result<Option<Layer>> {
        if self.what == What::Facts {
            return Ok(None);
        }
        match (record.get("layer"), self.layer) {
            ("", Some(layer)) => Ok(Some(layer)),
            ("", None) => Err(Error::invalid("layer-missing")),
            (text, _) => layer(text).map(Some),
        }
    }
    fn cell(&mut self, sheet: SheetId, layer: Option<Layer>, key: &str, text: &str) -> Result<Value> {
        let unknown = || {
            let name = if self.what == What::Facts { "fact-key-unknown" } else { "indicator-unknown" };
            Error::invalid(name).with("key", key).with("indicator", key).at("key")
        };
        let kind = self.keys.get(key).ok_or_else(unknown)?;
        let place = self.keys.keys().position(|k| k == key).and_then(|p| u16::try_from(p).ok()).unwrap_or(u16::MAX);
        // Seen whatever its value says: the second is one too many also where the first is refused.
        let twice = !self.seen.insert((sheet, place, layer.map_or(u8::MAX, |l| l as u8)));
        let value = match self.what {
            What::Facts => kind.read(text)?.to_string(),
            What::Scores => {
                let points = Points::parse(text)?;
                scoring::validate_score(self.scheme, key, points)?;
                points.to_string()
            }
        };
        if twice {
            return Err(Error::invalid("import-twice").with("key", key).at("key"));
        }
        Ok(Value { sheet, key: key.to_owned(), layer: layer.map_or("", Layer::name), value, note: String::new() })
    }
}

/// English or Chinese name of a layer.
fn layer(text: &str) -> Result<Layer> {
    const CHINESE: [(&str, Layer); 5] = [
        ("自评", Layer::SelfAssessment),
        ("互检", Layer::Mutual),
        ("验收", Layer::Acceptance),
        ("复检", Layer::Recheck),
        ("审定", Layer::Committee),
    ];
    let known = CHINESE.into_iter().find(|(name, _)| *name == text).map(|(_, layer)| layer);
    known.map_or_else(|| Layer::parse(text), Ok)
}

/// The branches of a cycle by code: at most a province of short codes.
///
/// # Errors
/// The engine's own.
pub async fn branches(tx: &mut Tx<'_>, cycle: CycleId) -> Unit<HashMap<String, SheetId>> {
    let mut all = HashMap::new();
    let mut after: Option<String> = None;
    loop {
        let page = crate::sheet::listing::page(tx, cycle, &Reach::everything(), after.as_deref(), 2000).await?;
        let Some(last) = page.last() else { return Ok(all) };
        after = Some(last.code.clone());
        all.extend(page.into_iter().map(|s| (s.code, s.id)));
    }
}
