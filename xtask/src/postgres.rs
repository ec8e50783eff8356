//! A PostgreSQL of our own: fresh cluster in a temporary folder, free port, gone afterwards.
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::keeper::Kept;

/// The name of the variable that tests read.
pub const VARIABLE: &str = "LEITU_TEST_PG";

/// A running server; dropped, it is stopped and its folder removed.
pub struct Postgres {
    pub url: String,
    /// Where its files and its log are.
    pub folder: String,
    _kept: Kept,
}

/// The cluster sorts in Chinese, so that a forgotten binary collation shows. What tests write need not survive a power
/// cut, so the disk is not waited for; what is measured has to.
const SCRIPT: &str = r#"
umask 077
signal=INT # PostgreSQL's fast shutdown; TERM would wait for clients
dir=$(mktemp -d "${TMPDIR:-/tmp}/leitu-pg.XXXXXX") && cd "$dir" || exit 1
"$1/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --locale-provider=icu --icu-locale=zh -N >"$dir/initdb.log" 2>&1 ||
  { tail -n 5 "$dir/initdb.log"; rm -rf "$dir"; exit 1; }
"$1/postgres" -D "$dir/data" -p "$2" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=400 \
  -c "fsync=$3" -c "full_page_writes=$3" -c shared_buffers=256MB >"$dir/log" 2>&1 </dev/null & server=$!
echo "$dir""#;

impl Postgres {
    /// Needs the programs; see `tools`. Answers when the server accepts connections.
    pub fn start() -> Result<Self, String> {
        Self::start_with("off")
    }

    /// One whose commits are durable, as an installation's are: for measurements.
    pub fn start_durable() -> Result<Self, String> {
        Self::start_with("on")
    }

    fn start_with(fsync: &str) -> Result<Self, String> {
        let tools = tools().ok_or("PostgreSQL is not installed")?;
        let tools = tools.to_string_lossy();
        // The server refuses to run as root: the package brings its own user.
        let wrapper: &[&str] =
            if is_root() { &["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--reset-env"] } else { &[] };
        for _ in 0..3 {
            let port = free_port()?.to_string();
            let kept = Kept::start(wrapper, SCRIPT, "cd / && rm -rf \"$dir\"", &[&tools, &port, fsync])?;
            if answers(&tools, &port) {
                let url = format!("postgres://postgres@127.0.0.1:{port}/postgres");
                return Ok(Self { url, folder: kept.said.join(" "), _kept: kept });
            }
        }
        Err("PostgreSQL was started three times and never answered".into())
    }
}

/// The folder of the newest installed version's programs.
pub fn tools() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut versions: Vec<(u32, PathBuf)> =
        versions.filter_map(|v| Some((v.file_name().to_str()?.parse().ok()?, v.path().join("bin")))).collect();
    versions.retain(|(_, bin)| bin.join("initdb").is_file() && bin.join("postgres").is_file());
    versions.sort();
    versions.pop().map(|(_, bin)| bin)
}

pub fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|o| o.stdout.starts_with(b"0\n"))
}

fn free_port() -> Result<u16, String> {
    let socket = TcpListener::bind(("127.0.0.1", 0)).map_err(|e| format!("no free port: {e}"))?;
    socket.local_addr().map(|a| a.port()).map_err(|e| format!("no free port: {e}"))
}

fn answers(tools: &str, port: &str) -> bool {
    let until = Instant::now() + Duration::from_secs(30);
    while Instant::now() < until {
        let asked = Command::new(Path::new(tools).join("pg_isready")).args(["-q", "-h", "127.0.0.1", "-p", port]).status();
        if asked.is_ok_and(|s| s.success()) {
            return true;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    false
}
