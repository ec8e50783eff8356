//! The standards as checklists: what they name as evidence must be there, and no requirement may be left out or doubled.
//! Whether a named test passes is the test run's to say; that it is a test, and not one that is left out, is said here.
use std::collections::BTreeSet;

use super::Finding;
use crate::sources::{Source, Sources};

/// OWASP ASVS 5.0, levels 1 and 2: `id,level,state,evidence,reason`.
const ASVS: &str = "docs/asvs.csv";
const HEAD: &str = "id,level,state,evidence,reason";
/// How many ids of level 1 and of level 2 each of its chapters has: together 70 and 183.
const FIRST: [usize; 17] = [8, 4, 8, 2, 4, 13, 6, 4, 4, 5, 3, 3, 1, 2, 3, 0, 0];
const SECOND: [usize; 17] = [19, 7, 11, 8, 5, 22, 12, 3, 3, 24, 11, 6, 12, 7, 10, 16, 7];

/// GB/T 22239-2019, the application's clauses: `| clause | about | state | evidence | reason |`.
const DENGBAO: &str = "docs/dengbao.md";
const CLAUSES: [&str; 19] = [
    "8.1.4.1 a",
    "8.1.4.1 b",
    "8.1.4.1 c",
    "8.1.4.1 d",
    "8.1.4.2 a–c",
    "8.1.4.2 d",
    "8.1.4.2 e–f",
    "8.1.4.2 g",
    "8.1.4.3 a–b",
    "8.1.4.3 c–d",
    "8.1.4.4",
    "8.1.4.5",
    "8.1.4.7, 8.1.4.8",
    "8.1.4.9",
    "8.1.4.10",
    "8.1.4.11",
    "8.1.5.1–8.1.5.3",
    "8.1.5.4",
    "网络安全法",
];

pub fn findings(sources: &Sources) -> Vec<Finding> {
    let (asvs, dengbao) = (file(sources, ASVS), file(sources, DENGBAO));
    [asvs.map(|f| asvs_findings(f, sources)), dengbao.map(|f| dengbao_findings(f, sources))]
        .into_iter()
        .flat_map(|found| found.unwrap_or_else(|missing| vec![missing]))
        .collect()
}

fn file<'a>(sources: &'a Sources, path: &str) -> Result<&'a Source, Finding> {
    let missing = || Finding::new(path, 1, "the checklist is missing", "restore it; its form stands in xtask/src/check/checklists.rs");
    sources.files.iter().find(|f| f.path == path).ok_or_else(missing)
}

/// One requirement, wherever it stands.
struct Row<'a> {
    place: (&'a str, usize),
    state: &'a str,
    evidence: Vec<&'a str>,
    reason: &'a str,
}

impl Row<'_> {
    fn findings(&self, sources: &Sources) -> Vec<Finding> {
        let mut found: Vec<Finding> = self.evidence.iter().filter_map(|e| Some(self.wrong(&absent(e, sources)?, MEND))).collect();
        let said = !self.reason.trim().is_empty();
        match self.state {
            "met" if self.evidence.is_empty() => found.push(self.wrong("it is said to be met and nothing shows it", MEND)),
            "open" | "not-applicable" if !said => {
                found.push(self.wrong("no reason is written", "say in one sentence why, and what would show it"))
            }
            "met" | "open" | "not-applicable" => {}
            other => found.push(self.wrong(&format!("`{other}` is no state"), "write met, open or not-applicable")),
        }
        found
    }

    fn wrong(&self, what: &str, remedy: &str) -> Finding {
        Finding::new(self.place.0, self.place.1, what, remedy)
    }
}

const MEND: &str = "name a test as `path/to/file.rs::function` or a document as `docs/file.md#heading`; without one the state is open";

/// Why a piece of evidence is none.
fn absent(evidence: &str, sources: &Sources) -> Option<String> {
    let text = |path: &str| sources.files.iter().find(|f| f.path == path).map(|f| f.text.as_str());
    if let Some((path, test)) = evidence.split_once(".rs::") {
        let Some(text) = text(&format!("{path}.rs")) else { return Some(format!("there is no file `{path}.rs`")) };
        return (!is_test(text, test)).then(|| format!("there is no test `{test}` in {path}.rs that runs"));
    }
    let Some((path, heading)) = evidence.split_once('#') else { return Some(format!("`{evidence}` is neither a test nor a heading")) };
    let stands = text(path).is_some_and(|text| text.lines().any(|l| l.starts_with('#') && anchor(l) == heading));
    (!stands).then(|| format!("there is no heading `{heading}` in {path}"))
}

