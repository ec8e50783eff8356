//! 动态码: what somebody has, beside the password they know. A telephone shows another code every 30 seconds; ten recovery codes
//! (备用码) on paper stand in for it.
//!
//! No session is opened without an [`Admitted`], and only this folder makes one: of an account that needs no second factor and has
//! none, or for whoever has just shown theirs. So an account that needs one and has none opens nothing but the page that sets it.
mod door;
pub mod door_pages;
mod own;
pub mod own_pages;
mod qr;
mod recovery;
mod rules;
mod store;
mod view;

pub use own::Own;
pub(crate) use store::remove as take_away;

use crate::sign_in::ticket::Step;
use access::{Account, Grant, Roles, SignedIn};
use db::{Result, Tx};
use installation::{Keys, Kind};
use kernel::{AccountId, Error, Instant};
use recovery::Recovery;
use rules::{Secret, Typed};
use std::sync::Arc;
use web::App;

/// Whether an account has one.
///
/// # Errors
/// The engine's own.
pub(crate) async fn is_set(tx: &mut Tx<'_>, account: AccountId) -> Result<bool> {
    Ok(store::factor(tx, account).await?.is_some())
}

/// Who must have a second factor here.
#[derive(Clone)]
pub struct Required {
    roles: Arc<Roles>,
    here: bool,
}

impl Required {
    pub fn of(app: &App) -> Self {
        Self { roles: app.gate().roles().clone(), here: app.installation().is_none_or(|i| i.kind.asks_second_factor()) }
    }
    pub fn by_role(&self, role: &str) -> bool {
        self.here && self.roles.asks_second_factor(role)
    }
    /// # Errors
    /// The engine's own.
    pub async fn of_account(&self, tx: &mut Tx<'_>, account: AccountId) -> Result<bool> {
        Ok(access::posts_of(tx, account).await?.iter().any(|p| self.by_role(&p.role)))
    }
}

/// For whom a session may be opened.
pub struct Admitted(AccountId);

impl Admitted {
    /// Whoever presses an identity of a demo.
    ///
    /// # Errors
    /// Not found in a real installation.
    pub(crate) fn to_a_demo(kind: Kind, account: AccountId) -> kernel::Result<Self> {
        if kind == Kind::Demo { Ok(Self(account)) } else { Err(Error::not_found()) }
    }
    /// Whose session stands: another one in its place, after a change of password.
    ///
    /// # Errors
    /// As [`Grant::account`].
    pub(crate) fn again(grant: &Grant<SignedIn>) -> kernel::Result<Self> {
        grant.account().map(Self)
    }
    /// Whoever has just shown the first code of a device.
    fn by_new_device(account: AccountId) -> Self {
        Self(account)
    }
    pub(crate) fn account(&self) -> AccountId {
        self.0
    }
}

/// What comes after a right password.
pub(crate) enum Next {
    In(Admitted),
    Page(Step),
}

/// An account and its second factor, as they stand in a unit of work.
pub(crate) struct State {
    pub account: Account,
    pub factor: Option<store::Factor>,
}

impl State {
    pub async fn read(tx: &mut Tx<'_>, id: AccountId) -> Result<Self> {
        Ok(Self { account: access::by_id(tx, id).await?, factor: store::factor(tx, id).await? })
    }
    pub async fn next(&self, tx: &mut Tx<'_>, required: &Required) -> Result<Next> {
        Ok(match &self.factor {
            Some(_) => Next::Page(Step::Code),
            None if required.of_account(tx, self.account.id).await? => Next::Page(Step::SecondFactor),
            None => Next::In(Admitted(self.account.id)),
        })
    }
    /// What a ticket is bound to: it is another one as soon as a code has been taken, a device set or taken away, the password
    /// changed, a new code given or the account disabled.
    pub fn mark(&self) -> String {
        let device = self.factor.as_ref().map(|f| format!("{}-{}-{}", f.since.0, f.step, f.left));
        format!("{}|{}", self.account.epoch, device.unwrap_or_default())
    }
}

/// By what somebody has shown their second factor.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum By {
    Code,
    RecoveryCode,
}

impl By {
    fn word(self) -> &'static str {
        match self {
            By::Code => "code",
            By::RecoveryCode => "recovery-code",
        }
    }
}

/// Takes a code or a recovery code: each once, whoever else sends it at the same time.
///
/// # Errors
/// `second-factor-wrong` at `given`: it does not fit, or was taken before.
async fn prove(tx: &mut Tx<'_>, keys: &Keys, state: &State, typed: &str, now: Instant) -> Result<(Admitted, By)> {
    let id = state.account.id;
    let Some(factor) = &state.factor else { return Err(wrong().into()) };
    let taken = match Typed::read(typed) {
        Typed::Code(code) => match opened(keys, id, &factor.secret)?.step_of(&code, now, factor.step) {
            Some(step) => store::take_step(tx, id, step).await?.then_some(By::Code),
            None => None,
        },
        Typed::Recovery(text) => {
            let hash = recovery::hash(keys, id, &text);
            store::take_recovery(tx, id, &hash).await?.then_some(By::RecoveryCode)
        }
        Typed::Nothing => None,
    };
    taken.map(|by| (Admitted(id), by)).ok_or_else(|| wrong().into())
}

fn wrong() -> Error {
    Error::invalid("second-factor-wrong").at("given")
}

fn place(account: AccountId) -> String {
    format!("second_factor|secret|{account}")
}

fn sealed(keys: &Keys, account: AccountId, secret: &Secret) -> kernel::Result<Vec<u8>> {
    keys.seal_bytes(&place(account), secret.bytes())
}

fn opened(keys: &Keys, account: AccountId, sealed: &[u8]) -> kernel::Result<Secret> {
    let bytes = keys.unseal_bytes(&place(account), sealed)?;
    bytes.try_into().map(Secret::of).map_err(|_| Error::internal("a secret of another length"))
}

/// A device about to be set: whoever brings its code has it in hand. What is shown travels in the form, sealed, so that nothing is
/// stored of a page that is only looked at.
#[derive(Clone)]
struct NewDevice {
    sealed: Vec<u8>,
    step: i64,
}

impl NewDevice {
    /// # Errors
    /// `second-factor-new-wrong` at `code` for another code than the device shows now.
    fn proved(keys: &Keys, account: AccountId, secret: &Secret, typed: &str, now: Instant) -> kernel::Result<Self> {
        let step = match Typed::read(typed) {
            Typed::Code(code) => secret.step_of(&code, now, 0),
            Typed::Recovery(_) | Typed::Nothing => None,
        };
        let step = step.ok_or_else(|| Error::invalid("second-factor-new-wrong").at("code"))?;
        Ok(Self { sealed: sealed(keys, account, secret)?, step })
    }
    async fn put(&self, tx: &mut Tx<'_>, account: AccountId, recovery: &Recovery, now: Instant) -> Result<()> {
        store::put(tx, account, &self.sealed, self.step, now).await?;
        store::put_recovery(tx, account, &recovery.hashes).await
    }
}
