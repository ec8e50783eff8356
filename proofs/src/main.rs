//! `proofs [NAME …] [--times N]`: runs the proofs, prints a line a row, keeps the last run where `LEITU_PROOF_OUT` says.
use proofs::{NAMES, Size, report};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let mut size = Size::Long;
    if let Some(at) = args.iter().position(|a| a == "--times") {
        let Some(n) = args.get(at + 1).and_then(|n| n.parse().ok()) else {
            eprintln!("--times takes a number");
            return ExitCode::from(2);
        };
        size = Size::Times(n);
        args.drain(at..at + 2);
    }
    if let Some(unknown) = args.iter().find(|a| !NAMES.contains(&a.as_str())) {
        eprintln!("there is no proof `{unknown}`; there are {}", NAMES.join(", "));
        return ExitCode::from(2);
    }
    let Ok(runtime) = tokio::runtime::Builder::new_multi_thread().enable_all().build() else { return ExitCode::FAILURE };
    let mut good = true;
    for name in NAMES.iter().filter(|name| args.is_empty() || args.iter().any(|a| a == *name)) {
        let rows = runtime.block_on(proofs::run(name, size)).unwrap_or_default();
        good &= !rows.is_empty() && rows.iter().all(report::Row::is_good);
    }
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
