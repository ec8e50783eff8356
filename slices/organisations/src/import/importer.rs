//! Kinds of files as the pages know them. Slices above register theirs; `leitu` wires the list.
use super::{Report, Take};
use access::{Caller, Held, Permission, Reach};
use audit::{Author, Identity};
use db::Db;
use installation::Keys;
use kernel::{AccountId, BusinessDate, Result};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use web::Later;

/// One kind of file that can be handed in.
pub trait Importer: Send + Sync {
    /// `organisations`; its name for people is the text `import-kind-…`.
    fn name(&self) -> &'static str;
    /// The code of the permission it is brought in under.
    fn permission(&self) -> &'static str;
    /// What this caller may touch with it; `None`: nothing.
    fn reach(&self, caller: &Arc<Caller>) -> Option<Reach>;
    /// The template with its examples: a line of heads, a line of choices (`甲|乙` below a head, or nothing), examples.
    fn sample(&self) -> &'static str;
    /// What must be chosen beside the file (a cycle, a year), as value and label; empty if nothing. A conflict says why
    /// nothing can be chosen now.
    fn choices(&self, _db: Db, _caller: Arc<Caller>, _today: BusinessDate) -> Later<Result<Vec<(String, String)>>> {
        Box::pin(async { Ok(Vec::new()) })
    }
    /// Checks the file, and unless it is a dry run brings it in. The same id again does nothing twice.
    fn bring(&self, asked: Asked) -> Later<Result<Report>>;
    /// Takes back what an import did, or answers what stands on its rows; then nothing has been taken back.
    /// `None`: this kind is not taken back, a later file takes its place.
    fn take_back(&self) -> Option<Back> {
        None
    }
}

/// How a kind is taken back.
pub type Back = Box<dyn FnOnce(Asked) -> Later<Result<Report>> + Send>;

/// A file that lies there, and who asked for what is to be done with it.
pub struct Asked {
    pub db: Db,
    pub keys: Keys,
    pub by: Behalf,
    pub take: Take,
    /// What was chosen beside the file.
    pub choice: String,
}

/// All kinds, in the order of the page.
#[derive(Clone, Default)]
pub struct Importers(Arc<Vec<Arc<dyn Importer>>>);

impl Importers {
    pub fn new(list: Vec<Arc<dyn Importer>>) -> Self {
        Self(Arc::new(list))
    }
    pub fn of(&self, name: &str) -> Option<Arc<dyn Importer>> {
        self.0.iter().find(|i| i.name() == name).cloned()
    }
    /// Those this caller may use.
    pub fn open_to(&self, caller: &Arc<Caller>) -> Vec<Arc<dyn Importer>> {
        self.0.iter().filter(|i| i.reach(caller).is_some()).cloned().collect()
    }
}

/// Wherever a caller holds a permission.
pub fn reach<P: Permission>(caller: &Arc<Caller>) -> Option<Reach> {
    caller.grant::<P>().map(|g| g.reach())
}

/// Somebody who asked for a job, after their request has ended.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Behalf {
    pub account: AccountId,
    pub name: String,
    /// The role and organisation by which it is done.
    pub post: Option<(String, Option<String>)>,
    /// Known again from the kind of file when the job is done.
    #[serde(skip)]
    pub permission: &'static str,
}

impl Behalf {
    pub fn of(account: AccountId, caller: &Caller, permission: &'static str) -> Self {
        let holds = |h: &&Held| caller.roles().holds(&h.role, permission);
        let post = caller.posts().iter().find(holds).map(|h| (h.role.clone(), h.org.map(|o| o.to_string())));
        Self { account, name: caller.name().to_owned(), post, permission }
    }
}

impl Author for Behalf {
    fn name(&self) -> String {
        self.name.clone()
    }
    fn identity(&self) -> Identity {
        Identity {
            account: Some(self.account),
            name: self.name.clone(),
            post: self.post.clone(),
            session: None,
            permission: self.permission,
        }
    }
}
