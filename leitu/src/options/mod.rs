//! The command line. Its words are stable: others script them.
mod commands;
mod cycle;
mod serve;
mod wrong;

pub use commands::{AccountCommand, AuditCommand, Command, SchemeCommand, Setup, WorkdaysCommand};
pub use cycle::{CycleCommand, Explain, ExportCommand, Format, ImportCommand, Table};
pub use serve::Serve;

use crate::words;
use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{Args, CommandFactory, FromArgMatches, Parser};
use std::path::PathBuf;

/// Wrong usage.
const USAGE: i32 = 2;
const EXIT: &str = "Exit code: 0 done, 1 rejected input, 2 wrong usage. Results go to standard output, messages to standard error.";

#[derive(Parser)]
#[command(name = "leitu", version, about = "Leitu 累土：党支部标准化规范化建设的考评、定级与整改", propagate_version = true, after_help = EXIT)]
pub struct Leitu {
    #[command(flatten)]
    pub place: Place,
    /// `leitu` alone is `leitu serve`, with the same options.
    #[command(flatten)]
    pub serve: Serve,
    #[command(subcommand)]
    pub command: Option<Command>,
}

impl Leitu {
    /// Reads the process's own arguments; wrong usage ends the program with 2.
    pub fn read() -> Self {
        Self::checked().unwrap_or_else(|e| {
            // Whoever asked for an object gets one all the same.
            if !e.use_stderr() {
                e.exit();
            }
            if std::env::args().any(|word| word == "--json") {
                println!("{}", serde_json::json!({ "ok": false, "text": wrong::sentence(&e), "rows": 0, "bad": [] }));
            }
            eprintln!("{}", wrong::whole(&e).trim_end());
            std::process::exit(USAGE)
        })
    }
    fn checked() -> Result<Self, clap::Error> {
        let mut command = Leitu::command();
        let matches = command.try_get_matches_from_mut(std::env::args_os())?;
        // An option of `serve` before another word would be ignored without a sound.
        let ours = Serve::augment_args(clap::Command::new("serve"));
        let stray = ours.get_arguments().find(|a| matches.value_source(a.get_id().as_str()) == Some(ValueSource::CommandLine));
        if let (Some(word), Some(stray)) = (matches.subcommand_name(), stray) {
            let named = [("option", stray.get_long().unwrap_or_default()), ("word", word)];
            let text = words::say("usage-of-serve", &named);
            return Err(command.error(ErrorKind::ArgumentConflict, text));
        }
        let serving = matches.subcommand_matches("serve").unwrap_or(&matches);
        let given = |id| serving.try_contains_id(id).unwrap_or(false);
        if given("tls_cert") != given("tls_key") {
            return Err(command.error(ErrorKind::MissingRequiredArgument, words::say("serve-tls-half", &[])));
        }
        Self::from_arg_matches(&matches)
    }
}

/// A whole number within bounds; refused in the console's language.
fn whole<N: TryFrom<i64>>(text: &str, from: i64, to: i64) -> Result<N, String> {
    let number = text.parse().ok().filter(|n| (from..=to).contains(n)).and_then(|n| N::try_from(n).ok());
    number.ok_or_else(|| words::say("usage-whole", &[("from", &from.to_string()), ("to", &to.to_string())]))
}

/// Where the data is; every command takes it.
#[derive(Args, Clone, Debug)]
pub struct Place {
    /// Database: an embedded one under the data directory unless given, or postgres://…
    #[arg(long, global = true, env = "LEITU_DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// Where the embedded database, evidence files and keys lie
    #[arg(long, global = true, env = "LEITU_DATA_DIR", default_value = "data")]
    pub data_dir: PathBuf,
    /// Where the keys lie, if not in DATA_DIR/keys
    #[arg(long, global = true, env = "LEITU_KEY_DIR")]
    pub key_dir: Option<PathBuf>,
}

impl Place {
    pub fn database_url(&self) -> String {
        self.database_url.clone().unwrap_or_else(|| format!("sqlite:{}", self.data_dir.join("leitu.db").display()))
    }
    pub fn key_dir(&self) -> PathBuf {
        self.key_dir.clone().unwrap_or_else(|| self.data_dir.join("keys"))
    }
    /// The file of an embedded database.
    pub fn file(&self) -> Option<PathBuf> {
        let url = self.database_url();
        let path = url.strip_prefix("sqlite:")?;
        Some(PathBuf::from(path.strip_prefix("//").unwrap_or(path)))
    }
    pub fn embedded(&self) -> bool {
        self.database_url.as_ref().is_none_or(|u| u.starts_with("sqlite:"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_in_order() {
        Leitu::command().debug_assert();
    }

    #[test]
    fn leitu_alone_takes_the_options_of_serve() {
        let asked = Leitu::try_parse_from(["leitu", "--listen", "127.0.0.1:0", "--empty", "--data-dir", "x"]).unwrap();
        assert!(asked.command.is_none() && asked.serve.empty && asked.serve.listen.port() == 0 && asked.place.data_dir == *"x");
    }
}
