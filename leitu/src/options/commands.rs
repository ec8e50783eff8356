//! What else the program does.
use super::{CycleCommand, Explain, ExportCommand, ImportCommand, Serve};
use crate::words;
use clap::{Args, Subcommand};
use kernel::BusinessDate;
use std::path::PathBuf;

#[derive(Subcommand)]
pub enum Command {
    /// Serve the pages (what `leitu` alone does)
    Serve(Serve),
    /// Found the installation and its three administrators, without a browser
    Setup(Setup),
    /// Accounts
    #[command(subcommand)]
    Account(AccountCommand),
    /// Bring files in
    #[command(subcommand)]
    Import(ImportCommand),
    /// Schemes (考评细则)
    #[command(subcommand)]
    Scheme(SchemeCommand),
    /// Cycles (考评周期)
    #[command(subcommand)]
    Cycle(CycleCommand),
    Explain(Explain),
    /// Write files
    #[command(subcommand)]
    Export(ExportCommand),
    /// Count working days by the published calendar; opens no database
    #[command(subcommand)]
    Workdays(WorkdaysCommand),
    /// The chain of events
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Copy database and evidence files, without keys, into a new or empty folder, while the program may be running
    Backup {
        dir: PathBuf,
    },
    /// Put a backup into an empty data directory, or an empty database of either engine
    Restore {
        dir: PathBuf,
    },
    /// Check keys, file, chain of events and kept figures
    Doctor,
}

impl Command {
    /// Whether one object on standard output was asked for.
    pub fn json(&self) -> bool {
        match self {
            Self::Import(import) => import.table().json,
            Self::Scheme(SchemeCommand::Check { json, .. } | SchemeCommand::Publish { json, .. }) => *json,
            Self::Cycle(CycleCommand::Open { json, .. } | CycleCommand::Grade { json, .. }) => *json,
            Self::Explain(asked) => asked.json,
            _ => false,
        }
    }
}

/// What is not given is asked for.
#[derive(Args)]
pub struct Setup {
    /// Name of the installation, shown at the top of every page
    #[arg(long)]
    pub name: Option<String>,
    /// Code of the organisation at the top, which is founded by that name; without one, import it
    #[arg(long)]
    pub code: Option<String>,
    /// Area, a province or city
    #[arg(long)]
    pub area: Option<String>,
    /// Year of the first cycle
    #[arg(long)]
    pub year: Option<String>,
    /// Name of the system administrator (系统管理员)
    #[arg(long)]
    pub system: Option<String>,
    /// Name of the security administrator (安全管理员)
    #[arg(long)]
    pub security: Option<String>,
    /// Name of the audit administrator (审计管理员)
    #[arg(long)]
    pub audit: Option<String>,
}

#[derive(Subcommand)]
pub enum AccountCommand {
    /// Issue a new one-time code; every session of the account ends
    Reset {
        /// The name it signs in with
        name: String,
        /// Take its authenticator away too: telephone and recovery codes are lost
        #[arg(long)]
        second_factor: bool,
    },
}

#[derive(Subcommand)]
pub enum SchemeCommand {
    /// Check a scheme against the shipped regulations; opens no database
    Check {
        /// TOML, or a workbook as the pages give it
        file: PathBuf,
        /// One object on standard output
        #[arg(long)]
        json: bool,
    },
    /// Check a scheme against the database's regulations and publish it
    Publish {
        file: PathBuf,
        /// One object on standard output
        #[arg(long)]
        json: bool,
    },
}

#[derive(Subcommand)]
pub enum WorkdaysCommand {
    /// The N-th working day after DATE; `provisional` follows where a year is not published yet
    Add {
        #[arg(value_parser = day)]
        date: BusinessDate,
        #[arg(value_parser = |text: &str| super::whole::<u32>(text, 0, 10_000))]
        n: u32,
    },
    /// Working days after FROM up to and including TO
    Count {
        #[arg(value_parser = day)]
        from: BusinessDate,
        #[arg(value_parser = day)]
        to: BusinessDate,
    },
}

#[derive(Subcommand)]
pub enum AuditCommand {
    /// Check every link, column and checkpoint; names what is wrong first. With FILE, of an exported log and without a database
    Verify {
        file: Option<PathBuf>,
        /// A checkpoint that was kept elsewhere; may be given more than once
        #[arg(long = "checkpoint", value_name = "FILE")]
        checkpoints: Vec<PathBuf>,
    },
    /// Write the log with its checkpoints, for a verifier without a database
    Export { file: PathBuf },
    /// Sign what is new and write the newest checkpoint to FILE, or to standard output, to be kept elsewhere
    Checkpoint { file: Option<PathBuf> },
}

fn day(text: &str) -> Result<BusinessDate, String> {
    BusinessDate::parse(text).map_err(|_| words::say("usage-day", &[]))
}
