//! What the pages of the second factor show: the device about to be set, and the codes on paper.
use super::qr::Square;
use super::{NewDevice, Recovery, Secret};
use crate::hex;
use askama::Template;
use installation::Keys;
use kernel::{AccountId, Error, Instant, Result};
use web::{Errors, FormFields, Page, T, Ui};

/// A secret that is shown and not stored yet.
pub(super) struct Candidate {
    secret: Secret,
    /// As the form carries it.
    carried: String,
}

impl Candidate {
    /// # Errors
    /// `internal` if the machine gives no randomness.
    pub fn new(keys: &Keys, account: AccountId) -> Result<Self> {
        let mut bytes = [0_u8; Secret::BYTES];
        getrandom::fill(&mut bytes).map_err(Error::internal)?;
        let carried = hex::of(&keys.seal_bytes(&place(account), &bytes)?);
        Ok(Self { secret: Secret::of(bytes), carried })
    }
    /// # Errors
    /// `second-factor-stale` at `code` for one that was not shown to this account.
    pub fn read(keys: &Keys, account: AccountId, carried: &str) -> Result<Self> {
        let stale = || Error::invalid("second-factor-stale").at("code");
        let bytes = keys.unseal_bytes(&place(account), &hex::read(carried)).map_err(|_| stale())?;
        let secret = bytes.try_into().map(Secret::of).map_err(|_| stale())?;
        Ok(Self { secret, carried: carried.to_owned() })
    }
    /// # Errors
    /// As [`NewDevice::proved`].
    pub fn proved(&self, keys: &Keys, account: AccountId, typed: &str, now: Instant) -> Result<NewDevice> {
        NewDevice::proved(keys, account, &self.secret, typed, now)
    }
}

fn place(account: AccountId) -> String {
    format!("second_factor|candidate|{account}")
}

#[derive(Template)]
#[template(path = "second_factor/device.html")]
struct DeviceView<'a> {
    t: T,
    form: FormFields,
    action: &'a str,
    lead: String,
    square: Square,
    groups: String,
    carried: &'a str,
    login: &'a str,
    /// In 我的 whoever sits there shows the password too.
    own: bool,
    /// And a code of the device before, if there is one.
    replaces: bool,
    errors: Errors,
}

/// The page that shows a secret; `lead` says why.
pub(super) struct Shown<'a> {
    pub action: &'a str,
    pub lead: &'static str,
    pub login: &'a str,
    pub own: bool,
    pub replaces: bool,
}

/// # Errors
/// The engine's own, when the frame cannot be read.
pub(super) async fn device_page(ui: &Ui, shown: Shown<'_>, candidate: &Candidate, errors: Errors) -> web::Result<Page> {
    let status = crate::status(&errors);
    let issuer = ui.app.installation().map(|i| i.name).unwrap_or_default();
    let Shown { action, lead, login, own, replaces } = shown;
    let view = DeviceView {
        t: ui.t,
        form: ui.form(),
        action,
        lead: ui.t.text(lead).to_string(),
        square: Square::of(&candidate.secret.address(login, &issuer))?,
        groups: candidate.secret.groups(),
        carried: &candidate.carried,
        login,
        own,
        replaces,
        errors,
    };
    let title = if replaces { "second-factor-replace" } else { "second-factor-set" };
    Ok(ui.page("accounts/second_factor/device.html", title, view).await?.status(status))
}

#[derive(Template)]
#[template(path = "second_factor/recovery.html")]
struct RecoveryView {
    t: T,
    codes: Vec<String>,
    back: &'static str,
}

/// The ten codes, shown this once.
///
/// # Errors
/// The engine's own, when the frame cannot be read.
pub(super) async fn recovery_page(ui: &Ui, recovery: Recovery, back: &'static str) -> web::Result<Page> {
    ui.page("accounts/second_factor/recovery.html", "recovery-title", RecoveryView { t: ui.t, codes: recovery.texts, back }).await
}
