//! The program: reads its command line and hands over. No logic of its own.
//!
//! It is a library with a main function of one line, so that tests stand in the same house as people do.
mod actor;
mod backup;
mod calendars;
mod commands;
mod demo;
pub mod ground;
pub mod house;
mod options;
mod serve;
mod words;

use options::{Command, Leitu};
use std::process::ExitCode;

/// What the program does from its first line to its exit code.
pub fn run() -> ExitCode {
    // A child that parses one table limits itself before anything else happens: no thread, no log, no configuration.
    let mut args = std::env::args().skip(1);
    if args.next().as_deref() == Some(tabular::SUB_COMMAND) {
        return tabular::child_main(args);
    }
    end_when_nobody_reads();
    let asked = Leitu::read();
    let log = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into());
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_env_filter(log).init();
    let json = asked.command.as_ref().is_some_and(options::Command::json);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(e) => return failed(&kernel::Error::internal(e), json),
    };
    let done = runtime.block_on(async {
        match asked.command {
            None => serve::run(&asked.place, &asked.serve).await.map(|()| ExitCode::SUCCESS),
            Some(Command::Serve(how)) => serve::run(&asked.place, &how).await.map(|()| ExitCode::SUCCESS),
            Some(command) => {
                demo::wait(&asked.place).await?;
                commands::run(&asked.place, command).await
            }
        }
    });
    done.unwrap_or_else(|e| failed(&e, json))
}

/// What a program ends with whose output nobody reads any more: 128 and the number of the signal that would have told it.
pub(crate) const BROKEN_PIPE: u8 = 128 + 13;

/// `leitu … | head` closes our output before its end. That ends the program without a word, as it ends others.
fn end_when_nobody_reads() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let text = info.payload().downcast_ref::<String>().map_or("", String::as_str);
        if text.starts_with("failed printing to std") && text.ends_with("(os error 32)") {
            std::process::exit(i32::from(BROKEN_PIPE));
        }
        usual(info);
    }));
}

/// The sentence goes to standard error; 1 is rejected input. Whoever asked for an object gets one all the same.
fn failed(error: &kernel::Error, json: bool) -> ExitCode {
    eprintln!("{}", words::sentence(error));
    if json {
        println!("{}", words::refusal(error));
    }
    ExitCode::FAILURE
}
