//! Where the database is, read from one URL.
use crate::{Error, Result};
use std::path::PathBuf;

/// `sqlite:PATH`, or `postgres://user:password@host:port/name` with these options of our own:
///
/// | option | meaning |
/// |---|---|
/// | `sslmode=disable` | plain connection; also what is meant without `sslmode` if the server is on this machine |
/// | `sslmode=require`, `verify-ca`, `verify-full` | TLS; the certificate and the host name are checked in every case |
/// | `sslrootcert=FILE` | the authorities to trust (PEM) instead of the system's |
/// | `lanes=N` | writing connections, 1–64; otherwise 1 if the server is on this machine, 16 if it is not |
#[derive(Clone, Debug)]
pub struct Config(pub(crate) Kind);

#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Sqlite(PathBuf),
    Pg(Box<PgConfig>),
}

#[derive(Clone, Debug)]
pub(crate) struct PgConfig {
    pub client: tokio_postgres::Config,
    /// `None`: plain. `Some(None)`: the system's authorities.
    pub tls: Option<Option<PathBuf>>,
    pub lanes: usize,
}

/// Two would run into each other more often than they work beside each other: PostgreSQL takes units for dependent whose rows
/// only share a page.
const LANES_NEAR: usize = 1;
const LANES_FAR: usize = 16;
const LANES_MOST: usize = 64;

impl Config {
    /// # Errors
    /// `database-url` with what is wrong.
    pub fn parse(url: &str) -> Result<Config> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            return sqlite(path.strip_prefix("//").unwrap_or(path));
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return postgres(url);
        }
        Err(wrong("it starts with neither sqlite: nor postgres://"))
    }
}

fn sqlite(path: &str) -> Result<Config> {
    // Every connection to a database in memory would see one of its own.
    if path.is_empty() || path.starts_with(':') || path.starts_with("file:") {
        return Err(wrong("sqlite: needs the path of a file"));
    }
    Ok(Config(Kind::Sqlite(path.into())))
}

fn postgres(url: &str) -> Result<Config> {
    let (base, query) = url.split_once('?').unwrap_or((url, ""));
    let (mut kept, mut tls, mut root, mut lanes) = (Vec::new(), None, None, None);
    for pair in query.split('&').filter(|p| !p.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        match (name, value) {
            ("sslmode", "disable") => tls = Some(false),
            ("sslmode", "require" | "verify-ca" | "verify-full") => tls = Some(true),
            // `prefer` and `allow` fall back to a plain connection when someone stands in between.
            ("sslmode", _) => return Err(wrong("sslmode is disable, require, verify-ca or verify-full")),
            ("sslrootcert", file) => root = Some(PathBuf::from(unescape(file)?)),
            ("lanes", n) => {
                let n = n.parse().ok().filter(|n| (1..=LANES_MOST).contains(n)).ok_or_else(|| wrong("lanes is a number from 1 to 64"))?;
                lanes = Some(n);
            }
            _ => kept.push(pair),
        }
    }
    if root.is_some() && tls != Some(true) {
        return Err(wrong("sslrootcert needs sslmode=verify-full"));
    }
    let mut client: tokio_postgres::Config =
        format!("{base}?{}", kept.join("&")).parse().map_err(|e: tokio_postgres::Error| wrong(chain(&e)))?;
    // As with http: in the clear over a network only if somebody says so.
    if tls.is_none() && !is_near(&client) {
        return Err(wrong("the server is on another machine: add sslmode=verify-full, or sslmode=disable to speak to it in the clear"));
    }
    let tls = tls == Some(true);
    client.ssl_mode(if tls { tokio_postgres::config::SslMode::Require } else { tokio_postgres::config::SslMode::Disable });
    if client.get_application_name().is_none() {
        client.application_name("leitu");
    }
    if client.get_connect_timeout().is_none() {
        client.connect_timeout(std::time::Duration::from_secs(10));
    }
    // A server that vanished without a word must not hold a lane for the kernel's quarter of an hour.
    client.tcp_user_timeout(std::time::Duration::from_secs(30));
    let lanes = lanes.unwrap_or(if is_near(&client) { LANES_NEAR } else { LANES_FAR });
    Ok(Config(Kind::Pg(Box::new(PgConfig { client, tls: tls.then_some(root), lanes }))))
}

