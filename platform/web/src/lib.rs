//! Server, shell, forms, texts, assets. Slices mount handlers through [`Routes`] and nothing else.
mod app;
pub mod assets;
mod body;
pub mod components;
mod error;
mod fields;
mod flash;
mod page;
mod redirect;
mod routes;
mod serve;
mod shared;
mod shell_view;
mod slice;
mod texts;
mod ui;
mod visit;

pub use app::{App, Parts};
pub use axum::http::StatusCode;
pub use body::{Fields, Form, Json, Upload};
pub use error::Fault;
pub use fields::FormFields;
pub use flash::Flash;
pub use page::{Page, Surroundings};
pub use redirect::See;
pub use routes::{GuardedBy, RouteInfo, Routes, WrittenBy};
pub use serve::{router, serve};
pub use shared::Shared;
pub use slice::{Group, Later, MenuEntry, Panel, Place, Sight, Slice};
pub use texts::{T, Text, Texts, Value, WORDS, group};
pub use ui::{Asked, At, Ui};
pub use visit::Visit;

/// What handlers return.
pub type Result<T> = std::result::Result<T, Fault>;
