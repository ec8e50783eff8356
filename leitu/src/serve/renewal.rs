//! A demonstration begins anew: what it has made is removed, and the program takes its own place, so that nothing of the old
//! process, no thread and no open file, stands beside the new database.
use crate::options::Place;
use accounts::Afterwards;
use kernel::{Error, Result};
use std::ffi::OsString;
use std::net::SocketAddr;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Comes back only if it could not be done.
///
/// # Errors
/// `data-dir` if something cannot be removed; internal if the program cannot be started again.
pub fn begin(place: &Place, at: SocketAddr, afterwards: Afterwards) -> Result<()> {
    clear(place)?;
    let program = std::env::current_exe().map_err(Error::internal)?;
    let why = Command::new(program).args(again(std::env::args_os().skip(1), at, afterwards)).exec();
    Err(Error::internal(why))
}

/// The log before the database: a new database beside an old log would take the log's pages for its own. The keys stay; a
/// new database is founded with them.
fn clear(place: &Place) -> Result<()> {
    let beside = |end: &str| {
        let mut file = place.file()?.into_os_string();
        file.push(end);
        Some(PathBuf::from(file))
    };
    for file in ["-wal", "-shm", ""].into_iter().filter_map(beside) {
        gone(&file, std::fs::remove_file(&file))?;
    }
    for folder in ["files", "imports", "exports", "demo.part"].map(|name| place.data_dir.join(name)) {
        gone(&folder, std::fs::remove_dir_all(&folder))?;
    }
    Ok(())
}

fn gone(path: &Path, removed: std::io::Result<()>) -> Result<()> {
    match removed {
        Err(why) if why.kind() != std::io::ErrorKind::NotFound => Err(crate::demo::unusable(path, why)),
        _ => Ok(()),
    }
}

/// The words this process was started with, but the same address even if it had been a free one, and what is to be there.
fn again(words: impl Iterator<Item = OsString>, at: SocketAddr, afterwards: Afterwards) -> Vec<OsString> {
    let (mut kept, mut address) = (Vec::new(), false);
    for word in words {
        let said = word.to_str().unwrap_or_default();
        let ours = std::mem::take(&mut address) || said == "--demo" || said == "--empty" || said.starts_with("--listen=");
        address = said == "--listen";
        if !ours && !address {
            kept.push(word);
        }
    }
    kept.push(format!("--listen={at}").into());
    kept.extend((afterwards == Afterwards::Empty).then(|| "--empty".into()));
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_new_start_is_told_what_the_old_one_was_told_and_what_is_to_be_there() {
        let at = "127.0.0.1:4242".parse().unwrap();
        for (line, afterwards, expected) in [
            ("", Afterwards::Demo, "--listen=127.0.0.1:4242"),
            ("serve --data-dir x", Afterwards::Empty, "serve --data-dir x --listen=127.0.0.1:4242 --empty"),
            ("serve --listen 127.0.0.1:0 --demo --data-dir x", Afterwards::Empty, "serve --data-dir x --listen=127.0.0.1:4242 --empty"),
            ("--empty --listen=127.0.0.1:0", Afterwards::Demo, "--listen=127.0.0.1:4242"),
        ] {
            let words = again(line.split_whitespace().map(OsString::from), at, afterwards);
            assert_eq!(words.join(" ".as_ref()), OsString::from(expected), "{line}");
        }
    }

    #[test]
    fn what_the_demonstration_has_made_is_gone_and_the_keys_are_not() {
        let home = tempfile::tempdir().unwrap();
        let place = Place { database_url: None, data_dir: home.path().to_owned(), key_dir: None };
        for file in ["leitu.db", "leitu.db-wal", "leitu.db-shm", "keys/seal", "files/ab/cd", "imports/1", "exports/1"] {
            let path = home.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        clear(&place).unwrap();
        clear(&place).unwrap();
        let left: Vec<_> = std::fs::read_dir(home.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(left, ["keys"]);
    }
}
