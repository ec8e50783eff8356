//! What only the whole house has: its schema, its date.
#![allow(clippy::restriction, reason = "in a test, what is missing is a failure")]
mod columns;
mod demo_date;
mod first_day;
mod lost_point;
mod numbers;
mod renamed;
mod renewal;
mod schema;
mod second_factor;
mod several_posts;
