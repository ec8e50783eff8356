//! How to serve.
use crate::words;
use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;
use web::Network;

#[derive(Args, Clone, Debug)]
pub struct Serve {
    /// Address to listen on; port 0 takes a free one
    #[arg(long, env = "LEITU_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Load no demo; start the set-up
    #[arg(long, conflicts_with = "demo")]
    pub empty: bool,
    /// Load the demo province into a new database
    #[arg(long)]
    pub demo: bool,
    /// Certificate chain (PEM) for https; needs --tls-key
    #[arg(long)]
    pub tls_cert: Option<PathBuf>,
    /// Its private key (PEM); needs --tls-cert
    #[arg(long)]
    pub tls_key: Option<PathBuf>,
    /// The https address people use, when a proxy stands before us
    #[arg(long, requires = "trusted_proxy", value_parser = https)]
    pub public_url: Option<String>,
    /// Networks of that proxy (CIDR); only from there are forwarded headers believed
    #[arg(long, value_parser = network, requires = "public_url")]
    pub trusted_proxy: Vec<Network>,
    /// Serve plain http beyond loopback, for a closed network without certificates
    #[arg(long)]
    pub insecure_http: bool,
}

impl Serve {
    /// Whether what people's browsers see is https.
    pub fn https(&self) -> bool {
        self.tls_cert.is_some() || self.public_url.is_some()
    }
}

fn https(text: &str) -> Result<String, String> {
    let host = text.strip_prefix("https://").map(|rest| rest.trim_end_matches('/'));
    match host {
        Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', ' ']) => Ok(format!("https://{host}")),
        _ => Err(words::say("usage-https", &[])),
    }
}

fn network(text: &str) -> Result<Network, String> {
    text.parse().map_err(|_| words::say("usage-network", &[]))
}
