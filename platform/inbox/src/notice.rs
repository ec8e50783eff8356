//! 通知: something to know, with nothing to do.
use crate::Addressee;
use crate::addressee::of;
use access::Caller;
use db::{Param, Result, Tx, params};
use kernel::{Error, Instant, NoticeId};

pub struct Notice<'a> {
    pub id: NoticeId,
    pub to: Addressee,
    pub key: &'static str,
    pub args: Vec<(&'static str, String)>,
    pub href: &'a str,
}

db::row! {
    #[derive(Clone, Debug)]
    pub struct NoticeLine { pub id: NoticeId, pub key: String, args: String, pub href: String, pub created: Instant }
}

impl NoticeLine {
    pub fn args(&self) -> Vec<(String, String)> {
        serde_json::from_str(&self.args).unwrap_or_default()
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

/// The caller's newest notices.
///
/// # Errors
/// The engine's own.
pub async fn notices(tx: &mut Tx<'_>, caller: &Caller, limit: i64) -> Result<Vec<NoticeLine>> {
    let to = of(caller);
    let mut p: Vec<Param<'_>> = to.iter().map(Param::from).collect();
    p.extend(params![limit]);
    tx.all(
        "SELECT id, key, args, href, created FROM notice WHERE addressee IN ($1, $2, $3, $4, $5, $6, $7, $8) ORDER BY id DESC LIMIT $9",
        &p,
    )
    .await
}
