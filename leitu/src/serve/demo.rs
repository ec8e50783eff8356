//! Whether this start loads the demo province.
use crate::demo;
use crate::ground::Ground;
use crate::options::{Place, Serve};
use crate::words;
use db::Db;
use installation::Kind;
use kernel::{Error, Result};

/// Into a new database only: unasked if it is embedded and nobody but this machine is served, otherwise with `--demo`.
fn wanted(new: bool, embedded: bool, how: &Serve) -> bool {
    new && !how.empty && (how.demo || alone(embedded, how))
}

/// The data is this process's own, and nobody but this machine is served.
pub fn alone(embedded: bool, how: &Serve) -> bool {
    embedded && how.listen.ip().is_loopback() && how.public_url.is_none()
}

/// # Errors
/// What [`demo::load`] refuses.
pub async fn load_if_wanted(place: &Place, how: &Serve) -> Result<()> {
    // An embedded database is new if its file is not there; asking PostgreSQL costs a connection, so only if it matters.
    let new = match place.file() {
        Some(file) => !file.exists(),
        None => how.demo && Db::open(&place.database_url()).await?.schema().await?.is_empty(),
    };
    if wanted(new, place.embedded(), how) {
        eprintln!("{}", words::say("demo-loading", &[]));
        return demo::load(place).await;
    }
    demo::sweep(place)
}

/// # Errors
/// `demo-not-new` if `--demo` is said over other data; `demo-broken-off` over half a demo.
pub async fn refuse_where_it_cannot_be(ground: &Ground, how: &Serve) -> Result<()> {
    match &ground.installation {
        Some(i) if how.demo && i.kind != Kind::Demo => Err(Error::conflict("demo-not-new")),
        Some(_) => Ok(()),
        // The last row of founding is not there, but something the demo has made, or an account.
        None if demo::has_begun(&ground.db).await? => Err(Error::conflict("demo-broken-off")),
        None if !ground.db.read(async |tx| access::nobody(tx).await).await? => Err(Error::conflict("demo-broken-off")),
        None if how.demo => Err(Error::conflict("demo-not-new")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Leitu;
    use clap::Parser;

    #[test]
    fn the_demo_loads_unasked_only_where_nobody_else_could_see_it() {
        for (new, embedded, line, expected) in [
            (true, true, "", true),
            (false, true, "", false),
            (false, true, "--demo", false),
            (true, true, "--empty", false),
            (true, false, "", false),
            (true, false, "--demo", true),
            (true, true, "--listen 0.0.0.0:80 --insecure-http", false),
            (true, true, "--listen 0.0.0.0:80 --insecure-http --demo", true),
            (true, true, "--public-url https://x.cn --trusted-proxy 127.0.0.1", false),
        ] {
            let asked = Leitu::try_parse_from(std::iter::once("leitu").chain(line.split_whitespace())).unwrap();
            assert_eq!(wanted(new, embedded, &asked.serve), expected, "{new} {embedded} {line}");
        }
    }
}
