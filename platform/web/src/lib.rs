//! Server, shell, forms, texts, assets
mod assets;
mod texts;

pub use assets::{Asset, CACHE_CONTROL, asset, css_path, icon_path, js_path};
pub use texts::{T, Text, Texts, Value, WORDS, group};
