//! The proofs need two programs: the one that ships, and the same with defects that can be switched on, for the controls.
use std::path::PathBuf;

use crate::cargo::cargo;
use crate::test::needs;
use crate::{Outcome, sources};

/// How a program is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    Release,
    Dev,
}

/// Runs the long forms; docs/proof.md keeps what they printed. `--dev` proves the unoptimised build, which is built sooner.
pub fn run(args: &[String]) -> Outcome {
    needs::provide(true, false, true)?;
    let profile = if args.iter().any(|a| a == "--dev") { Profile::Dev } else { Profile::Release };
    let names: Vec<&String> = args.iter().filter(|a| *a != "--dev").collect();
    let mut command = cargo();
    command.args(["run", "--quiet", "--locked", "-p", "proofs"]).envs(programs(profile)?);
    if profile == Profile::Release {
        command.arg("--release");
    }
    command.arg("--").args(names).env("LEITU_PROOF_OUT", sources::root().join("docs/proof.md"));
    command.status().map(|s| s.success()).map_err(|e| format!("cargo does not start: {e}"))
}

/// Builds both, and says where they are in the words that the proofs read.
pub fn programs(profile: Profile) -> Result<Vec<(&'static str, String)>, String> {
    // The one that ships comes last, so that the usual place holds it.
    let planted = copied(&build(profile, &["--features", "planted"])?, "leitu-planted")?;
    let shipped = copied(&build(profile, &[])?, "leitu-shipped")?;
    let name = if profile == Profile::Release { "release" } else { "dev" };
    let text = |path: PathBuf| path.to_string_lossy().into_owned();
    Ok(vec![("LEITU_BIN", text(shipped)), ("LEITU_PLANTED_BIN", text(planted)), ("LEITU_PROOF_BUILD", name.into())])
}

fn build(profile: Profile, more: &[&str]) -> Result<PathBuf, String> {
    let mut command = cargo();
    command.args(["build", "--locked", "-p", "leitu"]).args(more);
    if profile == Profile::Release {
        command.arg("--release");
    }
    if !command.status().map_err(|e| format!("cargo does not start: {e}"))?.success() {
        return Err("the product does not build".into());
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| sources::root().join("target"), PathBuf::from);
    Ok(target.join(if profile == Profile::Release { "release" } else { "debug" }).join("leitu"))
}

/// A name of its own: the next build with other features would take its place.
fn copied(from: &PathBuf, name: &str) -> Result<PathBuf, String> {
    let to = from.with_file_name(name);
    let _ = std::fs::remove_file(&to);
    std::fs::copy(from, &to).map(|_| to).map_err(|e| format!("{name} cannot be put beside the program: {e}"))
}
