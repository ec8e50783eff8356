//! 通知: something to know, with nothing to do.
use crate::Addressee;
use crate::addressee::{PLACES, of, org_of};
use access::Caller;
use db::{Param, Result, Tx, params};
use kernel::{Error, Instant, NoticeId, OrgId};

/// Told within a day to several posts of one person, the same is one notice.
const DAY: i64 = 86_400_000;

pub struct Notice<'a> {
    pub id: NoticeId,
    pub to: Addressee,
    pub key: &'static str,
    pub args: Vec<(&'static str, String)>,
    pub href: &'a str,
}

db::row! {
    #[derive(Clone, Debug)]
    pub struct NoticeLine { pub id: NoticeId, pub key: String, args: String, pub href: String, pub created: Instant, addressee: String }
}

impl NoticeLine {
    pub fn args(&self) -> Vec<(String, String)> {
        serde_json::from_str(&self.args).unwrap_or_default()
    }
    /// The organisation to whose post it was told; `None` if it was told to the person, or to posts at several.
    pub fn org(&self) -> Option<OrgId> {
        org_of(&self.addressee)
    }
    fn says_the_same(&self, other: &Self) -> bool {
        (&self.key, &self.args, &self.href) == (&other.key, &other.args, &other.href) && (self.created.0 - other.created.0).abs() < DAY
    }
    fn takes_in(&mut self, other: &Self) {
        if self.org() != other.org() {
            self.addressee.clear();
        }
    }
}

/// # Errors
/// The engine's own.
pub async fn tell(tx: &mut Tx<'_>, notice: &Notice<'_>, now: Instant) -> Result<()> {
    let args = serde_json::to_string(&notice.args).map_err(Error::internal)?;
    tx.exec(
        "INSERT INTO notice (addressee, id, key, args, href, created) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
        &params![&notice.to.to_string(), &notice.id, notice.key, &args, notice.href, now],
    )
    .await?;
    Ok(())
}

/// The caller's newest notices; what was told to several of their posts stands there once.
///
/// # Errors
/// The engine's own.
pub async fn notices(tx: &mut Tx<'_>, caller: &Caller, limit: i64) -> Result<Vec<NoticeLine>> {
    let to = of(caller);
    let mut p: Vec<Param<'_>> = to.iter().map(Param::from).collect();
    p.extend(params![limit * PLACES as i64]);
    let told: Vec<NoticeLine> = tx
        .all(
            "SELECT id, key, args, href, created, addressee FROM notice WHERE addressee IN ($1, $2, $3, $4, $5, $6, $7, $8)
             ORDER BY id DESC LIMIT $9",
            &p,
        )
        .await?;
    let mut kept: Vec<NoticeLine> = Vec::new();
    for line in told {
        match kept.iter_mut().find(|k| k.says_the_same(&line)) {
            Some(known) => known.takes_in(&line),
            None => kept.push(line),
        }
    }
    kept.truncate(usize::try_from(limit).unwrap_or(0));
    Ok(kept)
}
