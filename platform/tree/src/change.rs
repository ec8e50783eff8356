//! Growing, moving and closing. Each runs inside the caller's unit of work, whose event records it.
use crate::read::{Node, node, span};
use db::{Result, Tx, params};
use kernel::{BusinessDate, Error, OrgId, OrgPath};

/// `valid_to` of what still holds.
const FOR_EVER: i64 = 4_000_000;

/// Places a new organisation below `parent` (or as a root) from a day on.
///
/// # Errors
/// `org-parent-closed` if the parent was closed by then, `org-parent-later` if it did not exist yet; `org-path-deep` beyond
/// 32 levels.
pub async fn add(tx: &mut Tx<'_>, org: OrgId, parent: Option<OrgId>, from: BusinessDate) -> Result<OrgPath> {
    let above = match parent {
        Some(p) => Some(node(tx, p).await?),
        None => None,
    };
    if let Some(above) = &above {
        stood(tx, above, from).await?;
    }
    let number: i64 = tx.one("INSERT INTO node_number (org) VALUES ($1) RETURNING number", &params![&org]).await?;
    let path = OrgPath::below(above.as_ref().map(|p| &p.path), number)?;
    let depth = path.depth() as i64;
    tx.exec(
        "INSERT INTO node (org, number, parent, path, depth, closed) VALUES ($1, $2, $3, $4, $5, NULL)",
        &params![&org, number, parent.as_ref(), &path, depth],
    )
    .await?;
    place(tx, org, parent, &path, from).await?;
    Ok(path)
}

/// A past day shows the tree as it was: nothing stands below what is not there.
async fn stood(tx: &mut Tx<'_>, parent: &Node, day: BusinessDate) -> Result<()> {
    if parent.closed.is_some_and(|closed| closed <= day) {
        return Err(Error::conflict("org-parent-closed").into());
    }
    let (since, _) = span(tx, parent.org).await?;
    if day < since { Err(Error::conflict("org-parent-later").with("since", since).into()) } else { Ok(()) }
}

/// Moves an organisation with all below it under another parent from a day on; what was before stays visible on its days.
///
/// # Errors
/// `org-cycle` if the new parent lies inside the moved subtree; `org-parent-closed` and `org-parent-later` as in [`add`];
/// `org-move-before` if an earlier change is newer than `day`.
pub async fn relocate(tx: &mut Tx<'_>, org: OrgId, parent: Option<OrgId>, day: BusinessDate) -> Result<(OrgPath, OrgPath)> {
    let moved = node(tx, org).await?;
    let above = match parent {
        Some(p) => Some(node(tx, p).await?),
        None => None,
    };
    if above.as_ref().is_some_and(|p| moved.path.covers(&p.path)) {
        return Err(Error::conflict("org-cycle").into());
    }
    if let Some(above) = &above {
        stood(tx, above, day).await?;
    }
    db::row! { struct Inside { org: OrgId, parent: Option<OrgId>, path: OrgPath, closed: Option<BusinessDate>, number: i64 } }
    let inside: Vec<Inside> = tx
        .all(
            "SELECT org, parent, path, closed, number FROM node WHERE path >= $1 AND path < $2 ORDER BY path",
            &params![&moved.path, &moved.path.end()],
        )
        .await?;
    let number = inside.iter().find(|n| n.org == org).map_or(0, |n| n.number);
    let new_top = OrgPath::below(above.as_ref().map(|p| &p.path), number)?;
    for n in inside {
        let path = OrgPath::parse(&format!("{}{}", new_top.as_str(), &n.path.as_str()[moved.path.as_str().len()..]))?;
        let parent = if n.org == org { parent } else { n.parent };
        let depth = path.depth() as i64;
        tx.exec("UPDATE node SET parent = $2, path = $3, depth = $4 WHERE org = $1", &params![&n.org, parent.as_ref(), &path, depth])
            .await?;
        if n.closed.is_none() {
            end(tx, n.org, day).await?;
            place(tx, n.org, parent, &path, day).await?;
        }
    }
    Ok((moved.path, new_top))
}

/// Closes an organisation from a day on. Its node stays, so that what links to it keeps its place and its readers.
///
/// # Errors
/// `org-has-children` while something open stands below it; `org-closed` if it is closed already.
pub async fn close(tx: &mut Tx<'_>, org: OrgId, day: BusinessDate) -> Result<Node> {
    let closing = node(tx, org).await?;
    if closing.closed.is_some() {
        return Err(Error::conflict("org-closed").into());
    }
    let below: i64 = tx.one("SELECT COUNT(*) FROM node WHERE parent = $1 AND closed IS NULL", &params![&org]).await?;
    if below > 0 {
        return Err(Error::conflict("org-has-children").with("n", below).into());
    }
    tx.exec("UPDATE node SET closed = $2 WHERE org = $1", &params![&org, day]).await?;
    end(tx, org, day).await?;
    Ok(closing)
}

/// Opens what was closed, as if it never had been; for taking back a closing by mistake.
///
/// # Errors
/// `org-parent-closed` if what it stands below is closed.
pub async fn reopen(tx: &mut Tx<'_>, org: OrgId) -> Result<()> {
    let closed = node(tx, org).await?;
    let Some(day) = closed.closed else { return Ok(()) };
    if let Some(parent) = closed.parent
        && node(tx, parent).await?.closed.is_some()
    {
        return Err(Error::conflict("org-parent-closed").into());
    }
    tx.exec("UPDATE node SET closed = NULL WHERE org = $1", &params![&org]).await?;
    tx.exec("UPDATE placement SET valid_to = $3 WHERE org = $1 AND valid_to = $2", &params![&org, day, FOR_EVER]).await?;
    Ok(())
}

/// Removes a place that was given by mistake, with its history. Its number is not given again.
///
/// # Errors
/// `org-has-children` if anything ever stood below it.
pub async fn remove(tx: &mut Tx<'_>, org: OrgId) -> Result<()> {
    let below = crate::read::ever_below(tx, org).await?.len();
    if below > 0 {
        return Err(Error::conflict("org-has-children").with("n", below).into());
    }
    tx.exec("DELETE FROM placement WHERE org = $1", &params![&org]).await?;
    tx.exec("DELETE FROM node WHERE org = $1", &params![&org]).await?;
    Ok(())
}

async fn place(tx: &mut Tx<'_>, org: OrgId, parent: Option<OrgId>, path: &OrgPath, from: BusinessDate) -> Result<()> {
    tx.exec(
        "INSERT INTO placement (org, valid_from, valid_to, parent, path) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (org, valid_from) DO UPDATE SET valid_to = excluded.valid_to, parent = excluded.parent, path = excluded.path",
        &params![&org, from, FOR_EVER, parent.as_ref(), path],
    )
    .await?;
    Ok(())
}

/// Ends the placement that holds on `day`; one that began on or after it makes the change ambiguous.
async fn end(tx: &mut Tx<'_>, org: OrgId, day: BusinessDate) -> Result<()> {
    let newer: i64 = tx.one("SELECT COUNT(*) FROM placement WHERE org = $1 AND valid_from > $2", &params![&org, day]).await?;
    if newer > 0 {
        return Err(Error::conflict("org-move-before").into());
    }
    tx.exec("UPDATE placement SET valid_to = $2 WHERE org = $1 AND valid_to > $2", &params![&org, day]).await?;
    Ok(())
}
