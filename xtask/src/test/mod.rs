//! Every test, on a machine that may have nothing yet: says and installs what is missing, starts a
//! PostgreSQL, builds, runs, stops what it started, and ends with one line of sums.
mod alone;
pub mod needs;
mod pages;
mod runner;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::cargo::cargo;
use crate::metadata::{self, Package};
use crate::postgres::{Postgres, VARIABLE};
use crate::proof::{self, Profile};
use crate::{Outcome, sources};
use runner::{Sums, cargo_build, cargo_prepare, cargo_test};

/// Which tests are wanted.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// `rules`, `stores`, `web`, `journeys` or `proofs`; all when `None`.
    only: Option<String>,
    /// `sqlite` or `postgres`; both when `None`.
    engine: Option<String>,
    /// Where there is no network but loopback.
    alone: bool,
}

impl Wanted {
    pub fn parse(args: &[String]) -> Result<Self, String> {
        let mut wanted = Self::default();
        let mut args = args.iter();
        while let Some(flag) = args.next() {
            if flag == "--alone" {
                wanted.alone = true;
                continue;
            }
            let (field, choices): (_, &[&str]) = match flag.as_str() {
                "--only" => (&mut wanted.only, &["rules", "stores", "web", "journeys", "proofs"]),
                "--engine" => (&mut wanted.engine, &["sqlite", "postgres"]),
                other => return Err(format!("test knows no `{other}`; it knows --only, --engine and --alone")),
            };
            let value = args.next().filter(|v| choices.contains(&v.as_str()));
            *field = Some(value.ok_or_else(|| format!("{flag} takes one of {}", choices.join(", ")))?.clone());
        }
        Ok(wanted)
    }

    fn wants(&self, part: &str) -> bool {
        self.only.as_deref().is_none_or(|only| only == part)
    }

    fn needs_postgres(&self) -> bool {
        self.engine.as_deref() != Some("sqlite") && self.only.as_deref() != Some("rules")
    }
}

pub fn run(wanted: &Wanted) -> Outcome {
    needs::provide(wanted.needs_postgres(), wanted.wants("journeys"), wanted.wants("proofs"))?;
    if wanted.alone && !alone::is_here() {
        return alone::enter();
    }
    let postgres = if wanted.needs_postgres() { Some(Postgres::start()?) } else { None };
    let mut environment: Vec<(&str, String)> = Vec::new();
    environment.extend(postgres.as_ref().map(|p| (VARIABLE, p.url.clone())));
    environment.extend(wanted.engine.clone().map(|engine| ("LEITU_TEST_ENGINE", engine)));
    let started = Instant::now();
    if wanted.wants("web") || wanted.wants("journeys") {
        environment.push(("LEITU_BIN", release()?.to_string_lossy().into_owned()));
    }
    let packages = metadata::read()?;
    let chosen: Vec<&str> = packages.iter().filter(|p| part(p).is_some_and(|part| wanted.wants(part))).map(|p| p.name.as_str()).collect();
    let args: Vec<&str> = chosen.iter().flat_map(|name| ["-p", name]).collect();
    let proven = if wanted.wants("proofs") { proof::programs(Profile::Dev)? } else { Vec::new() };
    let rest = ["journeys", "proofs"].into_iter().filter(|part| wanted.wants(part)).map(|part| vec!["-p", part]);
    for args in std::iter::once(args.clone()).chain(rest).filter(|args| !args.is_empty()) {
        cargo_build(&args)?;
    }
    if wanted.wants("web") {
        cargo_prepare(&["-p", "web", "--test", "unguarded"])?;
    }
    let (built, started) = (started.elapsed(), Instant::now());
    let mut sums = Sums::default();
    if !args.is_empty() {
        sums += cargo_test(&args, &environment)?;
    }
    if wanted.wants("journeys") {
        sums += journeys(&environment)?;
    }
    if wanted.wants("proofs") {
        sums += cargo_test(&["-p", "proofs"], &proven)?;
    }
    drop(postgres);
    println!("built in {:.1} min, then tested in {:.1} min", minutes(built), minutes(started.elapsed()));
    println!("{sums}");
    let mut stayed = true;
    if alone::is_here() {
        let [out, names] = alone::tries()?;
        println!("without any network but loopback: tries to leave {out}, names asked {names}");
        stayed = out + names == 0;
    }
    Ok(sums.is_good() && stayed)
}

