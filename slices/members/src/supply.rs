//! Facts that the register knows, so that nobody enters them. A branch without members in the register gets none.
use crate::member::store::headcount;
use crate::term::Office;
use crate::term::store::{Held, held};
use db::Tx;
use facts::{Supplied, Supplier, Why};
use kernel::{BusinessDate, OrgId, Quantity};
use std::collections::HashMap;

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
            let terms = by(held(tx, orgs).await?, |t| t.org);
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
                all.extend(of_branch(org, formal, probationary, units.is_some(), terms, day));
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

/// Pure: what these numbers and terms say.
fn of_branch(org: OrgId, formal: i64, probationary: i64, joint: bool, terms: &[Held], day: BusinessDate) -> Vec<Supplied> {
    let count = |office: fn(Office) -> bool| terms.iter().filter(|t| Office::parse(&t.post).is_ok_and(office)).count();
    let seats = count(Office::in_committee);
    let has = |post: &str| terms.iter().any(|t| t.post == post);
    let (required, present) = (formal >= COMMITTEE, seats >= *SEATS.start());
    let late =
        terms.iter().filter(|t| Office::parse(&t.post).is_ok_and(Office::in_committee)).any(|t| t.term_to.is_some_and(|to| to < day));
    let roles = if required { ["书记", "组织委员", "宣传委员", "纪检委员"].iter().all(|p| has(p)) } else { has("书记") };
    let people = || vec![("formal", formal.to_string()), ("all", (formal + probationary).to_string())];
    let committee = || vec![("formal", formal.to_string()), ("seats", seats.to_string())];
    let truth = |key, yes: bool, why: &'static str, args| Supplied {
        org,
        key,
        value: Quantity::of_bool(yes).to_string(),
        why: Why { key: why, args },
    };
    let groups = count(|o| o == Office::GroupLeader);
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
    use kernel::{MemberId, TermId};

    fn term(post: &str, to: &str) -> Held {
        let from = BusinessDate::parse("2023-06-01").unwrap();
        Held {
            org: OrgId::new(),
            id: TermId::new(),
            member: MemberId::new(),
            name: String::new(),
            post: post.into(),
            term_from: from,
            term_to: Some(BusinessDate::parse(to).unwrap()),
        }
    }

    fn value(of: &[Supplied], key: &str) -> String {
        of.iter().find(|s| s.key == key).unwrap().value.clone()
    }

    #[test]
    fn a_small_branch_needs_a_secretary_and_a_large_one_a_committee_with_its_roles() {
        let (org, day) = (OrgId::new(), BusinessDate::parse("2026-06-15").unwrap());
        let small = of_branch(org, 5, 1, false, &[term("书记", "2027-01-01")], day);
        for (key, expected) in [
            ("committee.required_and_present", "1"),
            ("branch.has_committee", "0"),
            ("committee.roles_assigned", "1"),
            ("term.not_overdue", "1"),
            ("branch.group_count", "0"),
        ] {
            assert_eq!(value(&small, key), expected, "{key}");
        }
        let large = of_branch(org, 9, 0, false, &[term("书记", "2026-06-01"), term("组织委员", "2026-06-01")], day);
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
    fn a_joint_branch_covers_five_units_at_most_and_nothing_is_guessed() {
        let said = |joint| of_units(OrgId::new(), joint).map(|s| s.value);
        assert_eq!(
            [said(Some(Some(5))), said(Some(Some(6))), said(Some(None)), said(None)],
            [Some("1".into()), Some("0".into()), None, Some("1".into())]
        );
    }
}
