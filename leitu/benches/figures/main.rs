//! `cargo xtask bench [NAME]`: what the program does in a second, beside its limit and beside what the machine could do at
//! best in the same run; everything but `long`, if no name is given. Client, server and database share the machine, so a figure
//! is a floor, not a promise.
#![allow(clippy::restriction, clippy::cast_precision_loss, reason = "a measurement stops at the first surprise")]
#[path = "../../tests/load/mod.rs"]
mod load;

mod audit_rows;
mod bare;
mod demo;
mod large;
mod problems;
mod raw;
mod report;
mod saves;
mod scoring_rows;
mod tables;
mod visible;

use report::Report;

/// Groups of rows by name.
const GROUPS: [&str; 8] = ["demo", "tables", "saves", "scoring", "audit", "large", "problems", "long"];

fn main() {
    // Cargo passes `--bench`.
    let asked: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    if let Some(unknown) = asked.iter().find(|a| !GROUPS.contains(&a.as_str())) {
        eprintln!("bench knows no `{unknown}`; it knows {}", GROUPS.join(", "));
        std::process::exit(2);
    }
    let wanted = |name: &str| asked.is_empty() || asked.iter().any(|a| a == name);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let mut report = Report::default();
    if wanted("demo") {
        runtime.block_on(demo::rows(&mut report));
    }
    // While this process is small: what a file takes would be found in what others have left.
    if wanted("tables") {
        tables::rows(&mut report);
    }
    if wanted("saves") {
        runtime.block_on(saves::rows(&mut report));
    }
    if wanted("scoring") {
        scoring_rows::rows(&mut report);
    }
    if wanted("audit") {
        audit_rows::rows(&mut report);
    }
    if wanted("large") {
        runtime.block_on(large::rows(&mut report));
    }
    if wanted("problems") {
        runtime.block_on(problems::rows(&mut report));
    }
    // Ten minutes are measured only when they are asked for.
    if asked.iter().any(|a| a == "long") {
        runtime.block_on(saves::long(&mut report));
    }
    report.keep(asked.is_empty());
}
