//! On the desk of a branch's people: what the last year came to, and where the year that runs stands.
use super::years::history;
use crate::LedgerRead;
use crate::cycle::phase::Phase;
use access::Caller;
use accounts::{Concern, Concerning, organisations_of};
use db::{Db, Result as Unit, Tx, params};
use kernel::{BusinessDate, CycleId, OrgId, Result};
use std::sync::Arc;
use web::{Later, T};

pub struct OfBranch;

db::row! {
    /// A cycle that runs, in which a branch takes part.
    struct Running { id: CycleId, year: i64, phase: String, publicity_until: Option<BusinessDate> }
}

impl Concern for OfBranch {
    fn lines(&self, db: Db, t: T, caller: Arc<Caller>) -> Later<web::Result<Vec<Concerning>>> {
        Box::pin(async move {
            let Some(grant) = caller.grant::<LedgerRead>() else { return Ok(Vec::new()) };
            let orgs = organisations_of(&grant);
            let several = orgs.len() > 1;
            let found = db.read(async move |tx| {
                let mut all = Vec::new();
                for org in organisations::named(tx, &orgs).await? {
                    let (last, now) = (history(tx, org.id).await?.into_iter().next(), running(tx, org.id).await?);
                    all.push((org, last, now));
                }
                Ok(all)
            });
            let mut lines = Vec::new();
            for (org, last, now) in found.await? {
                for cycle in now {
                    lines.push(standing(t, &cycle)?);
                }
                lines.extend(last.map(|year| {
                    let said = t.text("concern-result").with("year", year.year).with("grade", year.grade.as_str());
                    Concerning {
                        text: if several {
                            t.text("of-org").with("org", &org.name).with("text", said.to_string()).to_string()
                        } else {
                            said.to_string()
                        },
                        note: year.total.map_or(String::new(), |total| t.text("concern-total").with("total", total).to_string()),
                        href: format!("/orgs/{}", org.id),
                    }
                }));
            }
            Ok(lines)
        })
    }
}

/// One in 准备 is not announced: its branches can do nothing in it, and it may be withdrawn.
async fn running(tx: &mut Tx<'_>, org: OrgId) -> Unit<Vec<Running>> {
    tx.all(
        "SELECT c.id, c.year, c.phase, c.publicity_until FROM sheet s JOIN cycle c ON c.id = s.cycle
         WHERE s.org = $1 AND c.ready = 1 AND c.phase <> 'preparation' AND c.phase <> 'final' ORDER BY c.year DESC LIMIT 2",
        &params![&org],
    )
    .await
}

fn standing(t: T, cycle: &Running) -> Result<Concerning> {
    let phase = Phase::parse(&cycle.phase)?;
    let shown = phase == Phase::Publicity;
    Ok(Concerning {
        text: t.text("concern-running").with("year", cycle.year).with("phase", t.text(phase.text()).to_string()).to_string(),
        note: cycle.publicity_until.filter(|_| shown).map_or(String::new(), |day| t.text("concern-until").with("date", day).to_string()),
        href: format!("/assess/{}{}", cycle.id, if shown { "/publicity" } else { "" }),
    })
}
