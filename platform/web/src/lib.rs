//! Server, shell, forms, texts, assets. Slices mount handlers through [`Routes`] and nothing else.
mod app;
pub mod assets;
mod body;
pub mod components;
mod error;
mod error_view;
mod fields;
mod flash;
mod html;
mod kit;
mod menu;
pub mod own;
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
pub use components::{Crumb, Errors, GradeBar, Input, Light, Moment, Mood, Pager, Shown, Steps, SumRow};
pub use error::Fault;
pub use error_view::{Difference, ErrorPage, Trouble};
pub use fields::FormFields;
pub use flash::Flash;
pub use html::Html;
pub use kit::Kit;
pub use menu::{Menu, MenuGroup, MenuItem};
pub use page::{Page, Surroundings};
pub use redirect::See;
pub use routes::{GuardedBy, RouteInfo, Routes, WrittenBy};
pub use serve::{router, serve};
pub use shared::Shared;
pub use shell_view::{AllPage, DemoBar, Frame, Size};
pub use slice::{Group, Later, MenuEntry, Panel, Place, Sight, Slice};
pub use texts::{T, Text, Texts, Value, WORDS, group};
pub use ui::{Asked, At, Ui};
pub use visit::Visit;

/// What handlers return.
pub type Result<T> = std::result::Result<T, Fault>;
