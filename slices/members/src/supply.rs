//! Facts that the register knows, so that nobody enters them. A branch without members in the register gets none.
use crate::member::store::headcount;
use crate::term::Office;
use crate::term::store::{Served, served};
use db::Tx;
use facts::{Supplied, Supplier, Why};
use kernel::{BusinessDate, MemberId, OrgId, Quantity};
use std::collections::{BTreeMap, HashMap, HashSet};

pub struct Register;

/// 《条例》第四条: at least three formal members for a branch of one's own; at most fifty in general.
const OWN_BRANCH: i64 = 3;
const LARGE: i64 = 50;
/// 《条例》第五条: a joint branch covers five units at most.
const UNITS: i64 = 5;
/// 《条例》第二十条: a committee from seven formal members on.
const COMMITTEE: i64 = 7;
/// 《条例》第二十条: three to five, at most seven.
const SEATS: std::ops::RangeInclusive<usize> = 3..=7;

impl Supplier for Register {
    fn keys(&self) -> &'static [&'static str] {
        &[
            "branch.formal_members_ge_3_or_joint",
            "branch.member_count_le_50",
            "branch.joint_units_le_5",
            "branch.has_committee",
            "branch.group_count",
            "committee.required_and_present",
            "committee.size_in_3_5_max_7",
            "committee.roles_assigned",
            "term.not_overdue",
        ]
    }
    fn supply<'a, 'b: 'a>(&'a self, tx: &'a mut Tx<'b>, orgs: &'a [OrgId], _year: i64, day: BusinessDate) -> facts::Work<'a> {
        Box::pin(async move {
            let counts = by(headcount(tx, orgs).await?, |c| c.org);
            let terms = by(served(tx, orgs).await?, |t| t.org);
            let joint = organisations::joint(tx, orgs).await?;
            let mut all = Vec::new();
            for (org, counts) in counts {
                let of = |status: &str| counts.iter().filter(|c| c.status == status).map(|c| c.n).sum::<i64>();
                let (formal, probationary) = (of("formal"), of("probationary"));
                if formal + probationary == 0 {
                    continue;
                }
                let units = joint.get(&org).copied();
                let terms = terms.get(&org).map_or(&[][..], Vec::as_slice);
                all.extend(of_branch(org, formal, probationary, units.is_some(), &sitting(terms, day), day));
                all.extend(of_units(org, units));
            }
            Ok(all)
        })
    }
}

fn by<T>(rows: Vec<T>, org: impl Fn(&T) -> OrgId) -> HashMap<OrgId, Vec<T>> {
    let mut all: HashMap<OrgId, Vec<T>> = HashMap::new();
    for row in rows {
        all.entry(org(&row)).or_default().push(row);
    }
    all
}

/// A branch of its own joins no units; how many a joint one joins must have been said.
fn of_units(org: OrgId, joint: Option<Option<i64>>) -> Option<Supplied> {
    let units = joint.unwrap_or(Some(0))?;
    let why = Why { key: "why-units", args: vec![("units", units.to_string())] };
    Some(Supplied { org, key: "branch.joint_units_le_5", value: Quantity::of_bool(units <= UNITS).to_string(), why })
}

/// The terms that count on a day. After a re-election the former committee's do not, though nobody has ended them.
fn sitting(terms: &[Served], day: BusinessDate) -> Vec<&Served> {
    let elected = election(terms, day);
    let former = |t: &Served| t.in_committee() && elected.is_some_and(|(from, to)| t.term_from < from && t.term_to.is_some_and(|e| e < to));
    terms.iter().filter(|t| t.term_from <= day && t.ended.is_none_or(|end| end > day) && !former(t)).collect()
}

