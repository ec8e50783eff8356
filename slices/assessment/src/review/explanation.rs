//! Explaining in writing why two layers differ by the scheme's limit or more.
use super::layers::{Mark, TOTAL};
use super::rules;
use crate::sheet::write::Hand;
use audit::Event;
use db::{Result as Unit, Tx, params};
use kernel::{Error, Instant, OrgId, Points, Result, SheetId};
use scoring::Layer;

db::row! {
    #[derive(Clone, Debug)]
    pub struct Explanation {
        pub subject: String, earlier: String, later: String, amount: Points, pub text: String, pub by_name: String, pub at: Instant,
    }
}

impl Explanation {
    /// Whether it was written for this very difference.
    pub fn answers(&self, from: Layer, to: Layer, amount: Points) -> bool {
        self.earlier == from.name() && self.later == to.name() && self.amount == amount
    }
}

/// # Errors
/// The engine's own.
pub async fn of_sheet(tx: &mut Tx<'_>, sheet: SheetId) -> Unit<Vec<Explanation>> {
    tx.all("SELECT subject, earlier, later, amount, text, by_name, at FROM explanation WHERE sheet = $1 ORDER BY at", &params![&sheet])
        .await
}

/// What is typed for one difference.
#[derive(Clone, Debug)]
pub struct Text(String);

impl Text {
    /// # Errors
    /// `explanation-missing` or `text-long` at field `explanation`.
    pub fn parse(text: &str) -> Result<Self> {
        let text = rules::text("explanation", text)?;
        if text.is_empty() { Err(Error::invalid("explanation-missing").at("explanation")) } else { Ok(Self(text)) }
    }
}

/// Writes the explanation of a difference that stands.
///
/// # Errors
/// The engine's own.
pub async fn write(tx: &mut Tx<'_>, sheet: (SheetId, OrgId), mark: &Mark, text: &Text, hand: &Hand, at: Instant) -> Unit<Event> {
    tx.exec(
        "INSERT INTO explanation (sheet, subject, earlier, later, amount, text, account, by_name, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (sheet, subject, earlier, later, amount) DO UPDATE SET text = excluded.text, account = excluded.account,
           by_name = excluded.by_name, at = excluded.at",
        &params![&sheet.0, &mark.subject, mark.from.name(), mark.to.name(), mark.amount, &text.0, hand.account.as_ref(), &hand.name, at],
    )
    .await?;
    let what = if mark.subject == TOTAL { TOTAL } else { &mark.subject };
    Ok(Event::new("difference.explain", format!("sheet:{}", sheet.0))
        .at(sheet.1)
        .because(&text.0)
        .with("subject", what)
        .with("layers", format!("{}-{}", mark.from.name(), mark.to.name()))
        .with("amount", mark.amount))
}
