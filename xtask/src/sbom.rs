//! What the program is built from, as a CycloneDX bill of materials: for whoever must know within the hour whether a library
//! that is in the news is in it.
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::cargo::cargo;
use crate::{Outcome, sources};

/// Where it is put, below the top.
const FILE: &str = "target/leitu.cdx.json";

/// One package, as `cargo tree` names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    name: String,
    version: String,
}

impl Part {
    fn reference(&self) -> String {
        format!("pkg:cargo/{}@{}", self.name, self.version)
    }
}

/// Every part, its licence and what it stands on itself.
type Parts = BTreeMap<Part, (String, BTreeSet<Part>)>;

pub fn run() -> Outcome {
    let root = sources::root();
    let lock = std::fs::read_to_string(root.join("Cargo.lock")).map_err(|e| format!("Cargo.lock cannot be read: {e}"))?;
    let parts = parts(&tree()?)?;
    let text = serde_json::to_string_pretty(&bill(&parts, &checksums(&lock))).map_err(|e| e.to_string())?;
    std::fs::create_dir_all(root.join("target")).map_err(|e| format!("target cannot be made: {e}"))?;
    std::fs::write(root.join(FILE), text + "\n").map_err(|e| format!("{FILE} cannot be written: {e}"))?;
    println!("{FILE}: {} parts", parts.len());
    Ok(true)
}

/// What is built for the program on this platform, tests left out.
fn tree() -> Result<String, String> {
    let asked = ["tree", "-p", "leitu", "-e", "normal,build", "--locked", "--prefix", "depth", "--format", "|{p}|{l}"];
    let output = cargo().args(asked).output().map_err(|e| format!("cargo does not start: {e}"))?;
    if !output.status.success() {
        return Err(format!("cargo tree: {}", String::from_utf8_lossy(&output.stderr)));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Reads lines like `2|tokio v1.2.3|MIT`, each below the last one with a smaller number. What has come before is not opened
/// again.
fn parts(tree: &str) -> Result<Parts, String> {
    let mut parts = Parts::new();
    let mut above: Vec<Part> = Vec::new();
    for line in tree.lines() {
        let unknown = || format!("cargo tree prints a line that is not known: {line}");
        let [depth, package, licence] = line.split('|').collect::<Vec<_>>()[..] else { return Err(unknown()) };
        let depth: usize = depth.parse().map_err(|_| unknown())?;
        let mut words = package.split_whitespace();
        let (Some(name), Some(version)) = (words.next(), words.next().and_then(|v| v.strip_prefix('v'))) else { return Err(unknown()) };
        let part = Part { name: name.into(), version: version.into() };
        above.truncate(depth);
        if let Some((_, needs)) = above.last().and_then(|parent| parts.get_mut(parent)) {
            needs.insert(part.clone());
        }
        let licence = licence.trim_end_matches("(*)").trim().replace('/', " OR ");
        parts.entry(part.clone()).or_insert((licence, BTreeSet::new()));
        above.push(part);
    }
    Ok(parts)
}

/// SHA-256 of each package that comes from the registry, from the lock file.
fn checksums(lock: &str) -> BTreeMap<Part, String> {
    let field = |block: &str, name: &str| {
        let line = block.lines().find_map(|l| l.strip_prefix(name)?.strip_prefix(" = \""))?;
        line.strip_suffix('"').map(str::to_owned)
    };
    let one = |block: &str| Some((Part { name: field(block, "name")?, version: field(block, "version")? }, field(block, "checksum")?));
    lock.split("[[package]]").filter_map(one).collect()
}

/// Without a time or a number of its own: the same sources give the same bill.
fn bill(parts: &Parts, checksums: &BTreeMap<Part, String>) -> Value {
    let component = |(part, (licence, _)): (&Part, &(String, BTreeSet<Part>))| {
        let mut component = json!({
            "type": if part.name == "leitu" { "application" } else { "library" },
            "bom-ref": part.reference(), "name": part.name, "version": part.version,
            "purl": part.reference(), "licenses": [{ "expression": licence }],
        });
        if let Some(sum) = checksums.get(part) {
            component["hashes"] = json!([{ "alg": "SHA-256", "content": sum }]);
        }
        component
    };
    let (program, rest): (Vec<_>, Vec<_>) = parts.iter().partition(|(part, _)| part.name == "leitu");
    let needs = |(part, (_, needs)): (&Part, &(String, BTreeSet<Part>))| json!({ "ref": part.reference(), "dependsOn": needs.iter().map(Part::reference).collect::<Vec<_>>() });
    json!({
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": { "component": program.into_iter().map(component).next() },
        "components": rest.into_iter().map(component).collect::<Vec<_>>(),
        "dependencies": parts.iter().map(needs).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata;

    #[test]
    fn a_tree_is_read_with_who_stands_on_whom() {
        let tree = "0|leitu v0.1.0 (/x)|Apache-2.0\n1|a v1.0.0|MIT/Apache-2.0\n2|b v2.0.0|MIT\n1|c v3.0.0|ISC\n2|b v2.0.0|MIT (*)\n";
        let parts = parts(tree).unwrap();
        let of = |name: &str| parts.iter().find(|(part, _)| part.name == name).map(|(_, (licence, needs))| (licence.as_str(), needs.len()));
        assert_eq!(
            [of("leitu"), of("a"), of("b"), of("c")].map(Option::unwrap),
            [("Apache-2.0", 2), ("MIT OR Apache-2.0", 1), ("MIT", 0), ("ISC", 1)]
        );
        assert!(super::parts("a v1.0.0").is_err());
    }

    /// The lock file and the metadata are read by nobody above: what they say of the same packages must be what the bill says.
    #[test]
    fn the_bill_names_what_the_program_is_built_from_and_nothing_of_the_tests() {
        let lock = std::fs::read_to_string(sources::root().join("Cargo.lock")).unwrap();
        let parts = parts(&tree().unwrap()).unwrap();
        let bill = bill(&parts, &checksums(&lock));
        let components = bill["components"].as_array().unwrap();
        let known = metadata::read().unwrap();
        for c in components {
            let package = known.iter().find(|p| c["name"] == p.name.as_str() && c["version"] == p.version.as_str());
            let package = package.unwrap_or_else(|| panic!("{c} is no package"));
            assert_eq!(c["hashes"].is_null(), package.source.is_none(), "what comes from elsewhere has its sum: {c}");
            assert!(c["licenses"][0]["expression"].as_str().is_some_and(|l| !l.is_empty()), "{c}");
        }
        let named = |name: &str| components.iter().any(|c| c["name"] == name);
        assert!(["tokio", "rusqlite", "assessment", "kernel"].into_iter().all(named) && components.len() > 200);
        assert!(!["testkit", "journeys", "proofs", "xtask", "trybuild", "proptest"].into_iter().any(named));
        assert_eq!(bill["metadata"]["component"]["name"], "leitu");
        assert_eq!(bill["dependencies"].as_array().unwrap().len(), components.len() + 1);
    }
}