/// The last day on which a whole committee took office, and until when it serves. 《条例》第二十条: three members at least,
/// a secretary among them; whoever comes alone fills a vacancy.
fn election(terms: &[Served], day: BusinessDate) -> Option<(BusinessDate, BusinessDate)> {
    let mut days: BTreeMap<BusinessDate, Vec<&Served>> = BTreeMap::new();
    for term in terms.iter().filter(|t| t.in_committee() && t.term_from <= day) {
        days.entry(term.term_from).or_default().push(term);
    }
    let whole = |all: &[&Served]| persons(all.iter().copied()) >= *SEATS.start() && all.iter().any(|t| t.post == "书记");
    let (from, all) = days.into_iter().rev().find(|(_, all)| whole(all))?;
    Some((from, all.iter().filter_map(|t| t.term_to).min()?))
}

fn persons<'a>(terms: impl Iterator<Item = &'a Served>) -> usize {
    terms.map(|t| t.member).collect::<HashSet<_>>().len()
}

/// Whether somebody's newest term in the committee has run out.
fn overdue(terms: &[&Served], day: BusinessDate) -> bool {
    let mut newest: HashMap<MemberId, &Served> = HashMap::new();
    for term in terms.iter().filter(|t| t.in_committee()) {
        let kept = newest.entry(term.member).or_insert(term);
        if (term.term_from, term.term_to) > (kept.term_from, kept.term_to) {
            *kept = term;
        }
    }
    newest.values().any(|t| t.term_to.is_some_and(|to| to < day))
}

