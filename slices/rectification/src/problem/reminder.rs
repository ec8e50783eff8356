//! 提醒责任人: a problem's owner, or the branch's secretary, is told of it at most once a day.
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
    /// Neither an owner with an account nor a secretary with one.
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

fn addressee(p: &Problem) -> Addressee {
    p.owner.map_or_else(|| matter::secretary(p.org), Addressee::Account)
}

/// With the names of those who would read it.
///
/// # Errors
/// The engine's own.
pub async fn outlook(tx: &mut Tx<'_>, p: &Problem, today: BusinessDate) -> Result<(Outlook, Vec<String>)> {
    let to = match p.owner {
        Some(_) => vec![p.owner_name.clone()],
        None => access::holders(tx, "secretary", p.org).await?.into_iter().map(|(_, name)| name).collect(),
    };
    let outlook = match () {
        () if !p.state.is_pending() => Outlook::Over,
        () if to.is_empty() => Outlook::Nobody,
        () if inbox::reminded(tx, &matter::of_one(p), &addressee(p), today).await? => Outlook::Today,
        () => Outlook::Goes,
    };
    Ok((outlook, to))
}

/// Answers whether it went.
///
/// # Errors
/// The engine's own.
pub async fn remind(tx: &mut Tx<'_>, p: &Problem, today: BusinessDate, at: Instant) -> Result<bool> {
    let to = addressee(p);
    // Somebody else may have reminded meanwhile: the row decides.
    if !outlook(tx, p, today).await?.0.goes() || !inbox::remind(tx, &matter::of_one(p), &to, today).await? {
        return Ok(false);
    }
    let href = format!("/problems/{}", p.id);
    let args = vec![("title", p.title.clone()), ("day", p.due.to_string())];
    inbox::tell(tx, &Notice { id: NoticeId::new(), to, key: "notice-problem-remind", args, href: &href }, at).await?;
    Ok(true)
}
