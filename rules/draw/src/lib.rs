//! Draws of branches and of teams that anyone can run again (S44, S45).
//!
//! The list of candidates is published first, as [`candidate_hash`]; then a second person enters a number.
//! Neither can steer the result: the list was fixed before the number, the number before anybody knew
//! what it would give. The whole of it is SHA-256 over texts, so that thirty lines of any language repeat
//! it (docs/draw.md has them):
//!
//! 1. `hash` = hex of SHA-256 of the codes in byte order, each followed by a line feed;
//! 2. `seed` = hex of SHA-256 of `hash`, line feed, the number as entered, line feed;
//! 3. the place of a code = hex of SHA-256 of `seed`, line feed, the code, line feed;
//! 4. candidates in order of their places; the first ones are drawn.
mod list;
mod sample;
mod teams;

pub use list::{Seed, candidate_hash, verify_list};
pub use sample::{Amount, sample};
pub use teams::{Inspector, Site, Team, assign_teams, check_teams};
