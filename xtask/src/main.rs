//! The habits.
fn main() {}
