//! A branch of a cycle named in a field by code, name or pinyin, as an organisation is anywhere; one field may name several.
use super::store::{Sheet, of_code, of_name, of_org};
use crate::cycle::Cycle;
use access::Reach;
use db::{Result, Tx};
use organisations::Organisation;
use web::Meant;

/// As many as anybody would choose from.
const FEW: usize = 12;

impl Sheet {
    /// Name and code, by which anybody tells it from others; a field that holds this means it.
    pub fn said(&self) -> String {
        format!("{} {}", self.name, self.code)
    }
    /// As a field offers it.
    pub fn offered(&self) -> (String, String) {
        (self.code.clone(), self.said())
    }
}

/// Which branch of the cycle is meant by what was typed; `chosen` is the code that was picked where several fit. What lies beyond
/// `reach` is neither meant nor offered; where everybody reads the names of all, there is none.
///
/// # Errors
/// The engine's own.
pub async fn meant(tx: &mut Tx<'_>, cycle: &Cycle, reach: Option<&Reach>, typed: &str, chosen: &str) -> Result<Meant<Sheet>> {
    let typed = typed.trim();
    let code = typed.rsplit_once(' ').map_or(typed, |(_, code)| code);
    if let Some(sheet) = of_code(tx, cycle.id, code).await?
        && (code == typed || sheet.said() == typed)
        && seen(tx, reach, &sheet).await?
    {
        return Ok(Meant::One(sheet));
    }
    let all = Reach::of([Some(tree::node(tx, cycle.root).await?.path)]);
    let found = match organisations::meant(tx, reach.unwrap_or(&all), typed, chosen, Organisation::is_branch).await? {
        Meant::One(org) => vec![org],
        Meant::Several(all) => all,
        Meant::Nothing => Vec::new(),
        Meant::Many => return Ok(Meant::Many),
    };
    let mut sheets = Vec::with_capacity(found.len());
    for org in found {
        sheets.extend(of_org(tx, cycle.id, org.id).await?);
    }
    if sheets.is_empty() && !typed.is_empty() {
        // A branch that was renamed or has moved away is still known by what the cycle calls it.
        for sheet in of_name(tx, cycle.id, typed, None, FEW as i64 + 1).await? {
            if seen(tx, reach, &sheet).await? {
                sheets.push(sheet);
            }
        }
    }
    Ok(one_of(sheets, typed, chosen))
}

async fn seen(tx: &mut Tx<'_>, reach: Option<&Reach>, sheet: &Sheet) -> Result<bool> {
    match reach {
        Some(reach) => Ok(reach.covers(&tree::node(tx, sheet.org).await?.path)),
        None => Ok(true),
    }
}

fn one_of(mut all: Vec<Sheet>, typed: &str, chosen: &str) -> Meant<Sheet> {
    // The name that was typed, where one alone bears it.
    let alone = all.iter().filter(|s| s.name == typed).count() == 1;
    let at = all.iter().position(|s| s.code == chosen).or_else(|| all.iter().position(|s| s.name == typed).filter(|_| alone));
    match (at, all.len()) {
        (Some(at), _) => Meant::One(all.swap_remove(at)),
        (None, 0) => Meant::Nothing,
        (None, 1) => Meant::One(all.swap_remove(0)),
        (None, n) if n > FEW => Meant::Many,
        _ => Meant::Several(all),
    }
}

/// What a field that names several came to.
pub struct Several {
    pub found: Vec<Sheet>,
    /// The first of which it is not said which one it is, and what it may be.
    pub open: Option<(String, Meant<Sheet>)>,
    /// The field as it would be typed now: of what is known, nobody is asked again.
    pub text: String,
}

/// The branches within `reach` named in `text`, one a line or with commas between; codes and short names may stand on one line.
///
/// # Errors
/// The engine's own.
pub async fn several(tx: &mut Tx<'_>, cycle: &Cycle, reach: &Reach, text: &str, chosen: &str) -> Result<Several> {
    let mut pieces: Vec<String> = parts(text, &['\n', ',', '，', ';', '；']);
    let (mut found, mut chosen) = (Vec::<Sheet>::new(), chosen);
    while let Some(piece) = pieces.pop() {
        let smaller = parts(&piece, &[' ', '\u{3000}', '\t', '、']);
        if smaller.len() > 1 && codes(tx, cycle, &piece, &smaller).await? {
            pieces.extend(smaller);
            continue;
        }
        let mut is = meant(tx, cycle, Some(reach), &piece, "").await?;
        if matches!(is, Meant::Several(_)) {
            // What was picked is the answer to the first question, and to no other.
            is = meant(tx, cycle, Some(reach), &piece, std::mem::take(&mut chosen)).await?;
        }
        match is {
            Meant::One(sheet) => found.push(sheet),
            Meant::Nothing if smaller.len() > 1 => pieces.extend(smaller),
            is => {
                let rest = std::iter::once(&piece).chain(pieces.iter().rev()).cloned();
                let text = found.iter().map(Sheet::said).chain(rest).collect::<Vec<_>>().join("\n");
                return Ok(Several { found, open: Some((piece, is)), text });
            }
        }
    }
    found.dedup_by(|a, b| a.id == b.id);
    let text = found.iter().map(Sheet::said).collect::<Vec<_>>().join("\n");
    Ok(Several { found, open: None, text })
}

/// Backwards, so that the next one is taken off the end.
fn parts(text: &str, between: &[char]) -> Vec<String> {
    text.split(between).map(str::trim).filter(|piece| !piece.is_empty()).rev().map(str::to_owned).collect()
}

/// A line of codes, and not of a name with its own.
async fn codes(tx: &mut Tx<'_>, cycle: &Cycle, line: &str, smaller: &[String]) -> Result<bool> {
    let mut any = false;
    for code in smaller {
        match of_code(tx, cycle.id, code).await? {
            Some(sheet) if sheet.said() == line => return Ok(false),
            Some(_) => any = true,
            None => {}
        }
    }
    Ok(any)
}
