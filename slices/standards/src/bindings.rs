//! Which editions a cycle goes by (S42): a standard says what is asked, star rules how stars are given, a scheme how
//! points are counted. They are fixed when the cycle opens and can be named ever after.
use crate::edition::{Edition, Kind};
use crate::{editions, schemes};
use db::Db;
use kernel::{BusinessDate, EditionId, Error, Result, SchemeId};
use scoring::Prepared;
use std::sync::Arc;

/// The exact editions. Where no standard or star rules are loaded the scheme alone is bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bindings {
    pub scheme: SchemeId,
    pub standard: Option<EditionId>,
    pub star_rules: Option<EditionId>,
}

/// The same, with their contents.
#[derive(Clone, Debug)]
pub struct Bound {
    pub scheme: Arc<Prepared>,
    pub standard: Option<Arc<Edition>>,
    pub star_rules: Option<Arc<Edition>>,
}

/// What a cycle opened on `day` binds unless somebody chooses otherwise: the standard and the star rules in force then.
///
/// # Errors
/// Not found, if the scheme is not published; the engine's own.
pub async fn bindings(db: &Db, scheme: SchemeId, day: BusinessDate) -> Result<Bindings> {
    schemes::scheme(db, scheme).await?;
    let first = async |kind| Ok::<_, Error>(editions::candidates(db, kind, day).await?.first().map(|(id, _)| *id));
    Ok(Bindings { scheme, standard: first(Kind::Standard).await?, star_rules: first(Kind::StarRules).await? })
}

/// What was bound, for showing. Also the check that chosen editions exist and are of their kind.
///
/// # Errors
/// Not found; `binding-kind` if an edition is not of the kind it is bound as.
pub async fn bound(db: &Db, bindings: Bindings) -> Result<Bound> {
    Ok(Bound {
        scheme: schemes::scheme(db, bindings.scheme).await?,
        standard: of_kind(db, bindings.standard, Kind::Standard).await?,
        star_rules: of_kind(db, bindings.star_rules, Kind::StarRules).await?,
    })
}

async fn of_kind(db: &Db, id: Option<EditionId>, kind: Kind) -> Result<Option<Arc<Edition>>> {
    let Some(id) = id else { return Ok(None) };
    let edition = editions::edition(db, id).await?;
    if edition.head.kind == kind { Ok(Some(edition)) } else { Err(Error::invalid("binding-kind").with("title", &edition.head.title)) }
}
