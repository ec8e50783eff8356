//! The SQL of members.
use super::NewMember;
use super::status::Status;
use db::{Db, Each, Result, Tx, params};
use kernel::{BusinessDate, Error, Instant, MemberId, OrgId};
use std::collections::HashSet;

/// `valid_to` of what still holds.
const FOR_EVER: i64 = 4_000_000;

db::row! {
    #[derive(Clone, Debug)]
    pub struct Member {
        pub id: MemberId, pub org: OrgId, pub name: String, pub status: String, pub joined: Option<BusinessDate>, pub id_masked: String,
        pub phone_masked: String,
        /// By what it stands in lists: the reading of the name.
        pub sort: String,
    }
    /// Members of one standing in one branch.
    pub struct Headcount { pub org: OrgId, pub status: String, pub n: i64 }
}

impl Member {
    pub fn has_left(&self) -> bool {
        self.status == Status::Left.name()
    }
    fn shown(&self) -> [String; 3] {
        [self.name.clone(), self.joined.map_or_else(String::new, |d| d.to_string()), self.phone_masked.clone()]
    }
    /// Of the phone the sealed form counts: two numbers may look the same once masked, and nobody can try numbers against it.
    fn stands(&self, phone: Option<&[u8]>) -> [String; 4] {
        let sealed = phone.unwrap_or_default().iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
        let [name, joined, _] = self.shown();
        [name, joined, sealed, self.id_masked.clone()]
    }
    /// The mark of what may be corrected; `phone` as it is stored.
    pub fn seen(&self, phone: Option<&[u8]>) -> String {
        web::seen(&self.stands(phone).each_ref().map(String::as_str))
    }
    /// # Errors
    /// `member-meanwhile` with what stands now, if that is not what a form showed.
    pub fn unchanged(&self, seen: &str, phone: Option<&[u8]>) -> kernel::Result<()> {
        if !web::late(seen, &self.stands(phone).each_ref().map(String::as_str)) {
            return Ok(());
        }
        let [name, joined, phone] = self.shown().map(|v| if v.is_empty() { "--".to_owned() } else { v });
        Err(Error::conflict("member-meanwhile").with("name", name).with("joined", joined).with("phone", phone).at("name"))
    }
}

/// # Errors
/// `member-there` if the ID number is somebody else's in a register.
pub async fn unentered(tx: &mut Tx<'_>, new: &NewMember) -> Result<()> {
    if let Some(lookup) = &new.sealed.id_lookup
        && by_lookup(tx, lookup).await?.is_some_and(|m| m.id != new.id)
    {
        return Err(Error::invalid("member-there").at("id_number").into());
    }
    Ok(())
}

/// # Errors
/// As [`unentered`].
pub async fn insert(tx: &mut Tx<'_>, new: &NewMember, at: Instant) -> Result<()> {
    unentered(tx, new).await?;
    let s = &new.sealed;
    tx.later(
        "INSERT INTO member (id, org, name, status, joined, id_sealed, id_lookup, id_masked, phone_sealed, phone_masked, created, sort)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        &params![
            &new.id,
            &new.org,
            &new.name,
            new.status.name(),
            new.joined,
            s.id_sealed.as_ref(),
            s.id_lookup.as_ref(),
            &s.id_masked,
            s.phone_sealed.as_ref(),
            &s.phone_masked,
            at,
            &search::sort_key(&new.name)
        ],
    )
    .await?;
    let from = new.joined.unwrap_or(new.day);
    tx.later(
        "INSERT INTO membership (member, valid_from, valid_to, org) VALUES ($1, $2, $3, $4)",
        &params![&new.id, from, FOR_EVER, &new.org],
    )
    .await?;
    tx.later(
        "INSERT INTO member_status (member, day, at, status, reason) VALUES ($1, $2, $3, $4, '')",
        &params![&new.id, new.day, at, new.status.name()],
    )
    .await?;
    index(tx, new).await
}

async fn index(tx: &mut Tx<'_>, new: &NewMember) -> Result<()> {
    found_at(tx, new.id, new.org, &new.name).await
}

async fn found_at(tx: &mut Tx<'_>, id: MemberId, org: OrgId, name: &str) -> Result<()> {
    let href = format!("/members/{id}");
    let entry = search::Entry { kind: "member", object: id.bytes(), org, title: name, subtitle: "", href: &href };
    search::put(tx, &entry, &[search::Text::Person(name)]).await
}

/// Whether anybody is or ever was in this branch's register.
///
/// # Errors
/// The engine's own.
pub async fn anybody(tx: &mut Tx<'_>, org: OrgId) -> Result<bool> {
    let n: i64 = tx.one("SELECT COUNT(*) FROM membership WHERE org = $1", &params![&org]).await?;
    Ok(n > 0)
}

