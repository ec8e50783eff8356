//! Every page template is opened by a journey: the browser writes down each page's `data-page`,
//! and what is missing from that list fails the run, unless it stands in the open list of pages that
//! still wait for their journey.
use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::sources::{self, Sources};

/// The frame around every page; it is visited with each of them.
const FRAME: &str = "web/shell.html";

/// Pages that no journey opens yet; it only ever becomes shorter.
const WAITING: &str = "journeys/waiting.txt";

/// Where the journeys write what they visited, one `crate/template.html` a line.
pub fn record() -> PathBuf {
    sources::root().join("target/visited-templates.txt")
}

/// Begins a new record.
pub fn forget() -> Result<(), String> {
    std::fs::create_dir_all(sources::root().join("target")).map_err(|e| e.to_string())?;
    std::fs::write(record(), "").map_err(|e| format!("the record of visited pages cannot be written: {e}"))
}

/// Pages that no journey opened, and pages that none examined by the rules of accessibility.
pub fn missed() -> Result<(Vec<String>, Vec<String>), String> {
    let record = std::fs::read_to_string(record()).map_err(|e| format!("the record of visited pages cannot be read: {e}"))?;
    let waiting = std::fs::read_to_string(sources::root().join(WAITING)).map_err(|e| format!("{WAITING} cannot be read: {e}"))?;
    let sources = Sources::read()?;
    let visited = record.lines().chain(waiting.lines()).map(str::trim).collect();
    let examined = record.lines().filter_map(|line| line.strip_prefix("axe ")).chain(waiting.lines()).map(str::trim).collect();
    Ok((unvisited(&sources, &visited), unvisited(&sources, &examined)))
}

/// Page templates (partials and macros begin with `_`) that are not in the record.
fn unvisited(sources: &Sources, visited: &BTreeSet<&str>) -> Vec<String> {
    let pages = sources.ending(&["html"]).filter_map(|file| {
        let (home, page) = file.path.split_once("/templates/")?;
        let whole = format!("{}/{page}", home.rsplit('/').next()?);
        let is_partial = page.split('/').any(|part| part.starts_with('_'));
        (!is_partial && whole != FRAME).then_some(whole)
    });
    pages.filter(|page| !visited.contains(page.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::planted;

    #[test]
    fn a_page_nobody_opened_is_found_and_partials_and_the_frame_are_not() {
        let sources = planted(&[
            ("slices/assessment/templates/sheet/show.html", ""),
            ("slices/assessment/templates/sheet/edit.html", ""),
            ("slices/assessment/templates/sheet/_line.html", ""),
            ("platform/web/templates/shell.html", ""),
        ]);
        assert_eq!(unvisited(&sources, &["assessment/sheet/show.html"].into()), ["assessment/sheet/edit.html"]);
    }
}