fn minutes(time: Duration) -> f64 {
    time.as_secs_f64() / 60.0
}

/// The page list of the journeys, each page on both devices.
pub fn screenshots() -> Outcome {
    needs::provide(false, true, false)?;
    let bin = release()?;
    let mut command = cargo();
    command.args(["run", "--quiet", "-p", "journeys", "--bin", "screenshots"]).env("LEITU_BIN", bin);
    command.status().map(|s| s.success()).map_err(|e| format!("cargo does not start: {e}"))
}

/// Which `--only` a crate's tests belong to; the journeys and the proofs are run by themselves.
fn part(package: &Package) -> Option<&'static str> {
    match package.home.as_str() {
        _ if package.source.is_some() => None,
        "journeys" | "proofs" => None,
        "platform/web" | "leitu" => Some("web"),
        "kernel" | "xtask" => Some("rules"),
        home if home.starts_with("rules/") => Some("rules"),
        home if home.starts_with("platform/") => Some("stores"),
        _ => Some("web"),
    }
}

fn journeys(environment: &[(&str, String)]) -> Result<Sums, String> {
    pages::forget()?;
    let mut environment = environment.to_vec();
    environment.push(("CHROMEDRIVER", needs::chromedriver()));
    environment.push(("LEITU_VISITED", pages::record().to_string_lossy().into_owned()));
    let mut sums = cargo_test(&["-p", "journeys"], &environment)?;
    let (missed, unexamined) = pages::missed()?;
    for template in &missed {
        println!("no journey has visited {template}\n    remedy: let a journey of its mechanism open the page");
    }
    for template in unexamined.iter().filter(|page| !missed.contains(page)) {
        println!("no journey has examined {template}\n    remedy: call `complaints()` on it and expect none");
    }
    sums.failed += usize::from(!missed.is_empty() || !unexamined.is_empty());
    Ok(sums)
}

/// Builds the product as it ships, once, for the tests that need it as a process.
fn release() -> Result<PathBuf, String> {
    let built = cargo().args(["build", "--release", "-p", "leitu"]).status();
    if !built.map_err(|e| format!("cargo does not start: {e}"))?.success() {
        return Err("the product does not build".into());
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| sources::root().join("target"), PathBuf::from);
    Ok(target.join("release/leitu"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(args: &[&str]) -> Result<Wanted, String> {
        Wanted::parse(&args.iter().map(|a| (*a).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn a_part_and_an_engine_are_read_and_anything_else_is_refused() {
        let wanted = parse(&["--only", "stores", "--engine", "sqlite"]).unwrap();
        assert!(wanted.wants("stores") && !wanted.wants("web") && !wanted.needs_postgres());
        for bad in [&["--only"][..], &["--only", "pages"], &["--engine", "oracle"], &["stores"]] {
            assert!(parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn rules_alone_and_sqlite_alone_need_no_server() {
        assert!(!parse(&["--only", "rules"]).unwrap().needs_postgres());
        assert!(!parse(&["--only", "journeys", "--engine", "sqlite"]).unwrap().needs_postgres());
        assert!(parse(&["--only", "journeys"]).unwrap().needs_postgres(), "the loop of a year runs on it once");
        assert!(parse(&[]).unwrap().needs_postgres());
    }

    #[test]
    fn every_floor_belongs_to_one_part() {
        let of = |home: &str| part(&Package { home: home.into(), ..Package::default() });
        assert_eq!(
            ["kernel", "rules/draw", "platform/db", "platform/web", "slices/members", "leitu", "journeys", "proofs"].map(of),
            [Some("rules"), Some("rules"), Some("stores"), Some("web"), Some("web"), Some("web"), None, None]
        );
    }
}
