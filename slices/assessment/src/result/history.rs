//! Last year's grade as a fact, from the final results of the year before.
use db::{Each, Tx, params};
use facts::{Supplied, Supplier, Why};
use kernel::{BusinessDate, OrgId};

db::row! {
    struct Graded { org: OrgId, value: String }
}

/// Supplies `history.grade`. A value that was imported wins, as everywhere.
pub struct History;

impl Supplier for History {
    fn keys(&self) -> &'static [&'static str] {
        &[scheme::HISTORY]
    }
    fn supply<'a, 'b: 'a>(&'a self, tx: &'a mut Tx<'b>, orgs: &'a [OrgId], year: i64, _day: BusinessDate) -> facts::Work<'a> {
        Box::pin(async move {
            let each: Each = orgs.iter().collect();
            let grades: Vec<Graded> = tx
                .all(
                    "SELECT r.org, r.grade FROM result r JOIN cycle c ON c.id = r.cycle AND c.result_version = r.version
                     WHERE r.org IN EACH($1) AND c.year = $2 AND c.phase = 'final' ORDER BY r.org, c.id DESC",
                    &params![&each, year - 1],
                )
                .await?;
            // Several cycles may have run that year: the one opened last stands first, and speaks.
            let mut all: Vec<Supplied> = Vec::with_capacity(grades.len());
            for Graded { org, value } in grades {
                if all.last().is_none_or(|s| s.org != org) {
                    let args = vec![("year", (year - 1).to_string())];
                    all.push(Supplied { org, key: scheme::HISTORY, value, why: Why { key: "why-history", args } });
                }
            }
            Ok(all)
        })
    }
}
