//! How a file goes out.
use crate::FileRow;
use std::fmt::Write;

impl FileRow {
    /// Whether a browser may show it in place: pictures and PDF. Nothing that could hold markup or script of the sender.
    pub fn inline(&self) -> bool {
        matches!(self.media_type.as_str(), "application/pdf" | "image/png" | "image/jpeg" | "image/webp" | "image/gif")
    }
    /// All headers of an answer with this file's content. `download` asks to save also what could be shown.
    pub fn headers(&self, download: bool) -> [(&'static str, String); 7] {
        let way = if self.inline() && !download { "inline" } else { "attachment" };
        let ascii: String =
            self.name.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' }).collect();
        [
            ("content-type", self.media_type.clone()),
            ("content-length", self.size.to_string()),
            ("content-disposition", format!("{way}; filename=\"{ascii}\"; filename*=UTF-8''{}", percent(&self.name))),
            ("x-content-type-options", "nosniff".into()),
            (
                "content-security-policy",
                "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
                    .into(),
            ),
            ("cross-origin-resource-policy", "same-origin".into()),
            ("cache-control", "no-store".into()),
        ]
    }
}

/// RFC 5987: what is not a letter or digit of ASCII goes as its UTF-8 bytes.
fn percent(name: &str) -> String {
    name.bytes().fold(String::new(), |mut out, b| {
        if b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_') {
            out.push(char::from(b));
        } else {
            // Writing to a string does not fail.
            let _ = write!(out, "%{b:02X}");
        }
        out
    })
}
