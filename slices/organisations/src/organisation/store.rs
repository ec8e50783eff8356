//! The SQL of an organisation's own table. Places come from `tree`.
use super::NewOrganisation;
use access::{Grant, Permission};
use db::{Each, Result, Tx, params};
use kernel::{BusinessDate, Error, OrgId};
use std::collections::HashMap;

db::row! {
    #[derive(Clone, Debug)]
    pub struct Organisation { pub id: OrgId, pub code: String, pub kind: String, pub category: String, pub name: String }
    struct Joint { id: OrgId, units: Option<i64> }
}

/// # Errors
/// `org-code-taken` at field `code`.
pub async fn insert(tx: &mut Tx<'_>, new: &NewOrganisation) -> Result<()> {
    if by_code(tx, &new.code).await?.is_some() {
        return Err(Error::invalid("org-code-taken").with("code", &new.code).at("code").into());
    }
    tx.exec(
        "INSERT INTO organisation (id, code, type, category, name, joint_units) VALUES ($1, $2, $3, $4, $5, $6)",
        &params![&new.id, &new.code, new.kind.code(), &new.category, &new.name, new.joint_units],
    )
    .await?;
    tx.exec(
        "INSERT INTO organisation_name (org, valid_from, valid_to, name) VALUES ($1, $2, 4000000, $3)",
        &params![&new.id, new.from, &new.name],
    )
    .await?;
    Ok(())
}

/// # Errors
/// The engine's own.
pub async fn by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<Organisation>> {
    tx.opt("SELECT id, code, type, category, name FROM organisation WHERE code = $1", &params![code]).await
}

/// One organisation within reach.
///
/// # Errors
/// Missing and out of reach are the same `not-found`.
pub async fn one<P: Permission>(tx: &mut Tx<'_>, grant: &Grant<P>, id: OrgId) -> Result<(Organisation, tree::Node)> {
    let node = tree::node(tx, id).await?;
    grant.admits(&node.path)?;
    let org = tx.one("SELECT id, code, type, category, name FROM organisation WHERE id = $1", &params![&id]).await?;
    Ok((org, node))
}

/// Several by id, in the order they are asked for.
///
/// # Errors
/// The engine's own.
pub async fn named(tx: &mut Tx<'_>, ids: &[OrgId]) -> Result<Vec<Organisation>> {
    let each: Each = ids.iter().collect();
    let found: Vec<Organisation> =
        tx.all("SELECT id, code, type, category, name FROM organisation WHERE id IN EACH($1)", &params![&each]).await?;
    let found: HashMap<OrgId, Organisation> = found.into_iter().map(|o| (o.id, o)).collect();
    Ok(ids.iter().filter_map(|id| found.get(id).cloned()).collect())
}

/// What stood directly below `parent` on a day, in the order of the codes, after `after` (keyset; empty begins).
///
/// # Errors
/// The engine's own.
pub async fn below(tx: &mut Tx<'_>, parent: OrgId, day: BusinessDate, after: &str, limit: i64) -> Result<Vec<Organisation>> {
    let sql = concat!(
        "SELECT o.id, o.code, o.type, o.category, o.name FROM organisation o WHERE o.id ",
        tree::child_of!("$1", "$2"),
        " AND o.code > $3 ORDER BY o.code LIMIT $4"
    );
    tx.all(sql, &params![&parent, day, after, limit]).await
}

/// Organisations of one type in id order, after `after` (keyset): for long jobs that go through all of them.
///
/// # Errors
/// The engine's own.
pub async fn of_kind(tx: &mut Tx<'_>, kind: super::kind::OrgKind, after: Option<OrgId>, limit: i64) -> Result<Vec<Organisation>> {
    let after = after.unwrap_or(OrgId::from_bytes([0; 16]));
    tx.all(
        "SELECT id, code, type, category, name FROM organisation WHERE type = $1 AND id > $2 ORDER BY id LIMIT $3",
        &params![kind.code(), &after, limit],
    )
    .await
}

/// The joint branches (632) among these, for which fewer than three full members are in order (《条例》第五条), each
/// with how many units it covers, if somebody has said.
///
/// # Errors
/// The engine's own.
pub async fn joint(tx: &mut Tx<'_>, ids: &[OrgId]) -> Result<HashMap<OrgId, Option<i64>>> {
    let (each, kind) = (ids.iter().collect::<Each>(), super::kind::OrgKind::JointBranch.code());
    let all: Vec<Joint> =
        tx.all("SELECT id, joint_units FROM organisation WHERE id IN EACH($1) AND type = $2", &params![&each, kind]).await?;
    Ok(all.into_iter().map(|j| (j.id, j.units)).collect())
}

/// How many units a joint branch covers; `None` for another type, or if nobody has said.
///
/// # Errors
/// The engine's own.
pub async fn joint_units(tx: &mut Tx<'_>, id: OrgId) -> Result<Option<i64>> {
    let units: Option<Option<i64>> = tx.opt("SELECT joint_units FROM organisation WHERE id = $1", &params![&id]).await?;
    Ok(units.flatten())
}

/// # Errors
/// The engine's own.
pub async fn set_joint_units(tx: &mut Tx<'_>, id: OrgId, units: Option<i64>) -> Result<()> {
    tx.exec("UPDATE organisation SET joint_units = $2 WHERE id = $1", &params![&id, units]).await?;
    Ok(())
}

/// # Errors
/// `org-move-before` if a newer name, or the founding, is later than `day`.
pub async fn rename(tx: &mut Tx<'_>, id: OrgId, name: &str, day: BusinessDate) -> Result<()> {
    let newer: i64 = tx.one("SELECT COUNT(*) FROM organisation_name WHERE org = $1 AND valid_from > $2", &params![&id, day]).await?;
    if newer > 0 {
        return Err(Error::conflict("org-move-before").into());
    }
    tx.exec("UPDATE organisation SET name = $2 WHERE id = $1", &params![&id, name]).await?;
    tx.exec("UPDATE organisation_name SET valid_to = $2 WHERE org = $1 AND valid_to > $2", &params![&id, day]).await?;
    tx.exec(
        "INSERT INTO organisation_name (org, valid_from, valid_to, name) VALUES ($1, $2, 4000000, $3)
         ON CONFLICT (org, valid_from) DO UPDATE SET valid_to = excluded.valid_to, name = excluded.name",
        &params![&id, day, name],
    )
    .await?;
    Ok(())
}

/// # Errors
/// The engine's own.
pub async fn retype(tx: &mut Tx<'_>, id: OrgId, kind: super::kind::OrgKind, category: &str) -> Result<()> {
    tx.exec("UPDATE organisation SET type = $2, category = $3 WHERE id = $1", &params![&id, kind.code(), category]).await?;
    Ok(())
}

/// # Errors
/// The engine's own.
pub async fn erase(tx: &mut Tx<'_>, id: OrgId) -> Result<()> {
    tx.exec("DELETE FROM organisation_name WHERE org = $1", &params![&id]).await?;
    tx.exec("DELETE FROM organisation WHERE id = $1", &params![&id]).await?;
    Ok(())
}

/// The name it bore on a day; `None` if it did not exist then.
///
/// # Errors
/// The engine's own.
pub async fn name_on(tx: &mut Tx<'_>, id: OrgId, day: BusinessDate) -> Result<Option<String>> {
    tx.opt("SELECT name FROM organisation_name WHERE org = $1 AND valid_from <= $2 AND valid_to > $2", &params![&id, day]).await
}
