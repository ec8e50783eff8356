//! `workdays`: counting by the calendar that ships. No database is opened, so an imported year is not known here.
use crate::calendars;
use crate::options::WorkdaysCommand;
use calendar::Mode;
use kernel::Result;
use std::process::ExitCode;

pub fn run(command: &WorkdaysCommand) -> Result<ExitCode> {
    let calendar = calendars::shipped()?;
    let (answer, provisional) = match command {
        WorkdaysCommand::Add { date, n } => {
            let due = calendar.add(*date, *n, Mode::Exclusive);
            (due.date.to_string(), due.provisional)
        }
        WorkdaysCommand::Count { from, to } => {
            let count = calendar.count(*from, *to);
            (count.days.to_string(), count.provisional)
        }
    };
    // The second word is part of the output that others script, so it is the same in every language.
    println!("{answer}{}", if provisional { " provisional" } else { "" });
    Ok(ExitCode::SUCCESS)
}
