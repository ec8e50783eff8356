//! Cycles on the command line: bringing values in, grading, explaining, exporting.
use crate::words;
use clap::{Args, Subcommand, ValueEnum};
use kernel::CycleId;
use std::path::PathBuf;

/// Nothing counts until the whole file is in order; every bad row is named.
#[derive(Subcommand)]
pub enum ImportCommand {
    /// The tree: `code,name,type,parent_code,category`, optionally `valid_from,valid_to`; rows in any order
    Organisations {
        #[command(flatten)]
        file: Table,
    },
    /// Rosters: `branch_code,name,id_number,status,join_date,post,term_from,term_to,phone`
    Members {
        #[command(flatten)]
        file: Table,
    },
    /// Metric values: `branch_code,key,value,source`, or one row a branch and one column a key
    ///
    /// Keys are the scheme's metrics (`leitu scheme check FILE` names an indicator's), and four families beside them:
    /// `veto.CODE` (1 or 0), `bonus.CODE` and `penalty.CODE` (how many times), `history.grade` (last year's grade).
    Facts {
        #[command(flatten)]
        file: Table,
        /// Cycle; by default the only open one
        #[arg(long, value_parser = cycle)]
        cycle: Option<CycleId>,
    },
    /// Scores of layers: `branch_code,indicator,layer,score,reason`, or one row a branch and one column an indicator
    ///
    /// Layers are self, mutual, acceptance, recheck and committee. Vetoes, bonus and penalty are no scores: they come in as
    /// facts, by the keys `veto.CODE`, `bonus.CODE`, `penalty.CODE` and `history.grade` (`leitu import facts --help`).
    Scores {
        #[command(flatten)]
        file: Table,
        /// Cycle; by default the only open one
        #[arg(long, value_parser = cycle)]
        cycle: Option<CycleId>,
    },
    /// A past year's ledger: the columns of an export, of which code and grade must be there
    Ledger {
        #[command(flatten)]
        file: Table,
        #[arg(long, value_parser = |text: &str| super::whole::<i64>(text, 1990, 2100))]
        year: i64,
    },
    /// A year's published holidays: `date,kind,name`
    Calendar {
        #[command(flatten)]
        file: Table,
    },
}

impl ImportCommand {
    /// The file, and how it is taken.
    pub fn table(&self) -> &Table {
        match self {
            Self::Organisations { file } | Self::Members { file } | Self::Calendar { file } => file,
            Self::Facts { file, .. } | Self::Scores { file, .. } | Self::Ledger { file, .. } => file,
        }
    }
}

#[derive(Args)]
pub struct Table {
    /// The table, as csv or xlsx; heads in English or Chinese stand in its first row
    pub file: PathBuf,
    /// Check only; change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// One object on standard output
    #[arg(long)]
    pub json: bool,
}

#[derive(Subcommand)]
pub enum CycleCommand {
    /// Open a cycle for the branches below an organisation
    Open {
        /// CODE, its newest version, or CODE@VERSION
        #[arg(long)]
        scheme: String,
        #[arg(long, value_parser = |text: &str| super::whole::<i64>(text, 2000, 2100))]
        year: i64,
        /// Code of the organisation at the top
        #[arg(long)]
        root: String,
        /// One object on standard output
        #[arg(long)]
        json: bool,
    },
    /// Compute grades, stars and ranks from whatever is there; shows what is final once it is
    Grade {
        #[arg(value_parser = cycle)]
        id: CycleId,
        /// One object on standard output
        #[arg(long)]
        json: bool,
    },
}

/// Why a branch has its total
#[derive(Args)]
pub struct Explain {
    #[arg(value_parser = cycle)]
    pub id: CycleId,
    pub branch_code: String,
    /// One object on standard output
    #[arg(long)]
    pub json: bool,
}

#[derive(Subcommand)]
pub enum ExportCommand {
    /// The ledger of a cycle in rank order
    Ledger {
        #[arg(value_parser = cycle)]
        id: CycleId,
        #[arg(long)]
        format: Format,
        /// File to write; standard output otherwise
        #[arg(long)]
        out: Option<PathBuf>,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    Csv,
    Xlsx,
    Json,
}

fn cycle(text: &str) -> Result<CycleId, String> {
    CycleId::parse(text).map_err(|_| words::say("usage-cycle", &[]))
}