/// On this machine: a socket, or a loopback name or address.
fn is_near(client: &tokio_postgres::Config) -> bool {
    use tokio_postgres::config::Host;
    client.get_hosts().iter().all(|h| match h {
        Host::Tcp(name) => name == "localhost" || name.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok_and(|a| a.is_loopback()),
        #[cfg(unix)]
        Host::Unix(_) => true,
    })
}

fn unescape(text: &str) -> Result<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(b) = rest.next() {
        out.push(match b {
            b'%' => {
                let hex: Vec<u8> = rest.by_ref().take(2).collect();
                std::str::from_utf8(&hex)
                    .ok()
                    .and_then(|h| u8::from_str_radix(h, 16).ok())
                    .ok_or_else(|| wrong("a % without two hex digits"))?
            }
            b => b,
        });
    }
    String::from_utf8(out).map_err(|_| wrong("an option that is not UTF-8"))
}

fn chain(e: &dyn std::error::Error) -> String {
    e.source().map_or_else(|| e.to_string(), |s| format!("{e}: {s}"))
}

pub(crate) fn wrong(problem: impl std::fmt::Display) -> Error {
    kernel::Error::invalid("database-url").with("problem", problem).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pg(url: &str) -> PgConfig {
        match Config::parse(url).unwrap().0 {
            Kind::Pg(c) => *c,
            Kind::Sqlite(_) => panic!("{url}"),
        }
    }

    #[test]
    fn lanes_follow_how_far_the_server_looks_unless_they_are_given() {
        for (url, lanes) in [
            ("postgres://u@127.0.0.1:5433/x", 1),
            ("postgres://u@localhost/x", 1),
            ("postgresql://u@[::1]/x", 1),
            ("postgres:///x?host=/run/postgresql", 1),
            ("postgres://u@db.province.example/x?sslmode=disable", 16),
            ("postgres://u@10.1.2.3/x?lanes=5&sslmode=require", 5),
        ] {
            assert_eq!(pg(url).lanes, lanes, "{url}");
        }
    }

    #[test]
    fn tls_is_asked_for_by_sslmode_and_its_authority_may_be_a_file() {
        assert_eq!(pg("postgres://u@localhost/x").tls, None);
        assert_eq!(pg("postgres://u@h/x?sslmode=disable").tls, None);
        assert_eq!(pg("postgres://u@h/x?sslmode=require&connect_timeout=3").tls, Some(None));
        assert_eq!(pg("postgres://u@h/x?sslmode=verify-full&sslrootcert=/etc/a%20b.pem").tls, Some(Some("/etc/a b.pem".into())));
    }

    #[test]
    fn a_server_on_another_machine_is_spoken_to_in_the_clear_only_if_that_is_said() {
        for url in ["postgres://u@h/x", "postgres://u@127.0.0.1,10.1.2.3/x", "postgres://u@10.1.2.3/x?lanes=4"] {
            assert!(Config::parse(url).is_err(), "{url}");
            let said = if url.contains('?') { format!("{url}&sslmode=disable") } else { format!("{url}?sslmode=disable") };
            assert_eq!(pg(&said).tls, None, "{said}");
        }
    }

    #[test]
    fn a_url_that_cannot_be_meant_is_refused() {
        for bad in [
            "",
            "mysql://x",
            "sqlite:",
            "sqlite::memory:",
            "sqlite:file:x",
            "postgres://u@h/x?sslmode=prefer",
            "postgres://u@localhost/x?lanes=0",
            "postgres://u@localhost/x?lanes=many",
            "postgres://u@localhost/x?sslrootcert=/a",
            "postgres://u@h:port/x",
            "postgres://u@h/x?sslmode=require&sslrootcert=%zz",
        ] {
            let refused = kernel::Error::from(Config::parse(bad).unwrap_err());
            assert_eq!(refused.key, "database-url", "{bad}");
        }
    }

    #[test]
    fn a_path_may_be_written_with_or_without_slashes() {
        for (url, path) in [("sqlite:data/a.db", "data/a.db"), ("sqlite:/var/a.db", "/var/a.db"), ("sqlite:///var/a.db", "/var/a.db")] {
            assert!(matches!(Config::parse(url).unwrap().0, Kind::Sqlite(p) if *p == *path), "{url}");
        }
    }
}
