//! Whole flows in a real browser, one file per mechanism in `tests/`. This crate is what they
//! stand on: a product of their own, a browser that acts by what a person reads, and the rules of
//! accessibility. It knows the product only from outside.
//!
//! ```no_run
//! # async fn journey() {
//! use journeys::{Browser, Device, Product, Script};
//! let product = Product::demo();
//! let secretary = Browser::open(&product.address, Device::Phone, Script::Off).await;
//! secretary.go("/").await;
//! secretary.press("支部书记").await;
//! secretary.sees("待办").await;
//! # }
//! ```
// A journey that cannot go on fails where it stands, with a sentence; so does what it stands on.
#![allow(clippy::restriction, reason = "everything here is part of tests")]

mod acting;
mod axe;
mod browser;
mod driver;
mod kept;
mod paper;
mod paths;
mod product;
mod room;
mod seeing;
mod telephone;

pub use browser::{Browser, Device, Script};
pub use product::Product;
pub use telephone::Telephone;
