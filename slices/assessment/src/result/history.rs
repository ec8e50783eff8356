//! Last year's grade as a fact, from the final results of the year before.
use db::{Tx, params};
use facts::{Supplied, Supplier, Why};
use kernel::{BusinessDate, OrgId};

/// Supplies `history.grade`. A value that was imported wins, as everywhere.
pub struct History;

impl Supplier for History {
    fn keys(&self) -> &'static [&'static str] {
        &[scheme::HISTORY]
    }
    fn supply<'a, 'b: 'a>(&'a self, tx: &'a mut Tx<'b>, orgs: &'a [OrgId], year: i64, _day: BusinessDate) -> facts::Work<'a> {
        Box::pin(async move {
            let mut all = Vec::new();
            for org in orgs {
                // Several cycles may have run that year: the one that became final last speaks.
                let grade: Option<String> = tx
                    .opt(
                        "SELECT r.grade FROM result r JOIN cycle c ON c.id = r.cycle AND c.result_version = r.version
                         WHERE r.org = $1 AND c.year = $2 AND c.phase = 'final' ORDER BY c.id DESC LIMIT 1",
                        &params![org, year - 1],
                    )
                    .await?;
                let Some(value) = grade else { continue };
                let args = vec![("year", (year - 1).to_string())];
                all.push(Supplied { org: *org, key: scheme::HISTORY, value, why: Why { key: "why-history", args } });
            }
            Ok(all)
        })
    }
}
