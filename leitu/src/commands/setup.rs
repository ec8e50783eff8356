//! `setup`: what the pages of set-up ask, for a server without a browser.
use crate::actor::actor;
use crate::ground::Ground;
use crate::options::{Place, Setup};
use crate::words;
use accounts::{SetUpInput, set_up};
use kernel::{Error, Result};
use organisations::Directory;
use std::io::{BufRead, Write};
use std::process::ExitCode;
use std::sync::Arc;

pub async fn run(place: &Place, asked: Setup) -> Result<ExitCode> {
    let ground = Ground::open(place).await?;
    if ground.installation.is_some() {
        return Err(Error::conflict("set-up-done"));
    }
    let take = |given: Option<String>, key: &str| given.map_or_else(|| ask(key), Ok);
    let (name, area) = (take(asked.name, "setup-name")?, take(asked.area, "setup-area")?);
    let year = take(asked.year, "setup-year")?;
    let administrators = [take(asked.system, "setup-system")?, take(asked.security, "setup-security")?, take(asked.audit, "setup-audit")?];
    let [a, b, c] = &administrators;
    let input = match SetUpInput::parse(&name, asked.code.as_deref().unwrap_or_default(), &area, &year, [a, b, c]) {
        Ok(input) => input,
        Err(wrong) => {
            wrong.iter().for_each(|e| eprintln!("{}", words::sentence(e)));
            return Ok(ExitCode::FAILURE);
        }
    };
    for issued in set_up(&ground.db, &ground.keys, &actor(), Arc::new(Directory), input).await? {
        let until = ground.clock.date_time(issued.until);
        println!("{}", words::say("account-code", &[("name", &issued.login), ("code", &issued.code), ("until", &until)]));
    }
    Ok(ExitCode::SUCCESS)
}

/// One question on standard error, one line from standard input.
fn ask(key: &str) -> Result<String> {
    eprint!("{}", words::say(key, &[]));
    let _ = std::io::stderr().flush();
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).map_err(Error::internal)?;
    Ok(line.trim().to_owned())
}
