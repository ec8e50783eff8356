//! What every request may use. It holds no truth: connections, texts and wiring only.
use crate::export::Making;
use crate::routes::RouteInfo;
use crate::slice::{MenuEntry, Panel, Sight};
use crate::turns::Turns;
use crate::{Shared, T, Texts};
use access::{Gate, Hasher};
use axum::extract::FromRef;
use db::Db;
use installation::{Installation, Keys};
use kernel::Clock;
use std::path::PathBuf;
use std::sync::{Arc, RwLock};

/// Made once by `leitu`, cloned into every request.
#[derive(Clone)]
pub struct App(pub(crate) Arc<Parts>, Turns, Making);

pub struct Parts {
    pub db: Db,
    pub gate: Gate,
    pub keys: Keys,
    pub hasher: Hasher,
    pub clock: Clock,
    pub texts: &'static Texts,
    pub panels: Vec<Box<dyn Panel>>,
    pub sights: Vec<Box<dyn Sight>>,
    pub menu: Vec<MenuEntry>,
    pub data_dir: PathBuf,
    /// Served over plain http beyond loopback because somebody said so: administrators see a standing notice.
    pub insecure: bool,
    /// Found by type with [`App::shared`].
    pub shared: Shared,
    /// The API description, made from the routes.
    pub openapi: String,
    /// What is mounted: the permission page is made from it.
    pub inventory: Vec<RouteInfo>,
    /// What this installation is; `None` until set-up.
    pub installation: RwLock<Option<Installation>>,
}

impl App {
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts), Turns::default(), Making::default())
    }
    pub(crate) fn turns(&self) -> &Turns {
        &self.1
    }
    pub(crate) fn making(&self) -> &Making {
        &self.2
    }
    pub fn db(&self) -> &Db {
        &self.0.db
    }
    pub fn gate(&self) -> &Gate {
        &self.0.gate
    }
    pub fn keys(&self) -> &Keys {
        &self.0.keys
    }
    pub fn hasher(&self) -> &Hasher {
        &self.0.hasher
    }
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }
    /// Where evidence and other files lie.
    pub fn files(&self) -> PathBuf {
        self.0.data_dir.join("files")
    }
    pub fn data_dir(&self) -> &PathBuf {
        &self.0.data_dir
    }
    pub fn texts(&self, lang: &str) -> T {
        self.0.texts.of(lang)
    }
    pub fn menu(&self) -> &[MenuEntry] {
        &self.0.menu
    }
    pub fn inventory(&self) -> &[RouteInfo] {
        &self.0.inventory
    }
    /// The lines of the menu this caller may use.
    pub fn menu_of(&self, caller: &access::Caller) -> Vec<MenuEntry> {
        self.0.menu.iter().filter(|m| caller.holds_code(m.permission, m.permission == "public", m.everyone)).copied().collect()
    }
    pub fn openapi(&self) -> &str {
        &self.0.openapi
    }
    /// What `leitu` has wired under this type.
    ///
    /// # Errors
    /// As [`Shared::get`].
    pub fn shared<X: std::any::Any + Send + Sync>(&self) -> kernel::Result<Arc<X>> {
        self.0.shared.get()
    }
    /// What this installation is, read anew as long as this process has not heard of its founding: `leitu setup` or another
    /// process may have done it.
    ///
    /// # Errors
    /// The engine's own; keys that do not fit the database.
    pub async fn installed(&self) -> kernel::Result<Option<Installation>> {
        if self.installation().is_none()
            && let Some(found) = installation::describe(self.db(), &self.keys().fingerprint()).await?
        {
            self.founded(found);
        }
        Ok(self.installation())
    }
    /// What this process knows of the installation; `None` until set-up has founded it.
    pub fn installation(&self) -> Option<Installation> {
        self.0.installation.read().ok().and_then(|i| i.clone())
    }
    /// Set-up has just founded it (or another process has).
    pub fn founded(&self, what: Installation) {
        if let Ok(mut held) = self.0.installation.write() {
            *held = Some(what);
        }
    }
}

impl FromRef<App> for Gate {
    fn from_ref(app: &App) -> Gate {
        app.0.gate.clone()
    }
}
