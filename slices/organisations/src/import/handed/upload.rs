//! The form with its file, which goes straight into the folder and is on the disk before it is answered.
use super::folder::Folder;
use kernel::{Error, ImportId};
use web::Upload;

/// The largest file taken, bytes; the table reader has the same bound.
pub(super) const LARGEST: usize = 150 << 20;

pub struct Sent {
    pub kind: String,
    pub choice: String,
    /// The name people know it by.
    pub file: String,
}

/// # Errors
/// `import-file-missing`, `import-too-large` inside, with the kind as far as it was said before the file; outside what is wrong with the request itself.
pub async fn sent(mut upload: Upload, folder: &Folder, id: ImportId) -> web::Result<Result<Sent, (String, Error)>> {
    let mut sent = Sent { kind: String::new(), choice: String::new(), file: String::new() };
    while let Some(mut part) = upload.part().await? {
        let Some(name) = part.name().map(str::to_owned) else { continue };
        if let Some(file) = part.file_name().filter(|f| !f.is_empty()).map(str::to_owned) {
            let mut landing = folder.begin(id)?;
            let mut size = 0;
            while let Some(chunk) = part.chunk().await.map_err(|_| Error::invalid("form-malformed"))? {
                size += chunk.len();
                if size > LARGEST {
                    return Ok(Err((sent.kind, too_large())));
                }
                landing.write(&chunk)?;
            }
            landing.finish().await?;
            sent.file = plain(&file);
            continue;
        }
        let value = web::word(&mut part).await?;
        match name.as_str() {
            "kind" => sent.kind = value,
            "choice" => sent.choice = value,
            _ => {}
        }
    }
    if sent.file.is_empty() {
        return Ok(Err((sent.kind, Error::invalid("import-file-missing").at("file"))));
    }
    Ok(Ok(sent))
}

pub(super) fn too_large() -> Error {
    Error::invalid("import-too-large").with("mib", LARGEST >> 20).at("file")
}

/// The last part of the name, without what would disturb a line of text; at most 100 characters.
pub(super) fn plain(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let clean: String = last.chars().filter(|c| !c.is_control()).take(100).collect();
    if clean.is_empty() { "file".into() } else { clean }
}
