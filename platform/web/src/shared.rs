//! What `leitu` wires for slices to find by type: suppliers of facts, lists of doors. Set at the start, never changed.
use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::Arc;

/// One value of each type.
#[derive(Clone, Default)]
pub struct Shared(HashMap<TypeId, Arc<dyn Any + Send + Sync>>);

impl Shared {
    #[must_use]
    pub fn with<X: Any + Send + Sync>(mut self, value: X) -> Self {
        self.0.insert(TypeId::of::<X>(), Arc::new(value));
        self
    }
    /// # Errors
    /// `internal` if it was not wired; the start of the whole house is tested, so this is a slice used alone.
    pub fn get<X: Any + Send + Sync>(&self) -> kernel::Result<Arc<X>> {
        let found = self.0.get(&TypeId::of::<X>()).cloned().and_then(|v| v.downcast::<X>().ok());
        found.ok_or_else(|| kernel::Error::internal(format!("{} is not wired", std::any::type_name::<X>())))
    }
}
