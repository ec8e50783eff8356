//! No dead relative link in a document.
use super::Finding;
use crate::sources::{Source, Sources};

pub fn findings(sources: &Sources) -> Vec<Finding> {
    sources.ending(&["md"]).flat_map(|file| dead(file, sources)).collect()
}

fn dead(file: &Source, sources: &Sources) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut fenced = false;
    for (number, line) in file.text.lines().enumerate() {
        fenced ^= line.trim_start().starts_with("```");
        if fenced {
            continue;
        }
        for target in targets(line) {
            let path = target.split(['#', '?']).next().unwrap_or_default();
            if !path.is_empty() && !sources.paths.contains(&resolve(&file.path, path)) {
                let what = format!("the link to `{target}` leads nowhere");
                found.push(Finding::new(&file.path, number + 1, what, "correct the path (relative to this file) or remove the link"));
            }
        }
    }
    found
}

/// Relative targets of `[text](target)` and `![alt](target)`; inline code is left out.
fn targets(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (number, part) in line.split('`').enumerate() {
        if number % 2 == 1 {
            continue;
        }
        for (at, _) in part.match_indices("](") {
            let target = part[at + 2..].split([')', ' ']).next().unwrap_or_default();
            if !target.contains("://") && !target.starts_with("mailto:") {
                found.push(target);
            }
        }
    }
    found
}

fn resolve(from: &str, target: &str) -> String {
    let mut parts: Vec<&str> = if target.starts_with('/') { Vec::new() } else { from.split('/').collect() };
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::planted;

    #[test]
    fn a_dead_link_is_found_and_living_outside_and_quoted_ones_are_not() {
        let page = "[a](../README.md#top) [b](style.md) [w](https://x.org/y)\n[c](gone.md) `[d](no.md)`\n```\n[e](no.md)\n```\n[f](#here) [g](../docs)";
        let found = findings(&planted(&[("docs/a.md", page), ("docs/style.md", ""), ("README.md", "")]));
        assert_eq!(found.iter().map(|f| f.place.as_str()).collect::<Vec<_>>(), ["docs/a.md:2"]);
        assert!(found[0].what.contains("gone.md"));
    }
}
