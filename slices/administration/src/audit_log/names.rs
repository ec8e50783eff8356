//! What the things are called that events name by their ids. The slices above keep them and hand over who knows; members stay
//! numbers, since the register is none of the audit administrator's business.
use accounts::Above;
use db::Db;
use kernel::{AccountId, OrgId, Result};
use std::collections::HashMap;
use web::{Later, Ui};

/// A kind and an id, as in `sheet:01a2…`.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Thing {
    pub kind: String,
    pub id: String,
}

/// Says what things of its kinds are called; the others are left out.
pub trait Named: Send + Sync {
    fn names(&self, db: Db, things: Vec<Thing>) -> Later<Result<Vec<(Thing, String)>>>;
}

/// Wired once, see `web::Shared`.
#[derive(Default)]
pub struct Names(Vec<Box<dyn Named>>);

impl Names {
    pub fn new(all: Vec<Box<dyn Named>>) -> Self {
        Self(all)
    }
}

/// The names of these things, where they are known.
///
/// # Errors
/// The engine's own.
pub(super) async fn of(ui: &Ui, things: Vec<Thing>) -> Result<HashMap<Thing, String>> {
    let mut names = HashMap::new();
    // A slice used alone has nobody above it.
    if let Ok(above) = ui.app.shared::<Above>() {
        let orgs = ids(&things, "org", |id| OrgId::parse(id).ok());
        for org in above.organisations.names(ui.db.clone(), orgs).await? {
            names.insert(Thing { kind: "org".into(), id: org.id.to_string() }, org.name);
        }
    }
    let people = ids(&things, "account", |id| AccountId::parse(id).ok());
    let found = ui.db.read(async move |tx| {
        let mut found = Vec::with_capacity(people.len());
        for id in &people {
            found.extend(access::by_id(tx, *id).await.map(|account| (account.id, account.name)).ok());
        }
        Ok(found)
    });
    names.extend(found.await?.into_iter().map(|(id, name)| (Thing { kind: "account".into(), id: id.to_string() }, name)));
    if let Ok(all) = ui.app.shared::<Names>() {
        for one in &all.0 {
            names.extend(one.names(ui.db.clone(), things.clone()).await?);
        }
    }
    Ok(names)
}

fn ids<I>(things: &[Thing], kind: &str, parse: impl Fn(&str) -> Option<I>) -> Vec<I> {
    things.iter().filter(|thing| thing.kind == kind).filter_map(|thing| parse(&thing.id)).collect()
}
