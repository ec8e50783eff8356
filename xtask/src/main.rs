//! The project's habits as commands: `cargo xtask <habit>`. Run without arguments for the list.
#![allow(clippy::indexing_slicing, clippy::panic, reason = "a habit at a terminal stops at the first surprise")]
mod cargo;
mod check;
mod habits;
mod keeper;
mod metadata;
mod postgres;
mod proof;
mod sbom;
mod sources;
mod test;
mod words;

use std::process::ExitCode;

/// Why a habit could not be carried out; already a sentence for the person at the terminal.
type Outcome = Result<bool, String>;

const HABITS: &str = "\
cargo xtask check                     format, clippy, licences, directions, sizes, tables, texts, links
cargo xtask test [--only rules|stores|web|journeys|proofs] [--engine sqlite|postgres] [--alone]
                                      every test; installs and starts what it needs, stops what it started; alone:
                                      without any network but loopback, counting who tries to leave (as root)
cargo xtask dev                       run with the demo, rebuilt and restarted on change
cargo xtask demo                      a fresh demo province in target/demo
cargo xtask screenshots               every page, desktop and phone, into target/screenshots
cargo xtask bench [demo|tables|saves|scoring|audit|large|problems|long]
                                      what the release build does, beside its limits; all but `long`
                                      (ten minutes of saves) if none is named, and then kept in docs/benchmarks.md
cargo xtask proof [kill9|powercut|faults|postgres|audit|signin|slow|files|personal|outbound|migrations|drills|api|parsers]
                  [--times N] [--dev]
                                      what the program withstands, each beside a planted defect; kept in docs/proof.md
cargo xtask sbom                      what the program is built from, as CycloneDX, into target/leitu.cdx.json
cargo xtask pg                        a PostgreSQL like the tests' one, until Ctrl-C";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match args.first().map(String::as_str) {
        Some("check") if args.len() == 1 => check::run(),
        Some("test") => test::Wanted::parse(&args[1..]).and_then(|wanted| test::run(&wanted)),
        Some("dev") => habits::dev(&args[1..]),
        Some("demo") => habits::demo(&args[1..]),
        Some("screenshots") if args.len() == 1 => test::screenshots(),
        Some("bench") => habits::bench(&args[1..]),
        Some("proof") => proof::run(&args[1..]),
        Some("sbom") if args.len() == 1 => sbom::run(),
        Some("pg") if args.len() == 1 => habits::pg(),
        _ => {
            eprintln!("{HABITS}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("xtask: {why}");
            ExitCode::FAILURE
        }
    }
}
