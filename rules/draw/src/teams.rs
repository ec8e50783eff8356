//! Draws teams of inspectors and gives each its branches. Nobody inspects where they hold a post or
//! membership under the same unit committee (回避).
#![allow(clippy::indexing_slicing, reason = "one list a team, all made with the number of teams")]
use crate::{Seed, candidate_hash};
use kernel::{Error, Result};
use std::collections::{BTreeMap, BTreeSet};

/// Somebody who may inspect.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Inspector {
    pub code: String,
    /// The unit committees under which they hold a post or membership.
    pub units: BTreeSet<String>,
}

/// A branch to be inspected.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Site {
    pub code: String,
    /// The unit committees it stands under: one, or two if it has moved since the list was made.
    pub units: BTreeSet<String>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Team {
    /// 1 up.
    pub number: usize,
    pub inspectors: Vec<String>,
    pub branches: Vec<String>,
}

/// How often teams are drawn mixed, and then again with colleagues kept together, before giving up.
const MIXED: usize = 32;
const GROUPED: usize = 32;

/// Draws `teams` teams of `size` and shares the branches among them. For attempt 0, 1, …: the inspectors in
/// order of the seed's part `inspectors N` give the teams in turn; the branches in order of the part `branches N`
/// go each to the team with the fewest so far (lowest number first) in which nobody has ties to it. The
/// first attempt that places every branch counts. From attempt 32 on the inspectors drawn are first sorted
/// by unit, the largest first, which leaves the most teams without ties.
///
/// # Errors
/// `draw-no-teams`; `draw-candidate-twice`; `draw-inspectors-few` with the number `missing`.
pub fn assign_teams(sites: &[Site], inspectors: &[Inspector], teams: usize, size: usize, seed: &Seed) -> Result<Vec<Team>> {
    check_teams(sites, inspectors, teams, size)?;
    (0..MIXED + GROUPED).find_map(|attempt| attempted(sites, inspectors, teams, size, seed, attempt)).ok_or_else(|| few(1))
}

/// Whether teams can be drawn at all, as far as it can be known before the number.
///
/// # Errors
/// As [`assign_teams`].
pub fn check_teams(sites: &[Site], inspectors: &[Inspector], teams: usize, size: usize) -> Result<()> {
    if teams == 0 || size == 0 {
        return Err(Error::invalid("draw-no-teams"));
    }
    candidate_hash(&sites.iter().map(|s| s.code.as_str()).collect::<Vec<_>>())?;
    candidate_hash(&inspectors.iter().map(|i| i.code.as_str()).collect::<Vec<_>>())?;
    match lacking(sites, inspectors, teams, size) {
        0 => Ok(()),
        missing => Err(few(missing)),
    }
}

fn few(missing: usize) -> Error {
    Error::invalid("draw-inspectors-few").with("missing", missing)
}

/// People lacking at least: for all teams, and for one team without ties to each unit.
fn lacking(sites: &[Site], inspectors: &[Inspector], teams: usize, size: usize) -> usize {
    let units: BTreeSet<&BTreeSet<String>> = sites.iter().map(|s| &s.units).collect();
    let free = |units: &BTreeSet<String>| inspectors.iter().filter(|i| i.units.is_disjoint(units)).count();
    let for_units = units.into_iter().map(|units| size.saturating_sub(free(units))).max().unwrap_or(0);
    teams.saturating_mul(size).saturating_sub(inspectors.len()).max(for_units)
}

fn attempted(sites: &[Site], inspectors: &[Inspector], teams: usize, size: usize, seed: &Seed, attempt: usize) -> Option<Vec<Team>> {
    let by_code: BTreeMap<&str, &Inspector> = inspectors.iter().map(|i| (i.code.as_str(), i)).collect();
    let drawn = seed.part(&format!("inspectors {attempt}")).order(by_code.keys().copied());
    let mut people: Vec<&Inspector> = drawn.iter().take(teams * size).filter_map(|code| by_code.get(code).copied()).collect();
    if attempt >= MIXED {
        group(&mut people);
    }
    let members: Vec<&[&Inspector]> = people.chunks(size).collect();
    let units: BTreeMap<&str, &BTreeSet<String>> = sites.iter().map(|s| (s.code.as_str(), &s.units)).collect();
    let mut branches: Vec<Vec<String>> = vec![Vec::new(); teams];
    for code in seed.part(&format!("branches {attempt}")).order(units.keys().copied()) {
        let unit = units.get(code)?;
        let free = (0..teams).filter(|t| members[*t].iter().all(|i| i.units.is_disjoint(unit)));
        let team = free.min_by_key(|t| branches[*t].len())?;
        branches[team].push(code.to_owned());
    }
    let team = |(i, (members, branches)): (usize, (&&[&Inspector], Vec<String>))| Team {
        number: i + 1,
        inspectors: members.iter().map(|m| m.code.clone()).collect(),
        branches,
    };
    Some(members.iter().zip(branches).enumerate().map(team).collect())
}

/// Colleagues side by side, the largest unit first; within a unit as drawn.
fn group(people: &mut [&Inspector]) {
    let unit = |i: &Inspector| i.units.first().cloned().unwrap_or_default();
    let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
    for person in people.iter() {
        *sizes.entry(unit(person)).or_default() += 1;
    }
    people.sort_by_key(|person| (std::cmp::Reverse(sizes.get(&unit(person)).copied()), unit(person)));
}
