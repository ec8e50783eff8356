//! The small habits: run while developing, make a demo, offer a database.
use std::io::Read;
use std::process::{Child, Command};
use std::time::{Duration, SystemTime};

use crate::Outcome;
use crate::cargo::cargo;
use crate::postgres::{Postgres, VARIABLE};
use crate::sources::{self, Sources};

/// Runs the program on a demo of its own and starts it anew whenever a source has changed.
/// Further arguments go to `leitu serve`.
pub fn dev(args: &[String]) -> Outcome {
    let mut running: Option<Child> = None;
    loop {
        let stamp = newest()?;
        let built = cargo().args(["build", "-p", "leitu"]).status();
        if built.map_err(|e| format!("cargo does not start: {e}"))?.success() {
            stop(running.take());
            running = Some(serve("target/dev-data", args)?);
        }
        while newest()? == stamp {
            std::thread::sleep(Duration::from_millis(500));
        }
    }
}

/// Makes a fresh demo province in `target/demo` and serves it.
pub fn demo(args: &[String]) -> Outcome {
    let folder = sources::root().join("target/demo");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).map_err(|e| format!("target/demo cannot be removed: {e}"))?;
    }
    let built = cargo().args(["build", "--release", "-p", "leitu"]).status();
    if !built.map_err(|e| format!("cargo does not start: {e}"))?.success() {
        return Ok(false);
    }
    let mut command = Command::new(sources::root().join("target/release/leitu"));
    command.args(["serve", "--demo", "--data-dir", "target/demo"]).args(args).current_dir(sources::root());
    command.status().map(|s| s.success()).map_err(|e| format!("leitu does not start: {e}"))
}

/// Measures the release build; a whole run is kept in docs/benchmarks.md. PostgreSQL is measured where it is installed.
pub fn bench(names: &[String]) -> Outcome {
    let postgres = Postgres::start_durable().map_err(|why| println!("PostgreSQL is not measured: {why}")).ok();
    let mut command = cargo();
    command.args(["bench", "--quiet", "-p", "leitu", "--bench", "figures", "--"]).args(names);
    command.env("LEITU_BENCH_OUT", sources::root().join("docs/benchmarks.md"));
    if let Some(postgres) = &postgres {
        command.env("LEITU_BENCH_PG", &postgres.url);
    }
    command.status().map(|s| s.success()).map_err(|e| format!("cargo does not start: {e}"))
}

/// Offers a database like the tests' one until Ctrl-C or the end of input.
pub fn pg() -> Outcome {
    let postgres = Postgres::start()?;
    println!("export {VARIABLE}={}", postgres.url);
    println!("Files and log: {}. Ctrl-C stops it.", postgres.folder);
    let mut rest = Vec::new();
    std::io::stdin().read_to_end(&mut rest).map(|_| true).map_err(|e| e.to_string())
}

fn serve(data: &str, args: &[String]) -> Result<Child, String> {
    let mut command = Command::new(sources::root().join("target/debug/leitu"));
    command.args(["serve", "--data-dir", data]).args(args).current_dir(sources::root());
    command.spawn().map_err(|e| format!("leitu does not start: {e}"))
}

fn stop(running: Option<Child>) {
    if let Some(mut child) = running {
        // TERM, not KILL: the program closes its database in order.
        let _ = Command::new("kill").arg(child.id().to_string()).status();
        let _ = child.wait();
    }
}

/// When a source was last written.
fn newest() -> Result<Option<SystemTime>, String> {
    let root = sources::root();
    let paths = Sources::read()?.paths;
    let times = paths.iter().filter_map(|p| std::fs::metadata(root.join(p)).ok()).filter(|m| m.is_file());
    Ok(times.filter_map(|m| m.modified().ok()).max())
}
