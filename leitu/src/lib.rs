//! The program: reads its command line and hands over. No logic of its own.
//!
//! It is a library with a main function of one line, so that tests stand in the same house as people do.
mod actor;
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
    let asked = Leitu::read();
    let log = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into());
    tracing_subscriber::fmt().with_writer(std::io::stderr).with_env_filter(log).init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(e) => return failed(&kernel::Error::internal(e)),
    };
    let done = runtime.block_on(async {
        match asked.command {
            None => serve::run(&asked.place, &asked.serve).await.map(|()| ExitCode::SUCCESS),
            Some(Command::Serve(how)) => serve::run(&asked.place, &how).await.map(|()| ExitCode::SUCCESS),
            Some(command) => commands::run(&asked.place, command).await,
        }
    });
    done.unwrap_or_else(|e| failed(&e))
}

/// The sentence goes to standard error; 1 is rejected input.
fn failed(error: &kernel::Error) -> ExitCode {
    eprintln!("{}", words::sentence(error));
    ExitCode::FAILURE
}