/// `## A log, kept` is reached as `#a-log-kept`.
fn anchor(line: &str) -> String {
    let kept = line.trim_start_matches('#').trim().to_lowercase();
    kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-')).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// A function with a test's attribute above it, and none that leaves it out.
fn is_test(text: &str, name: &str) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let begins = |line: &str| line.split_once("fn ").is_some_and(|(_, rest)| rest.strip_prefix(name).is_some_and(|r| r.starts_with('(')));
    lines.iter().enumerate().filter(|(_, line)| begins(line)).any(|(at, _)| {
        let above: Vec<&&str> = lines[..at].iter().rev().take_while(|l| l.starts_with("#[") || l.starts_with("//")).collect();
        let has = |words: &[&str]| above.iter().any(|l| words.iter().any(|w| l.starts_with(w)));
        has(&["#[test]", "#[tokio::test"]) && !has(&["#[ignore", "#[cfg(any())", "#[cfg_attr"])
    })
}

fn asvs_findings(file: &Source, sources: &Sources) -> Vec<Finding> {
    let (mut found, mut counts, mut before) = (Vec::new(), [[0usize; 2]; 17], [0u32; 3]);
    let mut lines = file.text.lines().enumerate().map(|(n, line)| (n + 1, line));
    if lines.next().is_none_or(|(_, head)| head != HEAD) {
        found.push(Finding::new(ASVS, 1, "the head is another", format!("begin with `{HEAD}`")));
    }
    for (number, line) in lines {
        let wrong = |what: &str, remedy: &str| Finding::new(ASVS, number, what, remedy);
        let cells: Vec<&str> = line.splitn(5, ',').collect();
        let [id, level, state, evidence, reason] = cells[..] else {
            found.push(wrong("the row has not five cells", "write id,level,state,evidence,\"reason\""));
            continue;
        };
        let inner = reason.strip_prefix('"').and_then(|r| r.strip_suffix('"')).unwrap_or_default();
        if inner.contains('"') || (inner.is_empty() && !reason.is_empty()) {
            found.push(wrong("the reason is not one quoted text", "put it between two quotation marks, and none within"));
        }
        match (parts(id), level.parse::<usize>().ok().filter(|l| (1..=2).contains(l))) {
            (Some(place), Some(level)) if place > before => {
                before = place;
                counts[place[0] as usize - 1][level - 1] += 1;
            }
            (Some(_), Some(_)) => found.push(wrong(&format!("{id} is doubled or not in its place"), "keep one row for each id, in order")),
            _ => found.push(wrong(&format!("{id} at level {level} is no id of level 1 or 2"), "write it as V6.2.1,1")),
        }
        let row = Row { place: (ASVS, number), state, evidence: evidence.split_whitespace().collect(), reason: inner };
        found.extend(row.findings(sources));
    }
    for (chapter, have) in counts.into_iter().enumerate() {
        let want = [FIRST[chapter], SECOND[chapter]];
        if have == want {
            continue;
        }
        let what = format!("V{} has {have:?} ids of levels 1 and 2, and should have {want:?}", chapter + 1);
        found.push(Finding::new(ASVS, 1, what, "compare the ids with OWASP ASVS 5.0"));
    }
    found
}

/// `V6.2.1` as three numbers.
fn parts(id: &str) -> Option<[u32; 3]> {
    let numbers: Vec<u32> = id.strip_prefix('V')?.split('.').map(str::parse).collect::<Result<_, _>>().ok()?;
    <[u32; 3]>::try_from(numbers).ok().filter(|p| (1..=FIRST.len() as u32).contains(&p[0]) && p[1] > 0 && p[2] > 0)
}

fn dengbao_findings(file: &Source, sources: &Sources) -> Vec<Finding> {
    let (mut found, mut clauses, mut named) = (Vec::new(), Vec::new(), BTreeSet::new());
    let rows = file.text.lines().enumerate().filter(|(_, line)| line.starts_with("| ") && !line.starts_with("| clause"));
    for (number, line) in rows {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [clause, _, state, evidence, reason] = cells[..] else {
            found.push(Finding::new(
                DENGBAO,
                number + 1,
                "the row has not five cells",
                "write | clause | about | state | evidence | reason |",
            ));
            continue;
        };
        if !named.insert(clause) {
            found.push(Finding::new(DENGBAO, number + 1, format!("{clause} stands twice"), "keep one row"));
        }
        clauses.push(clause);
        let evidence = evidence.split('`').skip(1).step_by(2).collect();
        found.extend(Row { place: (DENGBAO, number + 1), state, evidence, reason }.findings(sources));
    }
    if clauses != CLAUSES {
        let strange: Vec<&str> = CLAUSES.iter().filter(|c| !named.contains(*c)).copied().collect();
        found.push(Finding::new(
            DENGBAO,
            1,
            format!("the clauses are not the 19 in their order; missing: {strange:?}"),
            "one row for each clause",
        ));
    }
    found
}

#[cfg(test)]
#[path = "checklists_tests.rs"]
mod tests;