/// Pure: what these numbers and terms say. Seats are persons, whatever posts one has.
fn of_branch(org: OrgId, formal: i64, probationary: i64, joint: bool, terms: &[&Served], day: BusinessDate) -> Vec<Supplied> {
    let seats = persons(terms.iter().copied().filter(|t| t.in_committee()));
    let has = |post: &str| terms.iter().any(|t| t.post == post);
    let (required, present) = (formal >= COMMITTEE, seats >= *SEATS.start());
    let late = overdue(terms, day);
    let roles = if required { ["书记", "组织委员", "宣传委员", "纪检委员"].iter().all(|p| has(p)) } else { has("书记") };
    let people = || vec![("formal", formal.to_string()), ("all", (formal + probationary).to_string())];
    let committee = || vec![("formal", formal.to_string()), ("seats", seats.to_string())];
    let truth = |key, yes: bool, why: &'static str, args| Supplied {
        org,
        key,
        value: Quantity::of_bool(yes).to_string(),
        why: Why { key: why, args },
    };
    let groups = persons(terms.iter().copied().filter(|t| t.post == Office::GroupLeader.name()));
    vec![
        truth("branch.formal_members_ge_3_or_joint", joint || formal >= OWN_BRANCH, "why-members", people()),
        truth("branch.member_count_le_50", formal + probationary <= LARGE, "why-members", people()),
        truth("branch.has_committee", present, "why-committee", committee()),
        Supplied {
            org,
            key: "branch.group_count",
            value: groups.to_string(),
            why: Why { key: "why-groups", args: vec![("groups", groups.to_string())] },
        },
        // Below seven a secretary is enough; from seven on a committee is due.
        truth("committee.required_and_present", if required { present } else { has("书记") }, "why-committee", committee()),
        truth("committee.size_in_3_5_max_7", if required { SEATS.contains(&seats) } else { true }, "why-committee", committee()),
        truth("committee.roles_assigned", roles, "why-committee", committee()),
        truth("term.not_overdue", seats > 0 && !late, "why-term", vec![("seats", seats.to_string()), ("day", day.to_string())]),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(member: MemberId, post: &str, from: &str, to: &str) -> Served {
        let day = |text| BusinessDate::parse(text).unwrap();
        Served { org: OrgId::new(), member, post: post.into(), term_from: day(from), term_to: Some(day(to)), ended: None }
    }

    fn value(of: &[Supplied], key: &str) -> String {
        of.iter().find(|s| s.key == key).unwrap().value.clone()
    }

    #[test]
    fn a_small_branch_needs_a_secretary_and_a_large_one_a_committee_with_its_roles() {
        let (org, day) = (OrgId::new(), BusinessDate::parse("2026-06-15").unwrap());
        let one = |post: &str, to: &str| term(MemberId::new(), post, "2023-06-01", to);
        let small = of_branch(org, 5, 1, false, &[&one("书记", "2027-01-01")], day);
        for (key, expected) in [
            ("committee.required_and_present", "1"),
            ("branch.has_committee", "0"),
            ("committee.roles_assigned", "1"),
            ("term.not_overdue", "1"),
            ("branch.group_count", "0"),
        ] {
            assert_eq!(value(&small, key), expected, "{key}");
        }
        let large = of_branch(org, 9, 0, false, &[&one("书记", "2026-06-01"), &one("组织委员", "2026-06-01")], day);
        for (key, expected) in [
            ("committee.required_and_present", "0"),
            ("committee.size_in_3_5_max_7", "0"),
            ("committee.roles_assigned", "0"),
            ("term.not_overdue", "0"),
        ] {
            assert_eq!(value(&large, key), expected, "{key}");
        }
        assert_eq!(value(&of_branch(org, 2, 0, true, &[], day), "branch.formal_members_ge_3_or_joint"), "1");
        assert_eq!(value(&of_branch(org, 50, 1, false, &[], day), "branch.member_count_le_50"), "0");
    }

    #[test]
    fn seats_are_persons_of_the_newest_committee_and_its_term_is_the_one_that_counts() {
        let day = BusinessDate::parse("2026-06-15").unwrap();
        let people: Vec<MemberId> = (0..6).map(|_| MemberId::new()).collect();
        let posts = ["书记", "副书记", "组织委员", "宣传委员", "纪检委员"];
        let old = |n: usize, post: &str| term(people[n], post, "2023-06-01", "2026-06-01");
        let new = |n: usize, post: &str| term(people[n], post, "2026-05-11", "2029-05-11");
        let first: Vec<Served> = posts.iter().enumerate().map(|(n, post)| old(n, post)).collect();
        let said = |terms: &[Served]| {
            let of = of_branch(OrgId::new(), 12, 0, false, &sitting(terms, day), day);
            let seats = of.iter().find(|s| s.key == "term.not_overdue").unwrap().why.args[0].1.clone();
            (seats, value(&of, "committee.size_in_3_5_max_7"), value(&of, "committee.roles_assigned"), value(&of, "term.not_overdue"))
        };
        let expect = |seats: &str, size: &str, roles: &str, term: &str| (seats.into(), size.into(), roles.into(), term.into());
        assert_eq!(said(&first), expect("5", "1", "1", "0"), "nobody has been elected anew");
        let again: Vec<Served> = posts.iter().enumerate().map(|(n, post)| new(n, post)).collect();
        assert_eq!(said(&[first.clone(), again.clone()].concat()), expect("5", "1", "1", "1"), "the same five");
        let other: Vec<Served> =
            [0, 2, 3, 4, 5].iter().zip(["书记", "组织委员", "宣传委员", "纪检委员", "委员"]).map(|(n, p)| new(*n, p)).collect();
        assert_eq!(said(&[first.clone(), other].concat()), expect("5", "1", "1", "1"), "one has gone, nobody ended the term");
        assert_eq!(said(&[first.clone(), vec![new(5, "委员")]].concat()), expect("6", "1", "1", "0"), "one filled a vacancy");
        let two = [again.as_slice(), &[new(1, "纪检委员")]].concat();
        assert_eq!(said(&two[..4].iter().chain(&two[5..]).cloned().collect::<Vec<_>>()), expect("4", "1", "1", "1"), "one with two posts");
        let early: Vec<Served> = again.iter().cloned().map(|t| Served { term_from: day.plus_months(1), ..t }).collect();
        assert_eq!(said(&[first, early].concat()), expect("5", "1", "1", "0"), "what has not come yet");
    }

    #[test]
    fn a_joint_branch_covers_five_units_at_most_and_nothing_is_guessed() {
        let said = |joint| of_units(OrgId::new(), joint).map(|s| s.value);
        assert_eq!(
            [said(Some(Some(5))), said(Some(Some(6))), said(Some(None)), said(None)],
            [Some("1".into()), Some("0".into()), None, Some("1".into())]
        );
    }
}
