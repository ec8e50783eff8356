//! Where organisations stand: parents and paths with validity. Names belong to `organisations`.
//!
//! `node` holds today's place, which access goes by; `placement` holds every place there was, so that a
//! past day shows the tree as it was. A node keeps its number for ever; its path is its ancestors' numbers.
mod change;
mod read;

pub use change::{add, close, relocate, remove, reopen};
pub use read::{
    Node, Placed, all, ancestors_on, at_least, children_count, children_on, ever_below, height, left, line, node, nodes, open_below,
    org_at, path, paths, placed, span, subtree_on,
};

use db::Migration;

/// For another crate's WHERE clause: `p.org ` followed by this holds for today's subtree, given its two bounds
/// ([`OrgPath`](kernel::OrgPath) and its end) as parameters. The statement stays this crate's.
#[macro_export]
macro_rules! below {
    ($from:literal, $to:literal) => {
        concat!("IN (SELECT org FROM node WHERE path >= ", $from, " AND path < ", $to, ")")
    };
}

/// As [`below!`], asked of each row by itself: where nearly every row stands there, a list keeps the order of its own index.
#[macro_export]
macro_rules! stands_below {
    ($org:literal, $from:literal, $to:literal) => {
        concat!("(SELECT node.path >= ", $from, " AND node.path < ", $to, " FROM node WHERE node.org = ", $org, ")")
    };
}

/// [`stands_below!`] of what is not closed, with one look at each.
#[macro_export]
macro_rules! open_below {
    ($org:literal, $from:literal, $to:literal) => {
        concat!("(SELECT node.closed IS NULL AND node.path >= ", $from, " AND node.path < ", $to, " FROM node WHERE node.org = ", $org, ")")
    };
}

/// For another crate's FROM clause: a table `place` with the `org` of each place of a subtree, looked up one after another.
#[macro_export]
macro_rules! places_below {
    ($from:literal, $to:literal) => {
        concat!("(SELECT org FROM node WHERE path >= ", $from, " AND path < ", $to, ") AS place")
    };
}

/// `o.id ` followed by this holds for what stood directly below an organisation on a day.
#[macro_export]
macro_rules! child_of {
    ($parent:literal, $day:literal) => {
        concat!("IN (SELECT org FROM placement WHERE parent = ", $parent, " AND valid_from <= ", $day, " AND valid_to > ", $day, ")")
    };
}

/// `p.org ` followed by this holds for what stands outside today's subtree.
#[macro_export]
macro_rules! apart {
    ($from:literal, $to:literal) => {
        concat!("IN (SELECT org FROM node WHERE path < ", $from, " OR path >= ", $to, ")")
    };
}

/// For another crate's list of columns: today's path of the organisation in the named column; nothing where it has none.
#[macro_export]
macro_rules! path_of {
    ($org:literal) => {
        concat!("(SELECT node.path FROM node WHERE node.org = ", $org, ")")
    };
}

/// For another crate's WHERE clause: holds where the organisation in the named column still stands.
#[macro_export]
macro_rules! stands {
    ($org:literal) => {
        concat!("EXISTS (SELECT 1 FROM node WHERE node.org = ", $org, " AND node.closed IS NULL)")
    };
}

/// `o.id ` followed by this holds for what was closed. They are few, and looked up by an index of their own: joined
/// to nothing, the path keeps SQLite from going through the whole place instead.
#[macro_export]
macro_rules! ended {
    () => {
        "IN (SELECT org FROM node WHERE closed IS NOT NULL)"
    };
    ($from:literal, $to:literal) => {
        concat!("IN (SELECT org FROM node WHERE closed IS NOT NULL AND path || '' >= ", $from, " AND path || '' < ", $to, ")")
    };
}

pub const MIGRATIONS: &[Migration] = &[
    Migration { name: "0002_tree", sql: include_str!("../migrations/0002_tree.sql") },
    Migration { name: "0174_closed", sql: include_str!("../migrations/0174_closed.sql") },
];
