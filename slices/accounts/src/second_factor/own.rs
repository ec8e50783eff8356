//! What people do with their own second factor, at a browser: whoever sits there shows the password, and what they have.
use super::{NewDevice, Recovery, Required, State, prove, store};
use access::{Device, Grant, Hasher, SignedIn};
use audit::Event;
use db::Db;
use installation::Keys;
use kernel::{AccountId, Error, Instant, Result};
use web::Errors;

/// What is to become of it.
#[derive(Clone)]
pub(super) enum Wish {
    Set(NewDevice),
    NewCodes,
    Off,
}

/// What whoever sits there shows.
pub(super) struct Shows<'a> {
    pub password: &'a str,
    /// A code of the device that is there, or a recovery code; not looked at where there is none.
    pub given: String,
    pub device: &'a Device,
}

/// Does it, and answers the new recovery codes, shown this once. All that is wrong is answered beside its field: `password-old` or
/// `sign-in-locked` at `old`, `second-factor-wrong` at `given`. Tries are counted as at the door.
///
/// # Errors
/// `token-cannot`; `busy`; `second-factor-needed` for whoever must keep it; not found if there is none to be changed;
/// `again-codes-shown` if this form was sent before.
pub(super) async fn change(
    db: &Db,
    (hasher, keys): (&Hasher, &Keys),
    grant: &Grant<SignedIn>,
    required: Required,
    shows: Shows<'_>,
    wish: Wish,
) -> Result<std::result::Result<Recovery, Errors>> {
    let (id, now) = (crate::me::person(grant)?, Instant::now());
    let account = db.read(async move |tx| access::by_id(tx, id).await).await?;
    let counter = shows.device.counter(db, &account.login, Some(id)).await?;
    let (place, mut errors) = (hasher.place()?, Errors::none());
    if errors.take(counter.count(db, now).await.map_err(|e| e.at("old")))?.is_some() {
        let right = place.verify(shows.password, account.password.as_deref()).await?;
        errors.take(if right { Ok(()) } else { Err(Error::invalid("password-old").at("old")) })?;
    }
    if !errors.is_empty() {
        return Ok(Err(errors));
    }
    let (recovery, keys, given) = (Recovery::new(keys, id)?, keys.clone(), shows.given);
    let kept = recovery.clone();
    let done: Result<String> = audit::change(db, grant, async move |tx| {
        let state = State::read(tx, id).await?;
        match (&state.factor, &wish) {
            (Some(_), _) => {
                prove(tx, &keys, &state, &given, now).await?;
            }
            (None, Wish::Set(_)) => {}
            (None, _) => return Err(Error::not_found().into()),
        }
        counter.give_back(tx).await?;
        let action = match &wish {
            Wish::Set(device) => {
                device.put(tx, id, &recovery, now).await?;
                if state.factor.is_some() { "second-factor.replaced" } else { "second-factor.set" }
            }
            Wish::NewCodes => {
                store::put_recovery(tx, id, &recovery.hashes).await?;
                "second-factor.codes-renewed"
            }
            Wish::Off => {
                if required.of_account(tx, id).await? {
                    return Err(Error::denied("second-factor-needed").into());
                }
                store::remove(tx, id).await?;
                "second-factor.ended"
            }
        };
        Ok((recovery.mark(), Event::new(action, format!("account:{id}"))))
    })
    .await;
    match done {
        Ok(mark) if mark == kept.mark() => Ok(Ok(kept)),
        Ok(_) => Err(Error::conflict("again-codes-shown")),
        Err(e) if e.field.is_some() => Ok(Err(e.into())),
        Err(e) => Err(e),
    }
}

/// How one's own stands, for 我的.
pub struct Own {
    /// Since when there is one, and how many recovery codes are left.
    pub set: Option<(Instant, i64)>,
    /// It cannot be switched off.
    pub required: bool,
}

impl Own {
    /// # Errors
    /// The engine's own.
    pub async fn of(db: &Db, required: Required, id: AccountId) -> Result<Self> {
        let read = db.read(async move |tx| {
            let factor = store::factor(tx, id).await?;
            Ok(Own { set: factor.map(|f| (f.since, f.left)), required: required.of_account(tx, id).await? })
        });
        Ok(read.await?)
    }
}
