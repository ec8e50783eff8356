//! The listing is the architecture: a crate uses the floors below it, a slice those to its left.
use super::Finding;
use crate::metadata::{Need, Package};

/// From left to right; a slice may use those before it.
const SLICES: [&str; 9] =
    ["accounts", "administration", "organisations", "members", "standards", "rectification", "assessment", "overview", "help"];

/// What tests stand on; never part of the product.
const TESTKIT: &str = "testkit";

/// What drives the built program from outside: it may look at every floor, and nothing looks at it.
const PROOFS: &str = "proofs";

pub fn findings(packages: &[Package]) -> Vec<Finding> {
    let ours: Vec<&Package> = packages.iter().filter(|p| p.source.is_none()).collect();
    let mut found = Vec::new();
    for package in &ours {
        if package.home.starts_with("slices/") && !SLICES.contains(&package.name.as_str()) {
            let remedy = "give it its place in SLICES of xtask/src/check/floors.rs and in docs/architecture.md";
            found.push(finding(package, "this slice has no place in the order of slices".into(), remedy));
        }
        for need in &package.needs {
            if let Some(target) = ours.iter().find(|p| p.name == need.name) {
                found.extend(wrong(package, target, need));
            }
        }
    }
    found
}

fn wrong(from: &Package, to: &Package, need: &Need) -> Option<Finding> {
    if to.name == TESTKIT {
        let why = format!("{} ships with {TESTKIT}", from.name);
        return (!need.dev).then(|| finding(from, why, "move it to [dev-dependencies]"));
    }
    if from.name == PROOFS && floor(to).is_some() {
        return None;
    }
    let (Some(above), Some(below)) = (floor(from), floor(to)) else {
        let why = format!("{} uses {}, which stands outside the floors", from.name, to.name);
        return Some(finding(from, why, "journeys and xtask use no crate of ours and none uses them"));
    };
    if above < below {
        let remedy = "move what is shared down, or let the upper crate register it through a trait of platform, wired in leitu";
        return Some(finding(from, format!("{} points up to {}", from.home, to.home), remedy));
    }
    if above == below && from.home.starts_with("slices/") && place(&from.name) <= place(&to.name) {
        let remedy = "a slice uses only those to its left; register a panel, source or subscriber through platform instead";
        return Some(finding(from, format!("slice {} uses {} to its right", from.name, to.name), remedy));
    }
    None
}

fn floor(package: &Package) -> Option<usize> {
    let first = package.home.split('/').next().unwrap_or_default();
    ["kernel", "rules", "platform", "slices", "leitu"].iter().position(|f| *f == first)
}

fn place(slice: &str) -> usize {
    SLICES.iter().position(|s| *s == slice).unwrap_or(SLICES.len())
}

fn finding(package: &Package, what: String, remedy: &str) -> Finding {
    Finding::new(&format!("{}/Cargo.toml", package.home), 1, what, remedy)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(home: &str, needs: &[(&str, bool)]) -> Package {
        let name = home.rsplit('/').next().unwrap_or(home).to_owned();
        let needs = needs.iter().map(|(name, dev)| Need { name: (*name).to_owned(), dev: *dev }).collect();
        Package { name, home: home.to_owned(), needs, ..Package::default() }
    }

    fn house(from: Package) -> Vec<Finding> {
        let homes =
            ["kernel", "rules/scheme", "platform/web", "platform/testkit", "slices/members", "slices/overview", "leitu", "proofs", "xtask"];
        let mut all: Vec<Package> = homes.iter().filter(|h| **h != from.home).map(|h| package(h, &[])).collect();
        all.push(from);
        findings(&all)
    }

    #[test]
    fn arrows_down_and_to_the_left_are_fine() {
        assert_eq!(house(package("slices/overview", &[("kernel", false), ("scheme", false), ("web", false), ("members", false)])), []);
        assert_eq!(house(package("leitu", &[("overview", false), ("testkit", true)])), []);
        assert_eq!(house(package("proofs", &[("leitu", false), ("members", false), ("kernel", false)])), []);
    }

    #[test]
    fn an_arrow_up_is_found() {
        for (home, target) in [("kernel", "scheme"), ("rules/scheme", "web"), ("platform/web", "members"), ("slices/members", "leitu")] {
            assert_eq!(house(package(home, &[(target, false)])).len(), 1, "{home} → {target}");
        }
    }

    #[test]
    fn an_arrow_to_the_right_is_found_also_in_tests() {
        assert_eq!(house(package("slices/members", &[("overview", true)])).len(), 1);
    }

    #[test]
    fn testkit_in_the_product_is_found() {
        assert_eq!(house(package("platform/web", &[("testkit", true)])), []);
        assert_eq!(house(package("platform/web", &[("testkit", false)])).len(), 1);
    }

    #[test]
    fn a_slice_without_a_place_and_a_use_of_xtask_are_found() {
        assert_eq!(house(package("slices/elections", &[])).len(), 1);
        assert_eq!(house(package("leitu", &[("xtask", false)])).len(), 1);
        assert_eq!(house(package("leitu", &[("proofs", true)])).len(), 1);
        assert_eq!(house(package("proofs", &[("xtask", false)])).len(), 1);
    }
}
