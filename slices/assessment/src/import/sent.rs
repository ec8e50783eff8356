//! The form with its file, which is kept in a temporary place for as long as it is read.
use super::read::Take;
use super::row::What;
use kernel::{BusinessDate, CycleId, Error, Result};
use scoring::Layer;
use std::path::PathBuf;
use tabular::Reader;
use tokio::io::AsyncWriteExt;
use web::Upload;

/// The largest file taken, bytes; the table reader has the same bound.
const LARGEST: usize = 150 << 20;

/// Which button.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Press {
    Check,
    Bring,
    /// Send back the bad rows as a file.
    Bad,
}

pub struct Sent {
    pub take: Take,
    pub what: What,
    pub press: Press,
}

impl Drop for Sent {
    fn drop(&mut self) {
        // What cannot be removed is left to the system's own cleaning.
        std::fs::remove_file(&self.take.path).ok();
    }
}

/// # Errors
/// `file-missing`, `import-too-large` inside; outside what is wrong with the request itself.
pub async fn sent(mut upload: Upload, cycle: CycleId, today: BusinessDate, reader: Reader) -> web::Result<Result<Sent>> {
    let path = std::env::temp_dir().join(format!("leitu-{}", kernel::Uuid::now_v7().as_simple()));
    let take = Take { cycle, path, file: String::new(), reader, today, layer: None, dry_run: true };
    let mut sent = Sent { take, what: What::Facts, press: Press::Check };
    while let Some(mut part) = upload.part().await? {
        let Some(name) = part.name().map(str::to_owned) else { continue };
        if let Some(file) = part.file_name().filter(|f| !f.is_empty()).map(str::to_owned) {
            let mut out = tokio::fs::File::create(&sent.take.path).await.map_err(Error::internal)?;
            let mut size = 0;
            while let Some(chunk) = part.chunk().await.map_err(|_| Error::invalid("form-malformed"))? {
                size += chunk.len();
                if size > LARGEST {
                    return Ok(Err(Error::invalid("import-too-large").with("mib", LARGEST >> 20).at("file")));
                }
                out.write_all(&chunk).await.map_err(Error::internal)?;
            }
            out.flush().await.map_err(Error::internal)?;
            sent.take.file = plain(&file);
            continue;
        }
        let value = part.text().await.map_err(|_| Error::invalid("form-malformed"))?;
        match (name.as_str(), value.as_str()) {
            ("what", "scores") => sent.what = What::Scores,
            ("layer", layer) => sent.take.layer = Layer::parse(layer).ok(),
            ("do", "bring") => (sent.press, sent.take.dry_run) = (Press::Bring, false),
            ("do", "bad") => sent.press = Press::Bad,
            _ => {}
        }
    }
    if sent.take.file.is_empty() {
        return Ok(Err(Error::invalid("file-missing").at("file")));
    }
    Ok(Ok(sent))
}

/// The last part of the name, without what would disturb a line of text; at most 100 characters.
fn plain(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let clean: String = last.chars().filter(|c| !c.is_control()).take(100).collect();
    if clean.is_empty() { PathBuf::from("file").display().to_string() } else { clean }
}
