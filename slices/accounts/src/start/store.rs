//! Which account one press enters with. The table is empty in a real installation.
use db::{Result, Tx, params};
use kernel::AccountId;

/// The demonstration's loader chooses one account a role. A later choice replaces the earlier.
///
/// # Errors
/// The engine's own.
pub async fn offer_entry(tx: &mut Tx<'_>, role: &str, account: AccountId) -> Result<()> {
    tx.exec(
        "INSERT INTO demo_entry (role, account) VALUES ($1, $2) ON CONFLICT (role) DO UPDATE SET account = excluded.account",
        &params![role, &account],
    )
    .await?;
    Ok(())
}

pub(super) async fn entry(tx: &mut Tx<'_>, role: &str) -> Result<Option<AccountId>> {
    tx.opt("SELECT account FROM demo_entry WHERE role = $1", &params![role]).await
}

pub(super) async fn roles(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.all("SELECT role FROM demo_entry ORDER BY role", &[]).await
}
