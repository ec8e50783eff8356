//! Files handed in on a page or through the API: checked by a job, then brought in when somebody says so, and taken back
//! while nothing stands on their rows.
pub mod api;
mod folder;
pub mod pages;
mod store;
mod template;
pub mod templates;
mod upload;
mod work;

pub use folder::Folder;
pub use work::worker;

use super::{Behalf, Importer, Importers};
use crate::ImportUse;
use access::{Grant, Reach, Scope};
use audit::Event;
use db::{Db, Tx};
use kernel::{AccountId, BusinessDate, Error, ImportId, Instant, JobId, Kind, OrgPath, Result};
use store::Handed;
use web::{Routes, Ui};

/// Where a file stands. A job is behind each of the three that end in `-ing`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    Checking,
    /// In order; waits to be brought in.
    Checked,
    /// Not in order; nothing of it counts.
    Refused,
    Bringing,
    Done,
    Undoing,
    Undone,
}

impl State {
    const ALL: [State; 7] = [State::Checking, State::Checked, State::Refused, State::Bringing, State::Done, State::Undoing, State::Undone];

    pub fn name(self) -> &'static str {
        match self {
            State::Checking => "checking",
            State::Checked => "checked",
            State::Refused => "refused",
            State::Bringing => "bringing",
            State::Done => "done",
            State::Undoing => "undoing",
            State::Undone => "undone",
        }
    }
    fn parse(text: &str) -> Self {
        Self::ALL.into_iter().find(|s| s.name() == text).unwrap_or(State::Refused)
    }
    /// Whether a job works on it.
    pub fn is_busy(self) -> bool {
        matches!(self, State::Checking | State::Bringing | State::Undoing)
    }
    /// Key of its name, and the colour of its tag.
    fn tag(self) -> (&'static str, &'static str) {
        match self {
            State::Checking => ("info", "import-state-checking"),
            State::Checked => ("warn", "import-state-checked"),
            State::Refused => ("bad", "import-state-refused"),
            State::Bringing => ("info", "import-state-bringing"),
            State::Done => ("ok", "import-state-done"),
            State::Undoing => ("info", "import-state-undoing"),
            State::Undone => ("", "import-state-undone"),
        }
    }
}

pub fn routes() -> Routes {
    Routes::new("organisations")
        .get("/imports", pages::list)
        .get("/imports/new", pages::new)
        .post("/imports", pages::create)
        .get("/imports/templates/{template}", templates::get)
        .get("/imports/{import}", pages::show)
        .get("/imports/{import}/bad-rows", pages::bad_rows)
        .post("/imports/{import}/acceptance", pages::accept)
        .post("/imports/{import}/withdrawal", pages::withdraw)
        .api::<api::__path_create, _, _, _>(api::create)
        .api_get::<api::__path_show, _, _, _>(api::show)
        .api::<api::__path_accept, _, _, _>(api::accept)
        .api::<api::__path_withdraw, _, _, _>(api::withdraw)
}

/// A file that lies in the folder, under the id it will be known by.
pub struct Lying {
    pub id: ImportId,
    /// One of the kind's choices; empty if it has none.
    pub choice: String,
    /// The name people know it by.
    pub file: String,
}

/// A file that lies in the folder and is to be checked.
struct NewFile {
    id: ImportId,
    kind: &'static str,
    choice: String,
    file: String,
    reach: Reach,
    day: BusinessDate,
    by: Behalf,
}

/// Records a file and asks for its check; a repeated request gets the first one's id. A file that no row names does not stay.
///
/// # Errors
/// `import-choice` for what the kind does not offer; `not-found` if it is not for this caller.
pub async fn hand_in(
    db: &Db,
    grant: &Grant<ImportUse>,
    (kind, folder): (&dyn Importer, &Folder),
    lying: Lying,
    day: BusinessDate,
) -> Result<ImportId> {
    let id = lying.id;
    let named = record(db, grant, kind, lying, day).await;
    // After a failure of the engine a row may name it all the same; what none names is swept away in a day.
    let nameless = named.as_ref().map_or_else(|e| !matches!(e.kind, Kind::Internal | Kind::Busy), |first| *first != id);
    if nameless {
        folder.forget(id);
    }
    named
}

async fn record(db: &Db, grant: &Grant<ImportUse>, kind: &dyn Importer, lying: Lying, day: BusinessDate) -> Result<ImportId> {
    let Lying { id, choice, file } = lying;
    let caller = grant.caller();
    let choices = kind.choices(db.clone(), caller.clone(), day).await?;
    let offered = if choices.is_empty() { choice.is_empty() } else { choices.iter().any(|(value, _)| *value == choice) };
    if !offered {
        return Err(Error::invalid("import-choice").at("choice"));
    }
    let reach = kind.reach(caller).ok_or_else(Error::not_found)?;
    let by = Behalf::of(grant.account()?, caller, kind.permission());
    let new = NewFile { id, kind: kind.name(), choice, file, reach, day, by };
    let (job, at) = (JobId::new(), Instant::now());
    audit::change(db, grant, async move |tx| {
        store::insert(tx, &new, &job, at).await?;
        enqueue(tx, &job, new.by.account, &new.reach, new.id).await?;
        let event = Event::new("import.hand-in", format!("import:{}", new.id)).with("file", &new.file).with("kind", new.kind);
        Ok((new.id, event))
    })
    .await
}

/// Asks for the next step of a file: to be brought in, or taken back.
async fn ask(db: &Db, grant: &Grant<ImportUse>, handed: &Handed, from: State, to: State) -> Result<()> {
    let (job, h, action) = (JobId::new(), handed.clone(), if to == State::Bringing { "import.accept" } else { "import.withdraw" });
    let account = grant.account()?;
    audit::change(db, grant, async move |tx| {
        store::turn(tx, h.id, from, to, &job).await?;
        enqueue(tx, &job, account, &h.reach(), h.id).await?;
        Ok(((), Event::new(action, format!("import:{}", h.id)).with("file", &h.file).with("kind", &h.kind)))
    })
    .await
}

async fn enqueue(tx: &mut Tx<'_>, job: &JobId, owner: AccountId, reach: &Reach, id: ImportId) -> db::Result<()> {
    // An import that touches more than one subtree is about a place that nobody's post covers.
    let place = match reach.scopes() {
        [Scope { top: Some(top), .. }] => top.clone(),
        _ => OrgPath::parse("/0/")?,
    };
    jobs::enqueue(tx, job, work::KIND, Some(&owner), &place, &id.to_string()).await
}

/// The kind, if this caller may use it; otherwise it is as if there were none.
fn kind_of(ui: &Ui, name: &str) -> Result<std::sync::Arc<dyn Importer>> {
    let found = ui.app.shared::<Importers>()?.of(name);
    found.filter(|i| i.reach(ui.caller()).is_some()).ok_or_else(Error::not_found)
}
