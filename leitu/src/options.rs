//! The command line. Its words are stable: others script them.
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

#[derive(Parser)]
#[command(name = "leitu", version, about = "Leitu 累土：党支部标准化规范化建设的考评、定级与整改", propagate_version = true)]
pub struct Leitu {
    #[command(flatten)]
    pub place: Place,
    #[command(subcommand)]
    pub command: Option<Command>,
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
    pub fn embedded(&self) -> bool {
        self.database_url.as_ref().is_none_or(|u| u.starts_with("sqlite:"))
    }
}

#[derive(Subcommand)]
pub enum Command {
    /// Serve the pages (what `leitu` alone does)
    Serve(Serve),
}

#[derive(Args, Clone, Debug)]
pub struct Serve {
    /// Address to listen on; port 0 takes a free one
    #[arg(long, env = "LEITU_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: std::net::SocketAddr,
    /// Load no demo; start the set-up
    #[arg(long, conflicts_with = "demo")]
    pub empty: bool,
    /// Load the demo province into a new database
    #[arg(long)]
    pub demo: bool,
    /// Certificate chain (PEM) for https
    #[arg(long, requires = "tls_key")]
    pub tls_cert: Option<PathBuf>,
    /// Its private key (PEM)
    #[arg(long, requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
    /// The https address people use, when a proxy stands before us
    #[arg(long, requires = "trusted_proxy")]
    pub public_url: Option<String>,
    /// Networks of that proxy (CIDR); only from there are forwarded headers believed
    #[arg(long)]
    pub trusted_proxy: Vec<String>,
    /// Serve plain http beyond loopback, for a closed network without certificates
    #[arg(long)]
    pub insecure_http: bool,
}

impl Default for Serve {
    fn default() -> Self {
        Self {
            listen: std::net::SocketAddr::from(([127, 0, 0, 1], 8080)),
            empty: false,
            demo: false,
            tls_cert: None,
            tls_key: None,
            public_url: None,
            trusted_proxy: Vec::new(),
            insecure_http: false,
        }
    }
}
