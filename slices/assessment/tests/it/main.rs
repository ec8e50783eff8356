//! The slice's tests: one program, because each would link the whole house again.
#![allow(clippy::restriction, reason = "in a test, what is missing is a failure")]
mod batches;
mod calendar;
mod checks;
mod chips;
mod corrections;
mod draws;
mod estimates;
mod explained;
mod finality;
mod forms;
mod imports;
mod inspection;
mod inspectors;
mod moves;
mod named;
mod notices;
mod onward;
#[path = "../../../../rules/scoring/tests/oracle/mod.rs"]
mod oracle;
mod order;
mod passing_on;
mod posts;
mod problems;
#[path = "../../../../rules/scoring/tests/province/mod.rs"]
mod province;
mod publicised;
mod publicity;
mod rechecks;
mod records;
mod registers;
mod reminders;
mod repeats;
mod results;
mod review;
mod self_assessment;
mod sending;
mod stage;
mod stages;
mod stand;
mod whole_loop;
mod withdrawal;
