//! TLS to the server: its certificate and its name are always checked.
use crate::{Result, config::wrong};
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use std::{path::Path, sync::Arc};
use tokio_postgres_rustls::MakeRustlsConnect;

/// Where systems keep the authorities they trust.
const SYSTEM: [&str; 5] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
];

/// # Errors
/// `database-url` if there is no authority to trust.
pub(super) fn connector(root: Option<&Path>) -> Result<MakeRustlsConnect> {
    let file = match root {
        Some(file) => file,
        None => SYSTEM
            .iter()
            .map(Path::new)
            .find(|p| p.exists())
            .ok_or_else(|| wrong("the system has no list of authorities; give sslrootcert"))?,
    };
    let unreadable = |e: &dyn std::fmt::Display| wrong(format!("{}: {e}", file.display()));
    let mut roots = RootCertStore::empty();
    for authority in CertificateDer::pem_file_iter(file).map_err(|e| unreadable(&e))? {
        // One entry of a system's list that cannot be used is no reason to distrust the others.
        let _ = roots.add(authority.map_err(|e| unreadable(&e))?);
    }
    if roots.is_empty() {
        return Err(unreadable(&"holds no certificate"));
    }
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(wrong)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}
