//! Modules that work values out from what they keep anyway, so that nobody enters them.
use db::{Result, Tx};
use kernel::{BusinessDate, OrgId};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// Why a value is what it is: a key of the catalogues with its values, e.g. `fact-formal-members` with `n`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    pub key: &'static str,
    pub args: Vec<(&'static str, String)>,
}

/// A value a module has worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supplied {
    pub org: OrgId,
    pub key: &'static str,
    pub value: String,
    pub why: Why,
}

/// What a supplier's work is: borrowed from the reading transaction.
pub type Work<'a> = Pin<Box<dyn Future<Output = Result<Vec<Supplied>>> + Send + 'a>>;

/// A module that supplies values.
pub trait Supplier: Send + Sync {
    /// The keys it supplies.
    fn keys(&self) -> &'static [&'static str];
    /// Values of the given branches for a year, as of a day; few statements, however many branches. A branch it knows
    /// nothing of gets no value.
    fn supply<'a, 'b: 'a>(&'a self, tx: &'a mut Tx<'b>, orgs: &'a [OrgId], year: i64, day: BusinessDate) -> Work<'a>;
}

/// All suppliers of the house, in the order of the slices; the first that has a value for a key gives it.
#[derive(Clone, Default)]
pub struct Suppliers(Arc<Vec<Box<dyn Supplier>>>);

impl Suppliers {
    pub fn new(list: Vec<Box<dyn Supplier>>) -> Self {
        Self(Arc::new(list))
    }
    pub fn iter(&self) -> impl Iterator<Item = &dyn Supplier> {
        self.0.iter().map(AsRef::as_ref)
    }
    /// Whether somebody supplies this key.
    pub fn supplies(&self, key: &str) -> bool {
        self.iter().any(|s| s.keys().contains(&key))
    }
}
