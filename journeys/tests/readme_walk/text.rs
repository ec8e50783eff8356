//! The walk as a README tells it: who one is, and the buttons and links one presses, in order.
use std::collections::VecDeque;
use std::path::Path;

/// Where the walk begins and ends in each README, by headings.
const HEADINGS: [&str; 2] = ["## A walk of ten minutes", "## 十分钟走一遍"];

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// In bold: the identity one takes.
    Identity(String),
    /// As code: what one presses.
    Press(String),
}

/// Everything the numbered steps of a README tell.
pub fn told(readme: &str) -> VecDeque<Told> {
    steps(&read(readme)).into_iter().flat_map(|step| marks(&step)).collect()
}

/// The command by which a README starts the product, without what stands beside it.
pub fn command(readme: &str) -> String {
    let text = read(readme);
    let line = text.lines().find(|line| line.starts_with("cargo run")).unwrap_or_else(|| panic!("{readme} tells no command"));
    line.split_once("  ").map_or(line, |(command, _)| command).to_owned()
}

fn read(readme: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(readme);
    std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()))
}

/// The numbered lines of the walk with the lines that continue them.
fn steps(text: &str) -> Vec<String> {
    let walk = text.split("\n## ").find(|part| HEADINGS.iter().any(|h| format!("## {part}").starts_with(h))).unwrap_or_default();
    let mut steps: Vec<String> = Vec::new();
    for line in walk.lines() {
        if line.starts_with(|c: char| c.is_ascii_digit()) {
            steps.push(line.to_owned());
        } else if line.starts_with("   ") && !steps.is_empty() {
            steps.last_mut().unwrap().push_str(line);
        }
    }
    steps
}

/// What stands in bold or as code, in the order of the text.
fn marks(step: &str) -> Vec<Told> {
    let mut found = Vec::new();
    let mut rest = step;
    while let Some(at) = rest.find(['*', '`']) {
        let (fence, is_code) = if rest[at..].starts_with("**") { ("**", false) } else { ("`", true) };
        let Some((name, after)) = rest[at..].strip_prefix(fence).and_then(|r| r.split_once(fence)) else { break };
        found.push(if is_code { Told::Press(name.to_owned()) } else { Told::Identity(name.to_owned()) });
        rest = after;
    }
    found
}
