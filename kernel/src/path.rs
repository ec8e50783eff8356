//! Where an organisation stands in the tree.
use crate::{Error, Result};

/// A materialised path, e.g. `/1/12/304/`: the numbers of the ancestors and of the node itself.
/// A subtree is the range `path >= as_str() AND path < end()`, which an index serves on both engines.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct OrgPath(String);

impl OrgPath {
    /// Levels a tree may have.
    pub const MAX_DEPTH: usize = 32;

    /// # Errors
    /// `org-path` if it is not `/n/n/…/`; `org-path-deep` beyond [`Self::MAX_DEPTH`] levels.
    pub fn parse(text: &str) -> Result<Self> {
        let inner = text.strip_prefix('/').and_then(|t| t.strip_suffix('/'));
        let ok = inner.is_some_and(|t| t.split('/').all(|s| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit())));
        if !ok {
            return Err(Error::invalid("org-path").with("path", text));
        }
        let path = Self(text.into());
        if path.depth() > Self::MAX_DEPTH { Err(Error::invalid("org-path-deep").with("max", Self::MAX_DEPTH)) } else { Ok(path) }
    }
    /// The place of node `number` below `parent` (or at the root).
    ///
    /// # Errors
    /// `org-path-deep` beyond [`Self::MAX_DEPTH`] levels.
    pub fn below(parent: Option<&OrgPath>, number: i64) -> Result<Self> {
        Self::parse(&format!("{}{number}/", parent.map_or("/", |p| p.as_str())))
    }
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// The first path after the subtree: `/1/2/` ends before `/1/20`, because `0` follows `/`.
    pub fn end(&self) -> String {
        format!("{}0", &self.0[..self.0.len() - 1])
    }
    /// Whether `other` is this place or below it.
    pub fn covers(&self, other: &OrgPath) -> bool {
        other.0.starts_with(&self.0)
    }
    /// The place just above; `None` for a root.
    pub fn parent(&self) -> Option<OrgPath> {
        let (above, _) = self.0[..self.0.len() - 1].rsplit_once('/')?;
        (!above.is_empty()).then(|| OrgPath(format!("{above}/")))
    }
    /// This place's ancestors from the root down, itself last.
    pub fn line(&self) -> impl Iterator<Item = &str> {
        self.0.match_indices('/').skip(1).map(|(i, _)| &self.0[..=i])
    }
    /// 1 for a root.
    pub fn depth(&self) -> usize {
        self.0.bytes().filter(|b| *b == b'/').count() - 1
    }
}

impl std::fmt::Display for OrgPath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for OrgPath {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        Self::parse(text)
    }
}

crate::as_text!(OrgPath);

#[cfg(test)]
mod tests {
    use super::OrgPath;

    #[test]
    fn a_subtree_ends_before_its_sibling() {
        let p = OrgPath::parse("/1/2/").unwrap();
        assert!("/1/2/7/" >= p.as_str() && "/1/2/7/" < p.end().as_str() && "/1/20/" >= p.end().as_str());
        assert_eq!((p.parent(), OrgPath::parse("/1/").unwrap().parent()), (OrgPath::parse("/1/").ok(), None));
        assert_eq!(OrgPath::parse("/1/2/3/").unwrap().line().collect::<Vec<_>>(), ["/1/", "/1/2/", "/1/2/3/"]);
    }

    #[test]
    fn a_path_is_numbers_between_slashes_and_at_most_32_levels() {
        for bad in ["", "/", "//", "1/2", "/a/", "/1//2/", "/1/2"] {
            assert!(OrgPath::parse(bad).is_err(), "{bad}");
        }
        let deep = format!("/{}", "7/".repeat(32));
        assert_eq!(OrgPath::parse(&deep).unwrap().depth(), 32);
        assert!(OrgPath::below(Some(&OrgPath::parse(&deep).unwrap()), 1).is_err());
    }
}
