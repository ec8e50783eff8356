//! What `cargo metadata` says about our crates and everything they stand on.
use std::process::Command;

use serde_json::Value;

use crate::cargo::cargo;
use crate::sources;

/// One package, ours or a third party's.
#[derive(Debug, Clone, Default)]
pub struct Package {
    pub name: String,
    pub version: String,
    /// SPDX expression, as the package states it.
    pub licence: Option<String>,
    /// `None` for our own crates.
    pub source: Option<String>,
    /// Folder below the top, for our own crates: `platform/web`.
    pub home: String,
    pub needs: Vec<Need>,
}

/// One dependency of a package.
#[derive(Debug, Clone)]
pub struct Need {
    pub name: String,
    /// Only tests need it.
    pub dev: bool,
}

/// Packages for this machine's platform, from the lock file as it is.
pub fn read() -> Result<Vec<Package>, String> {
    let host = host()?;
    let output = cargo()
        .args(["metadata", "--format-version", "1", "--locked", "--filter-platform", &host])
        .output()
        .map_err(|e| format!("cargo does not start: {e}"))?;
    if !output.status.success() {
        return Err(format!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr)));
    }
    let json: Value = serde_json::from_slice(&output.stdout).map_err(|e| format!("cargo metadata answers no JSON: {e}"))?;
    let root = sources::root();
    Ok(json["packages"].as_array().map(Vec::as_slice).unwrap_or_default().iter().map(|p| package(p, &root.to_string_lossy())).collect())
}

fn host() -> Result<String, String> {
    let output = Command::new("rustc").arg("-vV").output().map_err(|e| format!("rustc does not start: {e}"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().find_map(|l| l.strip_prefix("host: ")).map(str::to_owned).ok_or_else(|| "rustc -vV names no host".into())
}

fn package(json: &Value, root: &str) -> Package {
    let text = |key: &str| json[key].as_str().map(str::to_owned);
    let home = text("manifest_path").unwrap_or_default();
    let home = home.strip_prefix(root).unwrap_or(&home).trim_start_matches('/').trim_end_matches("Cargo.toml").trim_end_matches('/');
    let needs = json["dependencies"].as_array().map(Vec::as_slice).unwrap_or_default();
    Package {
        name: text("name").unwrap_or_default(),
        version: text("version").unwrap_or_default(),
        licence: text("license"),
        source: text("source"),
        home: home.to_owned(),
        needs: needs
            .iter()
            .map(|n| Need { name: n["name"].as_str().unwrap_or_default().to_owned(), dev: n["kind"].as_str() == Some("dev") })
            .collect(),
    }
}
