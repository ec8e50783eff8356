//! Reading and writing tables, through a real child.
#![allow(clippy::restriction, reason = "in a test, what is missing is a failure")]
mod craft;
mod csv;
mod out;
mod xlsx;
