//! A telephone with an authenticator, as it is set at the first sign-in of whoever needs one.
use crate::visitor::Visitor;
use std::io;
use std::time::{SystemTime, UNIX_EPOCH};
use totp_rs::{Builder, Secret};

const SECONDS: u64 = 30;

pub struct Telephone(Secret);

impl Telephone {
    /// Signs in with a password, sets the telephone that is asked for, and is in.
    ///
    /// # Errors
    /// The connection breaks, or something else was asked.
    pub async fn of(visitor: &mut Visitor, login: &str, password: &str) -> io::Result<Telephone> {
        visitor.sign_in(login, password).await?;
        let page = visitor.get("/sign-in/second-factor").await?.body;
        let between = |from: &str, to: char| page.split(from).nth(1).and_then(|rest| rest.split(to).next()).map(str::to_owned);
        let missing = || io::Error::other("no page asked for a telephone");
        let key = between("<dd class=\"b\">", '<').ok_or_else(missing)?;
        let secret = Secret::try_from_base32(key.replace(' ', "")).map_err(io::Error::other)?;
        let (telephone, carried) = (Telephone(secret), between("name=\"secret\" value=\"", '"').ok_or_else(missing)?);
        let code = telephone.shows(step());
        let done = visitor.post("/sign-in/second-factor", &format!("&secret={carried}&code={code}")).await?;
        if done.status == 200 { Ok(telephone) } else { Err(io::Error::other(format!("the telephone was answered {}", done.status))) }
    }
    /// The code of a step.
    pub fn shows(&self, step: u64) -> String {
        Builder::new().with_secret(self.0.clone()).build().expect("a secret").generate(step * SECONDS).to_string()
    }
}

/// The step of now.
pub fn step() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() / SECONDS)
}

/// Waits until a step has just begun, so that it is the same one for a while.
pub async fn a_step_begins() -> u64 {
    let now = step();
    while step() == now {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    step()
}
