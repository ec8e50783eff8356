//! Nothing committed names the machine it was written on or a package registry's host: such a
//! line is wrong on every other machine.
use super::Finding;
use crate::sources::Sources;

/// Written in halves, so that this file does not find itself.
const TRACES: [(&str, &str); 11] = [
    ("/wo", "rk/"),
    ("/tmp/", "wt/"),
    ("/home", "/"),
    ("/root", "/"),
    ("/Use", "rs/"),
    ("registry.", "npmjs.org"),
    ("index.", "crates.io"),
    ("static.", "crates.io"),
    ("files.python", "hosted.org"),
    ("deb.", "debian.org"),
    ("proxy.", "golang.org"),
];

pub fn findings(sources: &Sources) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in &sources.files {
        for (number, line) in file.text.lines().enumerate() {
            for (first, second) in TRACES {
                let trace = format!("{first}{second}");
                if stands_alone(line, &trace) {
                    let remedy = "use a path relative to the repository, a temporary folder or a variable; name no host of a registry";
                    found.push(Finding::new(&file.path, number + 1, format!("`{trace}` belongs to one machine"), remedy));
                }
            }
        }
    }
    found
}

/// A path counts only where it begins: `docs/home/` and `/home` as a route of ours are fine.
fn stands_alone(line: &str, trace: &str) -> bool {
    line.match_indices(trace).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !trace.starts_with('/') || !before.is_some_and(|c| c.is_alphanumeric() || "./-_}".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::planted;

    #[test]
    fn a_machine_path_and_a_registry_host_are_found_and_a_relative_path_is_not() {
        let bad = format!("cd {}{}main\nok docs{}{}x\nresolved https://{}{}/a", "/wo", "rk/", "/home", "/", "registry.", "npmjs.org");
        let found = findings(&planted(&[("docs/a.md", &bad)]));
        assert_eq!(found.iter().map(|f| f.place.as_str()).collect::<Vec<_>>(), ["docs/a.md:1", "docs/a.md:3"]);
    }
}
