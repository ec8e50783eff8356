//! How a cargo is started from within one.
use std::process::Command;

use crate::sources;

/// A cargo in the repository, told nothing of the package whose program is asking. What the outer one set for that would make
/// it another caller: libraries whose build asks for it would be built once more for each, and all that stands on them.
pub fn cargo() -> Command {
    let mut command = Command::new("cargo");
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(tells_of_a_package) {
            command.env_remove(name);
        }
    }
    command.current_dir(sources::root());
    command
}

fn tells_of_a_package(name: &str) -> bool {
    name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_package_is_forgotten_and_where_things_are_is_not() {
        let removed: Vec<_> = cargo().get_envs().filter(|(_, value)| value.is_none()).map(|(name, _)| name.to_owned()).collect();
        assert!(removed.iter().any(|n| n == "CARGO_PKG_NAME"), "tests run under a cargo: {removed:?}");
        assert!(!removed.iter().any(|n| n == "CARGO_TARGET_DIR" || n == "CARGO_HOME"));
    }
}
