//! What we stand on may be shipped under Apache-2.0, comes from the registry, and has its reason
//! written down.
use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, spdx};
use crate::metadata::Package;
use crate::sources::Sources;

/// Permissive licences, and MPL-2.0, which binds only its own files.
const ALLOWED: [&str; 12] = [
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "0BSD",
    "Unicode-3.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "MPL-2.0",
];

const LIBRARIES: &str = "docs/decisions/libraries.md";

pub fn findings(packages: &[Package], sources: &Sources) -> Vec<Finding> {
    let mut found: Vec<Finding> = packages.iter().filter_map(licence).chain(packages.iter().filter_map(origin)).collect();
    found.extend(reasons(sources));
    found
}

fn licence(package: &Package) -> Option<Finding> {
    let what = match package.licence.as_deref() {
        None => "states no licence".to_owned(),
        Some(expression) => match spdx::fulfilled(expression, &|l| ALLOWED.contains(&l)) {
            Ok(true) => return None,
            Ok(false) => format!("is under {expression}"),
            Err(why) => why,
        },
    };
    let what = format!("{} {} {what}", package.name, package.version);
    Some(Finding::new(
        "Cargo.lock",
        1,
        what,
        "use another library, or allow the licence in xtask/src/check/licences.rs with a decision that says why",
    ))
}

fn origin(package: &Package) -> Option<Finding> {
    let source = package.source.as_deref().filter(|s| !s.starts_with("registry+"))?;
    let what = format!("{} {} comes from {source}", package.name, package.version);
    Some(Finding::new("Cargo.lock", 1, what, "use a published version: builds must work from the registry alone"))
}

/// Every third-party line of the workspace table has its line in the list of libraries, and no
/// line there speaks of one that is gone.
fn reasons(sources: &Sources) -> Vec<Finding> {
    let text = |path: &str| sources.files.iter().find(|f| f.path == path).map(|f| f.text.as_str()).unwrap_or_default();
    let table = third_party(text("Cargo.toml"));
    let mut found = Vec::new();
    let mut told = BTreeSet::new();
    for (number, line) in text(LIBRARIES).lines().enumerate() {
        let Some(name) = line.strip_prefix("| `").and_then(|l| l.split('`').next()) else { continue };
        told.insert(name.to_owned());
        if !table.contains_key(name) {
            found.push(Finding::new(LIBRARIES, number + 1, format!("`{name}` is not in the workspace table"), "remove the line"));
        }
    }
    for (name, line) in table.iter().filter(|(name, _)| !told.contains(*name)) {
        let remedy = format!("add a line `| `{name}` | need | why this one | licence |` to {LIBRARIES}");
        found.push(Finding::new("Cargo.toml", *line, format!("`{name}` has no reason written down"), remedy));
    }
    found
}

/// Names and lines of `[workspace.dependencies]` without a path.
fn third_party(manifest: &str) -> BTreeMap<String, usize> {
    let mut inside = false;
    let mut found = BTreeMap::new();
    for (number, line) in manifest.lines().enumerate() {
        if line.starts_with('[') {
            inside = line.trim() == "[workspace.dependencies]";
        } else if inside
            && !line.contains("path =")
            && let Some((name, _)) = line.split_once('=')
            && !name.trim_start().starts_with('#')
        {
            found.insert(name.trim().to_owned(), number + 1);
        }
    }
    found
}

/// Packages locked in several major versions: not wrong, but worth a look.
pub fn twice(packages: &[Package]) -> Vec<String> {
    let mut majors: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in packages.iter().filter(|p| p.source.is_some()) {
        majors.entry(&package.name).or_default().insert(&package.version);
    }
    let many = majors.into_iter().filter(|(_, versions)| versions.len() > 1);
    many.map(|(name, versions)| format!("{name} is built {} times: {}", versions.len(), Vec::from_iter(versions).join(", "))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::planted;

    fn package(name: &str, version: &str, licence: Option<&str>, source: &str) -> Package {
        let licence = licence.map(str::to_owned);
        Package { name: name.into(), version: version.into(), licence, source: Some(source.into()), ..Package::default() }
    }

    #[test]
    fn a_foreign_licence_a_missing_one_and_a_git_dependency_are_found() {
        let good = package("good", "1.0.0", Some("MIT OR Apache-2.0"), "registry+x");
        assert_eq!(findings(&[good], &Sources::default()), []);
        for bad in [
            package("viral", "1.0.0", Some("AGPL-3.0-only"), "registry+x"),
            package("mute", "1.0.0", None, "registry+x"),
            package("loose", "1.0.0", Some("MIT"), "git+https://x"),
        ] {
            assert_eq!(findings(std::slice::from_ref(&bad), &Sources::default()).len(), 1, "{}", bad.name);
        }
    }

    #[test]
    fn a_library_without_a_reason_and_a_reason_without_a_library_are_found() {
        let manifest =
            "[workspace.dependencies]\n# x = y\nkernel = { path = \"kernel\" }\ncsv = \"1\"\ntoml = \"0.9\"\n[profile.dev]\na = 1";
        let found = findings(&[], &planted(&[("Cargo.toml", manifest), (LIBRARIES, "| need |\n| `csv` | x |\n| `gone` | x |")]));
        assert_eq!(found.iter().map(|f| f.place.as_str()).collect::<Vec<_>>(), ["docs/decisions/libraries.md:3", "Cargo.toml:5"]);
    }

    #[test]
    fn a_package_in_two_versions_is_told() {
        let two = [package("a", "1.0.0", None, "r"), package("a", "2.0.0", None, "r"), package("b", "1.0.0", None, "r")];
        assert_eq!(twice(&two), ["a is built 2 times: 1.0.0, 2.0.0"]);
    }
}
