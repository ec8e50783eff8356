//! What the codes on a record's page are called, for whoever reaches them. The list has codes alone and stays as it was
//! published: its digest is of that text.
use super::lists::Part;
use crate::sheet::store::of_code;
use crate::{CycleRead, SheetRead};
use access::Grant;
use db::{Result, Tx};
use kernel::{CycleId, OrgId, OrgPath, SheetId};
use std::collections::HashMap;

struct Called {
    name: String,
    /// The sheet of a branch, where the reader may open it.
    sheet: Option<SheetId>,
}

#[derive(Default)]
pub struct Names(HashMap<String, Option<Called>>);

impl Names {
    fn called(&self, code: &str) -> Option<&Called> {
        self.0.get(code)?.as_ref()
    }
    /// Empty beyond the reader's reach.
    pub fn of(&self, code: &str) -> &str {
        self.called(code).map_or("", |called| &called.name)
    }
    pub fn sheet(&self, code: &str) -> Option<&SheetId> {
        self.called(code)?.sheet.as_ref()
    }

    /// The names of the branches, and of the units inspectors keep away from, that these parts show.
    ///
    /// # Errors
    /// The engine's own.
    pub async fn read(tx: &mut Tx<'_>, grant: &Grant<CycleRead>, cycle: CycleId, parts: &[Part]) -> Result<Self> {
        let (mut all, reader) = (HashMap::new(), grant.also::<SheetRead>());
        for group in parts.iter().flat_map(|part| &part.groups) {
            for code in &group.branches {
                if !all.contains_key(code) {
                    all.insert(code.clone(), branch(tx, grant, reader.as_ref(), cycle, code).await?);
                }
            }
            for code in group.people.iter().flat_map(|person| &person.units) {
                if !all.contains_key(code) {
                    all.insert(code.clone(), unit(tx, grant, code).await?);
                }
            }
        }
        Ok(Self(all))
    }
}

async fn branch(
    tx: &mut Tx<'_>,
    grant: &Grant<CycleRead>,
    reader: Option<&Grant<SheetRead>>,
    cycle: CycleId,
    code: &str,
) -> Result<Option<Called>> {
    let Some(sheet) = of_code(tx, cycle, code).await? else { return Ok(None) };
    let place = place(tx, sheet.org).await?;
    let opens = reader.is_some_and(|reader| reader.admits(&place).is_ok());
    Ok(grant.admits(&place).is_ok().then_some(Called { name: sheet.name, sheet: opens.then_some(sheet.id) }))
}

async fn unit(tx: &mut Tx<'_>, grant: &Grant<CycleRead>, code: &str) -> Result<Option<Called>> {
    let Some(unit) = organisations::by_code(tx, code).await? else { return Ok(None) };
    let place = place(tx, unit.id).await?;
    Ok(grant.admits(&place).is_ok().then_some(Called { name: unit.name, sheet: None }))
}

async fn place(tx: &mut Tx<'_>, org: OrgId) -> Result<OrgPath> {
    Ok(tree::node(tx, org).await?.path)
}