/// # Errors
/// The engine's own.
pub async fn by_lookup(tx: &mut Tx<'_>, lookup: &[u8; 32]) -> Result<Option<Member>> {
    tx.opt("SELECT id, org, name, status, joined, id_masked, phone_masked, sort FROM member WHERE id_lookup = $1", &params![lookup]).await
}

/// Those of a name in a branch's register, whether their ID number is known or not: two are as good as many.
///
/// # Errors
/// The engine's own.
pub async fn by_name(tx: &mut Tx<'_>, org: OrgId, name: &str) -> Result<Vec<Member>> {
    tx.all(
        "SELECT id, org, name, status, joined, id_masked, phone_masked, sort FROM member WHERE org = $1 AND name = $2 ORDER BY id LIMIT 2",
        &params![&org, name],
    )
    .await
}

/// Those of a name who are in a branch's register and have not left: a few are as good as many.
///
/// # Errors
/// The engine's own.
pub async fn namesakes(tx: &mut Tx<'_>, org: OrgId, name: &str) -> Result<Vec<Member>> {
    tx.all(
        "SELECT id, org, name, status, joined, id_masked, phone_masked, sort FROM member
         WHERE org = $1 AND name = $2 AND status <> 'left' ORDER BY id LIMIT 20",
        &params![&org, name],
    )
    .await
}

/// # Errors
/// The engine's own.
pub async fn is_there(tx: &mut Tx<'_>, id: MemberId) -> Result<bool> {
    let n: i64 = tx.one("SELECT COUNT(*) FROM member WHERE id = $1", &params![&id]).await?;
    Ok(n > 0)
}

/// # Errors
/// The engine's own.
pub async fn phone(tx: &mut Tx<'_>, id: MemberId) -> Result<Option<Vec<u8>>> {
    tx.one("SELECT phone_sealed FROM member WHERE id = $1", &params![&id]).await
}

/// Corrects name and joining day, and the phone if there is a new one. An ID number is added where there was none, and never
/// replaced: another number is another person's.
///
/// # Errors
/// As [`unentered`].
pub async fn correct(tx: &mut Tx<'_>, new: &NewMember) -> Result<()> {
    unentered(tx, new).await?;
    let s = &new.sealed;
    tx.exec(
        "UPDATE member SET name = $2, joined = $3, phone_sealed = COALESCE($4, phone_sealed),
         phone_masked = CASE WHEN $5 = '' THEN phone_masked ELSE $5 END, sort = $6, id_sealed = COALESCE(id_sealed, $7),
         id_lookup = COALESCE(id_lookup, $8), id_masked = CASE WHEN id_masked = '' THEN $9 ELSE id_masked END WHERE id = $1",
        &params![
            &new.id,
            &new.name,
            new.joined,
            s.phone_sealed.as_ref(),
            &s.phone_masked,
            &search::sort_key(&new.name),
            s.id_sealed.as_ref(),
            s.id_lookup.as_ref(),
            &s.id_masked
        ],
    )
    .await?;
    index(tx, new).await
}

/// Puts back what [`correct`] changed. An empty `phone_masked` is no phone.
///
/// # Errors
/// The engine's own.
pub async fn restore(tx: &mut Tx<'_>, was: &Member, phone: Option<&Vec<u8>>) -> Result<()> {
    tx.exec(
        "UPDATE member SET name = $2, joined = $3, phone_sealed = $4, phone_masked = $5, sort = $6, id_masked = $7,
         id_sealed = CASE WHEN $7 = '' THEN NULL ELSE id_sealed END, id_lookup = CASE WHEN $7 = '' THEN NULL ELSE id_lookup END
         WHERE id = $1",
        &params![&was.id, &was.name, was.joined, phone, &was.phone_masked, &was.sort, &was.id_masked],
    )
    .await?;
    found_at(tx, was.id, was.org, &was.name).await
}

/// A member entered by mistake, with the whole history: as if they had never been in the register.
///
/// # Errors
/// The engine's own.
pub async fn erase(tx: &mut Tx<'_>, id: MemberId) -> Result<()> {
    search::remove(tx, "member", id.bytes()).await?;
    tx.exec("DELETE FROM member_status WHERE member = $1", &params![&id]).await?;
    tx.exec("DELETE FROM membership WHERE member = $1", &params![&id]).await?;
    tx.exec("DELETE FROM member WHERE id = $1", &params![&id]).await?;
    Ok(())
}

