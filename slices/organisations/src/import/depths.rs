//! How deep the rows of a file will stand, and which can stand nowhere.
use super::{Late, Organisations};
use kernel::{Error, OrgPath, Result};
use std::collections::{BTreeMap, HashSet};

impl Organisations {
    /// How deep each code of the file will stand, and the rows that can stand nowhere: an unknown parent, a circle, more
    /// than 32 levels, a parent closed above an open child.
    pub(super) fn depths(&self) -> (BTreeMap<String, usize>, Vec<Late>) {
        let (mut depths, mut bad) = (BTreeMap::new(), Vec::new());
        for (code, said) in &self.rows {
            match self.depth(code) {
                Ok(depth) if depth + said.height > OrgPath::MAX_DEPTH => bad.push((said.number, "parent_code", deep())),
                Ok(depth) => drop(depths.insert(code.clone(), depth)),
                Err(e) => bad.push((said.number, "parent_code", e)),
            }
            let above = said.parent.as_ref().and_then(|p| self.rows.get(p)).and_then(|p| p.closes);
            if above.is_some_and(|day| said.closes.is_none_or(|own| own > day)) {
                bad.push((said.number, "valid_to", Error::invalid("import-parent-closes")));
            }
        }
        (depths, bad)
    }
    fn depth(&self, code: &str) -> Result<usize> {
        let (mut at, mut depth) = (code, 1);
        while let Some(said) = self.rows.get(at) {
            if depth > OrgPath::MAX_DEPTH {
                return Err(self.too_deep(code));
            }
            at = match (&said.parent, &said.parent_path) {
                (None, _) => return Ok(depth),
                (Some(parent), _) if self.rows.contains_key(parent) => parent,
                (Some(parent), None) if self.broken.contains_key(parent) => return Ok(depth),
                (Some(parent), None) => return Err(Error::invalid("import-parent-unknown").with("code", parent)),
                // From here up the tree stands as it does today, until a line that the file changes.
                (Some(_), Some(path)) => match self.changed_above(path) {
                    None => return Ok(depth + path.depth()),
                    Some((code, between)) => {
                        depth += between;
                        code
                    }
                },
            };
            depth += 1;
        }
        Ok(depth)
    }
    /// The nearest place at or above `path` that the file has a row for, and how many levels it is up.
    fn changed_above(&self, path: &OrgPath) -> Option<(&str, usize)> {
        let line: Vec<&str> = path.line().collect();
        line.iter().rev().enumerate().find_map(|(up, at)| Some((self.paths.get(*at)?.as_str(), up)))
    }
    /// A walk that comes back goes in a circle; one that only is long is too deep. A circle of more than [`LOOK`] is called
    /// too deep as well: a hostile file must not cost a walk over all its rows for each of them.
    fn too_deep(&self, code: &str) -> Error {
        let (mut at, mut seen) = (code, HashSet::new());
        while seen.len() < LOOK {
            if !seen.insert(at) {
                return Error::invalid("import-circle");
            }
            let Some(said) = self.rows.get(at) else { break };
            let next = said.parent.as_deref().filter(|p| self.rows.contains_key(*p));
            match next.or_else(|| Some(self.changed_above(said.parent_path.as_ref()?)?.0)) {
                Some(next) => at = next,
                None => break,
            }
        }
        deep()
    }
}

fn deep() -> Error {
    Error::invalid("org-path-deep").with("max", OrgPath::MAX_DEPTH)
}

/// Steps after which a walk is given up.
const LOOK: usize = 256;
