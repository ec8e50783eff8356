//! Where in the tree the table has been opened.
use super::Line;
use kernel::{OrgPath, Result};

/// What is shown down to some place of the tree.
pub enum At {
    /// The reader's places and what stands just below the only one.
    Top,
    /// What stands below this place too.
    Open(OrgPath),
    /// What stands beside this place, which its level begins with if it is longer than a page.
    From(OrgPath),
}

impl At {
    /// As an address says it; what is none of the reader's places opens nothing.
    ///
    /// # Errors
    /// What is no path.
    pub fn parse(open: Option<&str>, from: Option<&str>, tops: &[OrgPath]) -> Result<Self> {
        let covered = |path: &OrgPath| tops.iter().any(|top| top.covers(path));
        let path = |text: Option<&str>| text.filter(|t| !t.is_empty()).map(OrgPath::parse).transpose();
        Ok(match (path(open)?.filter(covered), path(from)?.filter(covered)) {
            (_, Some(from)) => At::From(from),
            (Some(open), None) => At::Open(open),
            (None, None) => At::Top,
        })
    }

    fn path(&self) -> Option<&OrgPath> {
        match self {
            At::Top => None,
            At::Open(path) | At::From(path) => Some(path),
        }
    }

    /// The place that is open.
    pub fn place(&self) -> Option<OrgPath> {
        match self {
            At::Top => None,
            At::Open(path) => Some(path.clone()),
            At::From(path) => path.parent(),
        }
    }

    /// With which the level just below `above` begins if it is longer than a page: the place on the way down.
    pub fn just_below(&self, above: &OrgPath) -> Result<Option<OrgPath>> {
        let Some(path) = self.path().filter(|path| above.covers(path)) else { return Ok(None) };
        path.line().nth(above.depth()).map(OrgPath::parse).transpose()
    }

    /// The row of a level that is open, marked as such, with its place.
    pub fn opened(&self, lines: &mut [Line], level: usize) -> Option<(usize, OrgPath)> {
        let open = self.place()?;
        lines.iter_mut().enumerate().find_map(|(i, line)| match line {
            Line::Place(row) if row.level == level && row.place.path.covers(&open) => {
                row.open = true;
                Some((i, row.place.path.clone()))
            }
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_begins_with_the_place_on_the_way_down() {
        let path = |text| OrgPath::parse(text).unwrap();
        let at = At::parse(Some("/1/"), Some("/1/2/3/"), &[path("/1/")]).unwrap();
        let begins = |above| at.just_below(&path(above)).unwrap().map(|p| p.to_string());
        assert_eq!(
            [begins("/1/"), begins("/1/2/"), begins("/1/2/3/"), begins("/1/4/")],
            [Some("/1/2/".into()), Some("/1/2/3/".into()), None, None]
        );
        assert!(matches!(At::parse(None, Some("/2/3/"), &[path("/1/")]).unwrap(), At::Top), "out of reach");
    }
}
