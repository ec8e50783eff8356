//! `account reset`: for a server whose administrators have lost their way in.
use crate::actor::actor;
use crate::ground::Ground;
use crate::options::{AccountCommand, Place};
use crate::words;
use kernel::Result;
use std::process::ExitCode;

pub async fn run(place: &Place, command: AccountCommand) -> Result<ExitCode> {
    let AccountCommand::Reset { name, second_factor } = command;
    let ground = Ground::open(place).await?;
    let issued = accounts::reset(&ground.db, &actor(), &name, second_factor).await?;
    let until = ground.clock.date_time(issued.until);
    println!("{}", words::say("account-code", &[("name", &issued.login), ("code", &issued.code), ("until", &until)]));
    Ok(ExitCode::SUCCESS)
}
