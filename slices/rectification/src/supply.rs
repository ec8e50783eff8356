//! The fact that rectification knows: how much of last year's list was closed (考核细则 F3).
use crate::problem::store::closed_of;
use db::Tx;
use facts::{Supplied, Supplier, Why, Work};
use kernel::{BusinessDate, OrgId, Quantity};

pub struct Closed;

impl Supplier for Closed {
    fn keys(&self) -> &'static [&'static str] {
        &["problem.closed_ratio"]
    }
    fn supply<'a, 'b: 'a>(&'a self, tx: &'a mut Tx<'b>, orgs: &'a [OrgId], year: i64, _day: BusinessDate) -> Work<'a> {
        Box::pin(async move {
            let mut all = Vec::new();
            for org in orgs {
                let (closed, total) = closed_of(tx, *org, year - 1).await?;
                if total > 0 {
                    let part = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
                    let why = Why {
                        key: "why-closed",
                        args: vec![("closed", closed.to_string()), ("all", total.to_string()), ("year", (year - 1).to_string())],
                    };
                    all.push(Supplied {
                        org: *org,
                        key: "problem.closed_ratio",
                        value: Quantity::ratio(part(closed), part(total)).to_string(),
                        why,
                    });
                }
            }
            Ok(all)
        })
    }
}
