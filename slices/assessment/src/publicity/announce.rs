//! Publicity has begun, or ended in results: everybody it is for is told where they stand and until when they may object.
use crate::cycle::Cycle;
use crate::sheet::listing::page;
use access::Reach;
use db::{Db, Result as Unit, Tx};
use inbox::{Addressee, Notice};
use kernel::{BusinessDate, Instant, NoticeId, OrgId, Result};

/// Branches of one unit of work.
const CHUNK: i64 = 200;

/// What there is to say of a cycle's results.
#[derive(Clone, Copy)]
pub enum News {
    /// They are public; objections are taken until a day.
    Public(BusinessDate),
    /// They are final.
    Final,
}

impl News {
    /// Its matter within the cycle, and its words.
    fn keys(self) -> (&'static str, &'static str) {
        match self {
            News::Public(_) => ("publicity", "notice-publicity"),
            News::Final => ("final", "notice-final"),
        }
    }
}

/// Tells who leads and inspects the whole, each unit's deputy, each branch's secretary and members. Said once a day at most,
/// so a killed process may simply be asked once more.
///
/// # Errors
/// The engine's own.
pub async fn announce(db: &Db, cycle: &Cycle, news: News, today: BusinessDate) -> Result<()> {
    let (c, at) = (cycle.clone(), Instant::now());
    audit::stage(db, async move |tx| {
        for role in ["reviewer", "inspector"] {
            tell(tx, &c, news, (role, c.root), today, at).await?;
        }
        Ok(())
    })
    .await?;
    let mut after: Option<String> = None;
    loop {
        let (c, from, at) = (cycle.clone(), after.clone(), Instant::now());
        let last = audit::stage(db, async move |tx| {
            let sheets = page(tx, c.id, &Reach::everything(), from.as_deref(), CHUNK).await?;
            for sheet in &sheets {
                let unit = sheet.unit.map(|unit| ("deputy", unit));
                for to in [("secretary", sheet.org), ("member", sheet.org)].into_iter().chain(unit) {
                    tell(tx, &c, news, to, today, at).await?;
                }
            }
            Ok(sheets.last().map(|s| s.code.clone()))
        })
        .await?;
        match last {
            Some(code) => after = Some(code),
            None => return Ok(()),
        }
    }
}

async fn tell(tx: &mut Tx<'_>, cycle: &Cycle, news: News, to: (&'static str, OrgId), today: BusinessDate, at: Instant) -> Unit<()> {
    let (matter, key) = news.keys();
    let (to, matter) = (Addressee::Post { role: to.0, org: to.1 }, format!("cycle:{}:{matter}", cycle.id));
    if !inbox::remind(tx, &matter, &to, today).await? {
        return Ok(());
    }
    let href = format!("/assess/{}/publicity", cycle.id);
    let mut args = vec![("year", cycle.year.to_string())];
    if let News::Public(until) = news {
        args.push(("day", until.to_string()));
    }
    inbox::tell(tx, &Notice { id: NoticeId::new(), to, key, args, href: &href }, at).await
}
