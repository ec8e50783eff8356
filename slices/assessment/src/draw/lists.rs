//! What a draw's record lists: who and what was drawn from, and what came of it, a part at a time. Neither changes once it is
//! written, so the number of a line is the key of a page; the published text itself is taken whole ([`text`]).
use super::roll::Roll;
use super::store::Draw;
use std::collections::{BTreeSet, HashMap};
use web::{Pager, T};

/// Lines on one page.
pub const PAGE: usize = 50;

/// Lines that stand together: of a team, or of a list without any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// The team's; empty for a list without teams.
    pub number: String,
    pub people: Vec<Person>,
    /// Codes.
    pub branches: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub name: String,
    /// Codes of the units they keep away from; only where it is drawn from.
    pub units: Vec<String>,
}

impl Group {
    fn of_branches(lines: impl Iterator<Item = impl Into<String>>) -> Self {
        Self { branches: lines.map(Into::into).collect(), ..Self::default() }
    }
    fn lines(&self) -> usize {
        self.people.len() + self.branches.len()
    }
}

/// Who and what was published to draw from.
pub fn candidates(draw: &Draw) -> Group {
    if !draw.of_teams() {
        return Group::of_branches(draw.candidates.lines());
    }
    let roll = Roll::parse(&draw.candidates).unwrap_or_default();
    let people = roll.inspectors.into_iter().map(|(i, name)| Person { name, units: i.units.into_iter().collect() }).collect();
    Group { people, ..Group::of_branches(roll.sites.into_iter().map(|s| s.code)) }
}

/// The branches, or the teams, that were drawn.
pub fn drawn(draw: &Draw) -> Vec<Group> {
    if !draw.of_teams() {
        return vec![Group::of_branches(draw.drawn().into_iter())];
    }
    let roll = Roll::parse(&draw.candidates).unwrap_or_default();
    let names: HashMap<&str, &str> = roll.inspectors.iter().map(|(i, name)| (i.code.as_str(), name.as_str())).collect();
    let codes = |text: &'_ str| text.split(',').filter(|c| !c.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let team = |line: &&str| {
        let mut parts = line.split('\t').map(str::to_owned);
        let mut next = || parts.next().unwrap_or_default();
        let (number, people, branches) = (next(), codes(&next()), codes(&next()));
        let called = |code: &String| names.get(code.as_str()).map_or(code.clone(), |name| (*name).to_owned());
        Group { number, people: people.iter().map(|code| Person { name: called(code), units: Vec::new() }).collect(), branches }
    };
    draw.drawn().iter().map(team).collect()
}

/// What one page shows of a list.
#[derive(Clone, Debug, Default)]
pub struct Part {
    pub groups: Vec<Group>,
    /// Number of its first line, from 1.
    first: usize,
    total: usize,
}

impl Part {
    /// The part that begins with line `from`, if there is one.
    pub fn of(groups: Vec<Group>, from: usize) -> Self {
        let total = groups.iter().map(Group::lines).sum();
        let first = if (1..=total).contains(&from) { from } else { 1 };
        let (mut before, mut room, mut kept) = (first - 1, PAGE, Vec::new());
        for mut group in groups {
            take(&mut group.people, &mut before, &mut room);
            take(&mut group.branches, &mut before, &mut room);
            if group.lines() > 0 {
                kept.push(group);
            }
        }
        Self { groups: kept, first, total }
    }
    /// `to` writes the address of the part that begins with a line.
    pub fn pager(&self, t: T, to: impl Fn(usize) -> String) -> Pager {
        if self.total <= PAGE {
            return Pager::default();
        }
        let last = self.first - 1 + self.groups.iter().map(Group::lines).sum::<usize>();
        Pager {
            before: (self.first > 1).then(|| to(self.first.saturating_sub(PAGE).max(1))),
            after: (last < self.total).then(|| to(last + 1)),
            note: t.text("draw-part").with("from", self.first).with("to", last).with("n", self.total).to_string(),
        }
    }
}

/// Leaves of `lines` what is shown.
fn take<L>(lines: &mut Vec<L>, before: &mut usize, room: &mut usize) {
    let gone = lines.len().min(*before);
    lines.drain(..gone);
    lines.truncate(*room);
    *before -= gone;
    *room -= lines.len();
}

/// The published list as a file. Its lines stand in byte order and each is ended, so the SHA-256 of the file is the digest that
/// was published, whatever computes it.
pub fn text(candidates: &str) -> String {
    let lines: BTreeSet<&str> = candidates.lines().collect();
    lines.iter().flat_map(|line| [*line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn team(number: &str, people: usize, branches: usize) -> Group {
        Group {
            number: number.into(),
            people: (0..people).map(|n| Person { name: format!("{number}-{n}"), units: Vec::new() }).collect(),
            branches: (0..branches).map(|n| format!("{number}.{n}")).collect(),
        }
    }

    #[test]
    fn page_by_page_every_line_comes_once_and_a_team_goes_on_under_its_name() {
        let all = vec![team("1", 3, 60), team("2", 2, 0), team("3", 1, 44)];
        let shape = |part: &Part| -> Vec<(String, usize, usize)> {
            part.groups.iter().map(|g| (g.number.clone(), g.people.len(), g.branches.len())).collect()
        };
        let first = Part::of(all.clone(), 1);
        assert_eq!(shape(&first), [("1".into(), 3, 47)]);
        let second = Part::of(all.clone(), 51);
        assert_eq!(shape(&second), [("1".into(), 0, 13), ("2".into(), 2, 0), ("3".into(), 1, 34)]);
        assert_eq!(second.groups[0].branches[0], "1.47");
        let last = Part::of(all.clone(), 101);
        assert_eq!(shape(&last), [("3".into(), 0, 10)]);
        for nowhere in [0, 111, usize::MAX] {
            assert_eq!(Part::of(all.clone(), nowhere).groups, first.groups, "{nowhere}");
        }
        assert!(Part::of(Vec::new(), 1).groups.is_empty());
    }

    #[test]
    fn the_digest_of_the_file_is_the_digest_of_the_list() {
        let text = text("21-2\n21-1\n21-10");
        assert_eq!(text, "21-1\n21-10\n21-2\n");
        // printf '21-1\n21-10\n21-2\n' | sha256sum
        let published = "d06897dad809fa6088b8c6b4fd62ee6c1c5bf632b841298584dc7b330f95d660";
        assert_eq!(draw::candidate_hash(&["21-2", "21-1", "21-10"]).unwrap(), published);
    }
}
