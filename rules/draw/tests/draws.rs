//! Draws repeat, depend on the list and the number alone, and keep people away from their own.
#![allow(clippy::restriction, reason = "test helpers may panic")]
use draw::*;
use kernel::Quantity;
use proptest::prelude::*;
use std::collections::BTreeSet;

const FIVE: [&str; 5] = ["2101.001", "2101.002", "2101.003", "2101.004", "2101.005"];

#[test]
fn the_script_in_the_documentation_gives_the_same() {
    let hash = candidate_hash(&FIVE).unwrap();
    assert_eq!(hash, "54a688b791925f1c3e7b8de6b8c5cb3c1d6cb069a9b790f578e676e775fab7f6");
    let seed = Seed::complete(&hash, "20261125").unwrap();
    assert_eq!(seed.as_str(), "74953c44662def5b9c8be9bb44719f9c832f9b25e683beb7676970f49697f84a");
    assert_eq!(sample(&FIVE, Amount::Count(2), &seed).unwrap(), ["2101.004", "2101.003"]);
    let ratio = Amount::Ratio(Quantity::parse("0.41").unwrap());
    assert_eq!(sample(&FIVE, ratio, &seed).unwrap(), ["2101.004", "2101.003", "2101.001"]);
}

#[test]
fn a_list_is_fixed_by_its_hash() {
    let hash = candidate_hash(&FIVE).unwrap();
    assert!(verify_list(&["2101.005", "2101.004", "2101.003", "2101.002", "2101.001"], &hash).is_ok());
    assert_eq!(verify_list(&FIVE[..4], &hash).unwrap_err().key, "draw-list-changed");
    assert_eq!(candidate_hash(&["a", "a"]).unwrap_err().key, "draw-candidate-twice");
    assert_ne!(candidate_hash(&["ab", "c"]).unwrap(), candidate_hash(&["a", "bc"]).unwrap());
}

#[test]
fn what_cannot_be_drawn_is_refused_with_the_reason() {
    let seed = Seed::complete("x", "7").unwrap();
    assert_eq!(sample(&FIVE, Amount::Count(6), &seed).unwrap_err().key, "draw-candidates-few");
    assert_eq!(sample(&FIVE, Amount::Ratio(Quantity::parse("1.1").unwrap()), &seed).unwrap_err().key, "draw-ratio");
    for bad in ["", "x", "-1", "1.5", "１", "123456789012345678901"] {
        assert_eq!(Seed::complete("x", bad).unwrap_err().key, "draw-number", "{bad}");
    }
    assert_ne!(Seed::complete("x", "7").unwrap(), Seed::complete("x", "007").unwrap());
}

fn inspector(code: usize, units: &[usize]) -> Inspector {
    Inspector { code: format!("i{code:02}"), units: units.iter().map(|u| format!("u{u}")).collect() }
}

fn site(code: usize, unit: usize) -> Site {
    Site { code: format!("b{code:02}"), units: BTreeSet::from([format!("u{unit}")]) }
}

fn missing(sites: &[Site], inspectors: &[Inspector], teams: usize, size: usize) -> String {
    let error = assign_teams(sites, inspectors, teams, size, &Seed::complete("x", "1").unwrap()).unwrap_err();
    assert_eq!(error.key, "draw-inspectors-few");
    error.args[0].1.clone()
}

#[test]
fn too_few_inspectors_are_refused_with_the_number_missing() {
    let sites = [site(0, 0), site(1, 1)];
    assert_eq!(missing(&sites, &[inspector(0, &[0])], 2, 2), "3");
    // Enough people, but only one of them has no ties to unit 0.
    let own: Vec<_> = (0..5).map(|i| inspector(i, if i == 0 { &[9] } else { &[0] })).collect();
    assert_eq!(missing(&sites, &own, 1, 3), "2");
}

#[test]
fn a_branch_that_has_moved_is_kept_from_both_its_committees() {
    let moved = [Site { code: "b00".into(), units: BTreeSet::from(["u0".into(), "u1".into()]) }];
    let people = [inspector(0, &[0]), inspector(1, &[1]), inspector(2, &[2])];
    let teams = assign_teams(&moved, &people, 3, 1, &Seed::complete("x", "1").unwrap()).unwrap();
    let team = teams.iter().find(|t| !t.branches.is_empty()).unwrap();
    assert_eq!(team.inspectors, ["i02"]);
    assert_eq!(missing(&moved, &people[..2], 1, 1), "1");
}

#[test]
fn colleagues_are_put_together_where_nothing_else_works() {
    // Unit 0 has 18 of 20 people: a mixed draw rarely leaves a team without them.
    let people: Vec<_> = (0..20).map(|i| inspector(i, if i < 18 { &[0] } else { &[1] })).collect();
    let sites: Vec<_> = (0..6).map(|b| site(b, b % 3)).collect();
    let teams = assign_teams(&sites, &people, 10, 2, &Seed::complete("x", "1").unwrap()).unwrap();
    assert_eq!(teams.iter().map(|t| t.branches.len()).sum::<usize>(), 6);
}

proptest! {
    #[test]
    fn the_same_list_and_number_draw_the_same_whatever_the_order(codes in prop::collection::btree_set("[a-z0-9.]{1,8}", 1..40), number in "[0-9]{1,20}", n in 0usize..40) {
        let forward: Vec<String> = codes.iter().cloned().collect();
        let backward: Vec<String> = codes.iter().rev().cloned().collect();
        let n = n.min(forward.len());
        let draw = |list: &[String]| sample(list, Amount::Count(n), &Seed::complete(&candidate_hash(list).unwrap(), &number).unwrap()).unwrap();
        let drawn = draw(&forward);
        prop_assert_eq!(&drawn, &draw(&backward));
        prop_assert_eq!(drawn.iter().collect::<BTreeSet<_>>().len(), n);
        prop_assert!(drawn.iter().all(|code| codes.contains(code)));
    }

    #[test]
    fn nobody_inspects_their_own_and_every_branch_is_inspected_once(people in prop::collection::vec(prop::collection::vec(0usize..8, 0..3), 6..30), units in prop::collection::vec(0usize..8, 1..30), size in 1usize..4, number in "[0-9]{1,6}") {
        let people: Vec<_> = people.iter().enumerate().map(|(i, units)| inspector(i, units)).collect();
        let sites: Vec<_> = units.iter().enumerate().map(|(b, u)| site(b, *u)).collect();
        let seed = Seed::complete("x", &number).unwrap();
        if let Ok(teams) = assign_teams(&sites, &people, 2, size, &seed) {
            prop_assert_eq!(&teams, &assign_teams(&sites, &people, 2, size, &seed).unwrap());
            let mut visited: Vec<&String> = teams.iter().flat_map(|t| &t.branches).collect();
            visited.sort();
            prop_assert_eq!(visited, sites.iter().map(|s| &s.code).collect::<Vec<_>>());
            for team in &teams {
                prop_assert_eq!(team.inspectors.len(), size);
                for code in &team.branches {
                    let units = &sites.iter().find(|s| &s.code == code).unwrap().units;
                    prop_assert!(team.inspectors.iter().all(|i| people.iter().find(|p| &p.code == i).unwrap().units.is_disjoint(units)));
                }
            }
        }
    }
}
