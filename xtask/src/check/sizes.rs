//! No source file above 400 lines; below 300 is the aim.
use super::Finding;
use crate::sources::Sources;

const MOST: usize = 400;

pub fn findings(sources: &Sources) -> Vec<Finding> {
    let long = sources.ending(&["rs", "html", "js", "mjs"]).map(|f| (f, f.text.lines().count())).filter(|(_, lines)| *lines > MOST);
    long.map(|(file, lines)| {
        Finding::new(&file.path, lines, format!("{lines} lines, {MOST} at most"), "split it by job; aim below 300 lines")
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::planted;

    #[test]
    fn a_file_of_401_lines_is_found_and_one_of_400_or_a_stylesheet_is_not() {
        let sources = planted(&[("a/long.rs", &"x\n".repeat(401)), ("a/ok.rs", &"x\n".repeat(400)), ("a/ui.css", &"x\n".repeat(900))]);
        let found = findings(&sources);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].place, "a/long.rs:401");
    }
}
