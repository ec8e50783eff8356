//! The fact this slice supplies: how much of last year's list is closed (考评细则 F3: 上年度考核问题清单销号率).
use crate::problem::count;
use db::Tx;
use facts::{Supplied, Supplier, Why};
use kernel::{BusinessDate, OrgId, Quantity};

const CLOSED_RATIO: &str = "problem.closed_ratio";

/// Wire it into `facts::Suppliers`.
pub struct Closed;

impl Supplier for Closed {
    fn keys(&self) -> &'static [&'static str] {
        &[CLOSED_RATIO]
    }
    fn supply<'a, 'b: 'a>(&'a self, tx: &'a mut Tx<'b>, orgs: &'a [OrgId], year: i64, _day: BusinessDate) -> facts::Work<'a> {
        Box::pin(async move {
            // No list last year: nothing is known, and nothing is guessed.
            let lists = count::of_year(tx, year - 1, orgs).await?;
            Ok(lists.into_iter().map(|n| of(n.org, n.closed, n.all, year - 1)).collect())
        })
    }
}

fn of(org: OrgId, closed: i64, all: i64, year: i64) -> Supplied {
    let part = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
    let args = vec![("year", year.to_string()), ("closed", closed.to_string()), ("all", all.to_string())];
    Supplied {
        org,
        key: CLOSED_RATIO,
        value: Quantity::ratio(part(closed), part(all)).to_string(),
        why: Why { key: "why-closed-ratio", args },
    }
}
