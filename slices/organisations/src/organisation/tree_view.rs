//! The tree, one level at a time: the line down to the opened organisation, and a page of what stood below it on a day.
use super::list::{PAGE, Query};
use super::store;
use crate::OrganisationRead;
use access::Grant;
use db::{Result as Read, Tx};
use kernel::{BusinessDate, OrgId};
use web::Ui;

/// One line of it.
pub struct Knot {
    pub id: OrgId,
    pub name: String,
    /// Depth below where the grant's reach begins, for the indent; the stylesheet knows 0 to 2.
    pub level: usize,
    pub opened: bool,
    /// The address that shuts it: what stands above it is opened then, or all beginnings are shown.
    pub shut: Option<String>,
    pub children: i64,
}

/// What is shown of the tree.
pub struct Branching {
    pub on: BusinessDate,
    pub past: bool,
    pub knots: Vec<Knot>,
    /// Where the next page of children begins.
    pub more: Option<String>,
}

/// # Errors
/// Not found for an organisation that is missing or out of reach.
pub async fn of(ui: &Ui, grant: &Grant<OrganisationRead>, q: &Query) -> web::Result<Branching> {
    let on = q.on.as_deref().filter(|d| !d.is_empty()).map(BusinessDate::parse).transpose()?.unwrap_or_else(|| ui.today());
    let open = q.open.as_deref().map(OrgId::parse).transpose()?;
    let (g, after) = (grant.clone(), q.after.clone().unwrap_or_default());
    let (knots, open, next) = ui.db.read(async move |tx| knots(tx, &g, open, on, &after).await).await?;
    let more = next.zip(open).map(|(code, open)| format!("/orgs?view=tree&open={open}&on={on}&after={code}"));
    Ok(Branching { on, past: on != ui.today(), knots, more })
}

async fn knots(
    tx: &mut Tx<'_>,
    grant: &Grant<OrganisationRead>,
    open: Option<OrgId>,
    on: BusinessDate,
    after: &str,
) -> Read<(Vec<Knot>, Option<OrgId>, Option<String>)> {
    let (mut all, tops) = (Vec::new(), tops(tx, grant, on).await?);
    let mut open = open;
    if let Some(asked) = open {
        grant.admits(&tree::node(tx, asked).await?.path)?;
        // What was not there on the day opens nothing: the tree shows from its beginning.
        let line = tree::ancestors_on(tx, asked, on).await?;
        open = open.filter(|_| !line.is_empty());
    }
    // Where there is one beginning, it is open.
    let Some(open) = open.or(tops.first().copied().filter(|_| tops.len() == 1)) else {
        for top in tops {
            all.extend(knot(tx, top, on, 0).await?);
        }
        return Ok((all, None, None));
    };
    grant.admits(&tree::node(tx, open).await?.path)?;
    let line = line(tx, grant, open, on).await?;
    // Where there are several beginnings, the others stay beside the opened one.
    let (before, behind) = match tops.iter().position(|top| tops.len() > 1 && line.contains(top)) {
        Some(at) => (tops.get(..at).unwrap_or_default(), tops.get(at + 1..).unwrap_or_default()),
        None => (&[][..], &[][..]),
    };
    for top in before {
        all.extend(knot(tx, *top, on, 0).await?);
    }
    let several = !before.is_empty() || !behind.is_empty();
    let mut shut = several.then(|| format!("/orgs?view=tree&on={on}"));
    for (level, up) in line.iter().enumerate() {
        all.extend(knot(tx, *up, on, level.min(2)).await?.map(|k| Knot { opened: true, shut: shut.take(), ..k }));
        shut = Some(format!("/orgs?view=tree&open={up}&on={on}"));
    }
    let children = store::below(tx, open, on, after, PAGE).await?;
    for child in &children {
        all.extend(knot(tx, child.id, on, line.len().min(2)).await?);
    }
    for top in behind {
        all.extend(knot(tx, *top, on, 0).await?);
    }
    let next = children.last().filter(|_| children.len() as i64 == PAGE).map(|c| c.code.clone());
    Ok((all, Some(open), next))
}

/// From where the reach begins down to the opened organisation; what lies above is not named.
async fn line(tx: &mut Tx<'_>, grant: &Grant<OrganisationRead>, open: OrgId, on: BusinessDate) -> Read<Vec<OrgId>> {
    let mut line = Vec::new();
    for up in tree::ancestors_on(tx, open, on).await? {
        if grant.admits(&tree::node(tx, up).await?.path).is_ok() {
            line.push(up);
        }
    }
    Ok(line)
}

/// Where somebody's tree begins: the organisations of their posts, or every root.
async fn tops(tx: &mut Tx<'_>, grant: &Grant<OrganisationRead>, on: BusinessDate) -> Read<Vec<OrgId>> {
    let tops = if grant.reach().is_everything() { tree::children_on(tx, None, on).await? } else { grant.homes() };
    let mut named = store::named(tx, &tops).await?;
    named.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(named.into_iter().map(|o| o.id).collect())
}

async fn knot(tx: &mut Tx<'_>, id: OrgId, on: BusinessDate, level: usize) -> Read<Option<Knot>> {
    let children = tree::children_count(tx, id, on).await?;
    Ok(store::name_on(tx, id, on).await?.map(|name| Knot { id, name, level, opened: false, shut: None, children }))
}