/// Whoever has left, without whom the past can do: the days they were in a branch stay, and say of nobody that it was they.
///
/// # Errors
/// The engine's own.
pub async fn forget(tx: &mut Tx<'_>, id: MemberId) -> Result<()> {
    search::remove(tx, "member", id.bytes()).await?;
    tx.exec("DELETE FROM member_status WHERE member = $1", &params![&id]).await?;
    tx.exec("DELETE FROM member WHERE id = $1", &params![&id]).await?;
    Ok(())
}

/// A member whatever the scope; the caller admits the branch.
///
/// # Errors
/// [`db::Error::Missing`] if there is no such member.
pub async fn any(tx: &mut Tx<'_>, id: MemberId) -> Result<Member> {
    tx.one("SELECT id, org, name, status, joined, id_masked, phone_masked, sort FROM member WHERE id = $1", &params![&id]).await
}

/// A branch's members as their names sound, after the one given (keyset).
///
/// # Errors
/// The engine's own.
pub async fn of_org(tx: &mut Tx<'_>, org: OrgId, after: Option<(&str, MemberId)>, limit: i64) -> Result<Vec<Member>> {
    let (sort, id) = after.unwrap_or(("", MemberId::from_bytes([0; 16])));
    tx.all(
        "SELECT id, org, name, status, joined, id_masked, phone_masked, sort FROM member
         WHERE org = $1 AND (sort > $2 OR (sort = $2 AND id > $3)) ORDER BY sort, id LIMIT $4",
        &params![&org, sort, &id, limit],
    )
    .await
}

/// How many members of each standing these branches have.
///
/// # Errors
/// The engine's own.
pub async fn headcount(tx: &mut Tx<'_>, orgs: &[OrgId]) -> Result<Vec<Headcount>> {
    let each: Each = orgs.iter().collect();
    tx.all("SELECT org, status, COUNT(*) FROM member WHERE org IN EACH($1) GROUP BY org, status", &params![&each]).await
}

/// The branches of these whose members in the register count: facts are supplied only for them.
///
/// # Errors
/// The engine's own.
pub async fn registered(tx: &mut Tx<'_>, orgs: &[OrgId]) -> Result<HashSet<OrgId>> {
    let each: Each = orgs.iter().collect();
    let sql = "SELECT DISTINCT org FROM member WHERE org IN EACH($1) AND status IN ('formal', 'probationary')";
    Ok(tx.all(sql, &params![&each]).await?.into_iter().collect())
}

/// Whether a branch is among the [`registered`], asked on the request's own thread.
///
/// # Errors
/// The engine's own.
pub async fn keeps_register(db: &Db, org: OrgId) -> Result<bool> {
    let sql = "SELECT org FROM member WHERE org = $1 AND status IN ('formal', 'probationary') LIMIT 1";
    Ok(!db.lookup::<OrgId>(sql, &params![&org]).await?.is_empty())
}

/// # Errors
/// The engine's own.
pub async fn set_status(tx: &mut Tx<'_>, id: MemberId, status: Status, reason: &str, day: BusinessDate, at: Instant) -> Result<()> {
    tx.exec("UPDATE member SET status = $2 WHERE id = $1", &params![&id, status.name()]).await?;
    tx.exec(
        "INSERT INTO member_status (member, day, at, status, reason) VALUES ($1, $2, $3, $4, $5)",
        &params![&id, day, at, status.name(), reason],
    )
    .await?;
    Ok(())
}

/// # Errors
/// `member-move-before` if a later move is entered already.
pub async fn relocate(tx: &mut Tx<'_>, member: &Member, to: OrgId, day: BusinessDate) -> Result<()> {
    let id = member.id;
    let later: i64 = tx.one("SELECT COUNT(*) FROM membership WHERE member = $1 AND valid_from > $2", &params![&id, day]).await?;
    if later > 0 {
        return Err(Error::conflict("member-move-before").into());
    }
    tx.exec("UPDATE member SET org = $2 WHERE id = $1", &params![&id, &to]).await?;
    tx.exec("UPDATE membership SET valid_to = $2 WHERE member = $1 AND valid_to > $2", &params![&id, day]).await?;
    tx.exec(
        "INSERT INTO membership (member, valid_from, valid_to, org) VALUES ($1, $2, $3, $4)
         ON CONFLICT (member, valid_from) DO UPDATE SET valid_to = excluded.valid_to, org = excluded.org",
        &params![&id, day, FOR_EVER, &to],
    )
    .await?;
    // Whoever finds a member is who may read their branch's register: the new one from now on.
    found_at(tx, id, to, &member.name).await
}
