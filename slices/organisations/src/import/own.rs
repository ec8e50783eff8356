//! Organisations as a kind of file on the pages, and how their import is taken back.
use super::organisations::{Shape, Trace};
use super::{Asked, Back, Importer, Organisations, Own, Report, Undo, import_organisations, reach, take_back};
use crate::OrganisationWrite;
use crate::organisation::{change, kind::OrgKind, store};
use access::{Caller, Permission, Reach};
use db::Tx;
use kernel::{BusinessDate, Error, Instant, OrgId, Result};
use std::pin::Pin;
use std::sync::Arc;
use web::Later;

/// What a slice above answers: the key of what it has built on an organisation, if it has.
pub type Built<'a> = Pin<Box<dyn Future<Output = db::Result<Option<&'static str>>> + Send + 'a>>;

/// A slice above that keeps something about organisations: one that has some is not taken back.
pub trait Builds: Send + Sync {
    /// A key of the catalogues, such as `import-built-members`.
    fn on<'a, 'b: 'a>(&'a self, tx: &'a mut Tx<'b>, org: OrgId) -> Built<'a>;
}

/// All of them; wired by `leitu`.
#[derive(Clone, Default)]
pub struct Builders(Arc<Vec<Box<dyn Builds>>>);

impl Builders {
    pub fn new(list: Vec<Box<dyn Builds>>) -> Self {
        Self(Arc::new(list))
    }
}

/// The kind of file.
pub struct OrganisationFiles(pub Builders);

impl Importer for OrganisationFiles {
    fn name(&self) -> &'static str {
        "organisations"
    }
    fn permission(&self) -> &'static str {
        OrganisationWrite::CODE
    }
    fn reach(&self, caller: &Arc<Caller>) -> Option<Reach> {
        reach::<OrganisationWrite>(caller)
    }
    fn sample(&self) -> &'static str {
        include_str!("../../../../content/templates/organisations.csv")
    }
    fn bring(&self, a: Asked) -> Later<Result<Report>> {
        Box::pin(async move { import_organisations(&a.db, &a.by, &a.take).await })
    }
    fn take_back(&self) -> Option<Back> {
        let builders = self.0.clone();
        Some(Box::new(move |a: Asked| Box::pin(async move { take_back::<Organisations, _>(&a.db, &a.by, &a.take, &builders).await })))
    }
}

impl Undo for Organisations {
    type Ground = Builders;

    fn touched(trace: &Trace) -> [u8; 16] {
        *trace.is.org.bytes()
    }
    async fn stands(tx: &mut Tx<'_>, trace: &Trace, own: &Own, ground: &Builders) -> db::Result<Option<Error>> {
        let code = trace.is.code.as_str();
        let now = store::by_code(tx, code).await?.filter(|o| o.id == trace.is.org);
        let Some(now) = now else { return Ok(Some(Error::conflict("import-undo-changed").with("code", code))) };
        let parent = tree::node(tx, now.id).await?.parent;
        if (Shape { org: now.id, code: now.code, name: now.name, kind: now.kind, category: now.category, parent }) != trace.is {
            return Ok(Some(Error::conflict("import-undo-changed").with("code", code)));
        }
        if trace.was.is_some() {
            return Ok(None);
        }
        let below = tree::ever_below(tx, trace.is.org).await?;
        if let Some(child) = below.iter().find(|c| !own.contains(c.bytes())) {
            let child = store::named(tx, &[*child]).await?.pop().map(|o| o.code).unwrap_or_default();
            return Ok(Some(Error::conflict("import-undo-child").with("code", code).with("child", child)));
        }
        for builder in ground.0.iter() {
            if let Some(key) = builder.on(tx, trace.is.org).await? {
                return Ok(Some(Error::conflict(key).with("code", code)));
            }
        }
        Ok(None)
    }
    async fn back(tx: &mut Tx<'_>, trace: &Trace, day: BusinessDate, _: Instant, _: &str) -> db::Result<()> {
        let org = trace.is.org;
        let Some(was) = &trace.was else {
            tree::remove(tx, org).await?;
            return change::erase(tx, org).await;
        };
        if trace.closed {
            return tree::reopen(tx, org).await;
        }
        if was.kind != trace.is.kind || was.category != trace.is.category {
            store::retype(tx, org, OrgKind::parse(&was.kind)?, &was.category).await?;
        }
        if was.name != trace.is.name {
            change::rename_to(tx, org, &was.code, &was.name, day).await?;
        }
        if was.parent != trace.is.parent {
            tree::relocate(tx, org, was.parent, day).await?;
        }
        Ok(())
    }
}
