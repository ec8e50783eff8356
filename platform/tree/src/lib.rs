//! Where organisations stand: parents and paths with validity. Names belong to `organisations`.
//!
//! `node` holds today's place, which access goes by; `placement` holds every place there was, so that a
//! past day shows the tree as it was. A node keeps its number for ever; its path is its ancestors' numbers.
mod change;
mod read;

pub use change::{add, close, relocate};
pub use read::{Node, all, ancestors_on, children_on, line, node, nodes, path, paths, subtree_on};

use db::Migration;

pub const MIGRATIONS: &[Migration] = &[Migration { name: "0002_tree", sql: include_str!("../migrations/0002_tree.sql") }];
