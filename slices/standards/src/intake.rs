//! A form with a file or a pasted text, as both import pages have it.
use kernel::Error;
use std::collections::HashMap;
use web::Upload;

/// More than any regulation or scheme has.
const LARGEST: usize = 512 << 10;
/// All parts together, with what it costs to hold each.
const TOGETHER: usize = 4 * LARGEST;
const EACH: usize = 128;

/// What was sent: the text, from the file if one was chosen, and the other fields.
#[derive(Default)]
pub(crate) struct Intake {
    pub text: String,
    /// The file, if it is no text but a zip, as an xlsx is.
    pub workbook: Option<Vec<u8>>,
    fields: HashMap<String, String>,
}

impl Intake {
    /// # Errors
    /// `file-too-large`, `file-not-utf8` at field `file`; `form-malformed`.
    pub async fn read(mut upload: Upload) -> web::Result<std::result::Result<Self, (Self, Error)>> {
        let mut intake = Self::default();
        let (mut refused, mut room) = (None, TOGETHER);
        while let Some(mut part) = upload.part().await? {
            let Some(name) = part.name().map(str::to_owned) else { continue };
            let is_file = part.file_name().is_some_and(|f| !f.is_empty());
            let Some(bytes) = web::bounded(&mut part, LARGEST.min(room)).await? else {
                refused = Some(too_large());
                continue;
            };
            room = room.saturating_sub(bytes.len() + name.len() + EACH);
            if is_file && name == "file" && bytes.starts_with(b"PK\x03\x04") {
                intake.workbook = Some(bytes);
                continue;
            }
            match String::from_utf8(bytes).map_err(|e| not_text(e.as_bytes())) {
                Ok(text) if name == "file" && is_file => intake.text = text,
                Ok(text) if name == "text" && intake.text.is_empty() => intake.text = text,
                Ok(text) => drop(intake.fields.insert(name, text)),
                Err(e) => refused = Some(e),
            }
        }
        Ok(match refused {
            None => Ok(intake),
            Some(e) => Err((intake, e)),
        })
    }
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", |v| v.trim())
    }
    /// Whether the button pressed was the one that publishes.
    pub fn publishes(&self) -> bool {
        self.field("step") == "publish"
    }
}

fn too_large() -> Error {
    Error::invalid("standards-file-too-large").with("kib", LARGEST / 1024).at("file")
}

/// What a file is that is not the text it should be.
pub(crate) fn not_text(bytes: &[u8]) -> Error {
    let key = match bytes {
        [b'%', b'P', b'D', b'F', ..] => "standards-file-pdf",
        // A zip with parts, or the older Word's compound file.
        [b'P', b'K', 3, 4, ..] | [0xD0, 0xCF, 0x11, 0xE0, ..] => "standards-file-office",
        _ => "standards-file-not-utf8",
    };
    Error::invalid(key).at("file")
}
