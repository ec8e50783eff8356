//! 提醒责任人: whoever has the next step is told of it at most once a day: the owner or the branch's secretary, and while it
//! waits in 待复核, whoever verifies.
use super::state::State;
use super::{Problem, matter};
use db::{Result, Tx};
use inbox::{Addressee, Notice};
use kernel::{BusinessDate, Instant, NoticeId};

/// What a reminder of a problem would do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlook {
    Goes,
    /// Somebody has reminded of it today.
    Today,
    /// Closed or withdrawn: there is nothing left to do.
    Over,
    /// Nobody who has the next step has an account.
    Nobody,
}

impl Outlook {
    pub fn goes(self) -> bool {
        self == Outlook::Goes
    }
    /// Key of the words that say why it does not go.
    pub const fn text(self) -> &'static str {
        match self {
            Outlook::Goes => "problem-remind-goes",
            Outlook::Today => "problem-remind-today",
            Outlook::Over => "problem-remind-over",
            Outlook::Nobody => "problem-remind-nobody",
        }
    }
}

/// Whoever has the next step, with the names of those who would read it.
async fn addressee(tx: &mut Tx<'_>, p: &Problem) -> Result<(Addressee, Vec<String>)> {
    let to = match p.owner {
        _ if p.state == State::Review => matter::verifier(tx, p).await?,
        Some(owner) => return Ok((Addressee::Account(owner), vec![p.owner_name.clone()])),
        None => matter::secretary(p.org),
    };
    let Addressee::Post { role, org } = to else { return Ok((to, Vec::new())) };
    let holders = access::holders(tx, role, org).await?;
    Ok((to, holders.into_iter().map(|(_, name)| name).collect()))
}

/// With the names of those who would read it.
///
/// # Errors
/// The engine's own.
pub async fn outlook(tx: &mut Tx<'_>, p: &Problem, today: BusinessDate) -> Result<(Outlook, Vec<String>)> {
    if !p.state.is_pending() {
        return Ok((Outlook::Over, Vec::new()));
    }
    let (to, names) = addressee(tx, p).await?;
    Ok((outlook_of(tx, p, (&to, &names), today).await?, names))
}

async fn outlook_of(tx: &mut Tx<'_>, p: &Problem, (to, names): (&Addressee, &[String]), today: BusinessDate) -> Result<Outlook> {
    Ok(match () {
        () if names.is_empty() => Outlook::Nobody,
        () if inbox::reminded(tx, &matter::of_one(p), to, today).await? => Outlook::Today,
        () => Outlook::Goes,
    })
}

/// Answers whether it went.
///
/// # Errors
/// The engine's own.
pub async fn remind(tx: &mut Tx<'_>, p: &Problem, today: BusinessDate, at: Instant) -> Result<bool> {
    if !p.state.is_pending() {
        return Ok(false);
    }
    let (to, names) = addressee(tx, p).await?;
    // Somebody else may have reminded meanwhile: the row decides.
    if !outlook_of(tx, p, (&to, &names), today).await?.goes() || !inbox::remind(tx, &matter::of_one(p), &to, today).await? {
        return Ok(false);
    }
    let href = format!("/problems/{}", p.id);
    let args = vec![("title", p.title.clone()), ("day", p.due.to_string())];
    let key = if p.state == State::Review { "notice-problem-remind-verify" } else { "notice-problem-remind" };
    inbox::tell(tx, &Notice { id: NoticeId::new(), to, key, args, href: &href }, at).await?;
    Ok(true)
}
