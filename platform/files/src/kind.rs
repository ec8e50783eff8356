//! What a file is, told by its content. Only what offices hand in as evidence is taken.
use db::planted::Defect;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Pdf,
    Png,
    Jpeg,
    Webp,
    Gif,
    Docx,
    Xlsx,
    Pptx,
    Doc,
    Xls,
    Csv,
    Text,
}

/// All of them, for the defect that asks none for its content.
const ALL: [Kind; 12] = [
    Kind::Pdf,
    Kind::Png,
    Kind::Jpeg,
    Kind::Webp,
    Kind::Gif,
    Kind::Docx,
    Kind::Xlsx,
    Kind::Pptx,
    Kind::Doc,
    Kind::Xls,
    Kind::Csv,
    Kind::Text,
];

/// Where a zip keeps the names of its parts: at its end.
const DIRECTORY: usize = 512 << 10;

impl Kind {
    /// `None` if it is nothing that is taken: HTML, SVG, programs, plain zips, documents with macros or a password.
    /// Text is told apart by the end of `name`, everything else by content alone.
    pub(crate) fn of(content: &[u8], name: &str) -> Option<Kind> {
        if Defect::BelieveNames.is_on() {
            return named(name);
        }
        match content {
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Kind::Pdf),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Kind::Png),
            [0xFF, 0xD8, 0xFF, ..] => Some(Kind::Jpeg),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Kind::Webp),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Kind::Gif),
            [b'P', b'K', 3, 4, ..] => office(content.get(content.len().saturating_sub(DIRECTORY)..).unwrap_or_default()),
            [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => old_office(content),
            _ => text(content, name),
        }
    }
    pub fn media_type(self) -> &'static str {
        match self {
            Kind::Pdf => "application/pdf",
            Kind::Png => "image/png",
            Kind::Jpeg => "image/jpeg",
            Kind::Webp => "image/webp",
            Kind::Gif => "image/gif",
            Kind::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Kind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Kind::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Kind::Doc => "application/msword",
            Kind::Xls => "application/vnd.ms-excel",
            Kind::Csv => "text/csv; charset=utf-8",
            Kind::Text => "text/plain; charset=utf-8",
        }
    }
    /// The ends a name of this kind may have, the usual one first.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Kind::Pdf => &["pdf"],
            Kind::Png => &["png"],
            Kind::Jpeg => &["jpg", "jpeg"],
            Kind::Webp => &["webp"],
            Kind::Gif => &["gif"],
            Kind::Docx => &["docx"],
            Kind::Xlsx => &["xlsx"],
            Kind::Pptx => &["pptx"],
            Kind::Doc => &["doc", "wps"],
            Kind::Xls => &["xls", "et"],
            Kind::Csv => &["csv"],
            Kind::Text => &["txt", "md", "log"],
        }
    }
}

fn named(name: &str) -> Option<Kind> {
    let end = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    ALL.into_iter().find(|kind| kind.extensions().contains(&end.as_str()))
}

/// A zip whose directory names the parts of an office document, and none that runs.
fn office(end: &[u8]) -> Option<Kind> {
    if !holds(end, b"[Content_Types].xml") || holds(end, b"vbaProject.bin") {
        return None;
    }
    let main = [(&b"word/document.xml"[..], Kind::Docx), (b"xl/workbook.xml", Kind::Xlsx), (b"ppt/presentation.xml", Kind::Pptx)];
    main.iter().find(|(part, _)| holds(end, part)).map(|(_, kind)| *kind)
}

/// An OLE container names its streams in UTF-16; behind a password there is one called EncryptedPackage.
fn old_office(content: &[u8]) -> Option<Kind> {
    let named = |name: &str| holds(content, &name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>());
    match () {
        () if named("EncryptedPackage") || named("_VBA_PROJECT") => None,
        () if named("WordDocument") => Some(Kind::Doc),
        () if named("Workbook") || named("Book") => Some(Kind::Xls),
        () => None,
    }
}

/// UTF-8 without control characters, and no markup a browser might take for a page.
fn text(content: &[u8], name: &str) -> Option<Kind> {
    let text = std::str::from_utf8(content).ok()?;
    let body = text.trim_start_matches('\u{FEFF}').trim_start();
    if body.starts_with('<') || text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{C}')) {
        return None;
    }
    Some(if name.to_ascii_lowercase().ends_with(".csv") { Kind::Csv } else { Kind::Text })
}

fn holds(content: &[u8], part: &[u8]) -> bool {
    !part.is_empty() && content.windows(part.len()).any(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ole(stream: &str) -> Vec<u8> {
        let name = stream.encode_utf16().flat_map(u16::to_le_bytes);
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0].into_iter().chain(name).collect()
    }

    #[test]
    fn a_file_is_what_its_content_says() {
        for (content, kind) in [
            (&b"%PDF-1.7"[..], Kind::Pdf),
            (b"\x89PNG\r\n\x1A\nrest", Kind::Png),
            (b"\xFF\xD8\xFF\xE0", Kind::Jpeg),
            (b"RIFF\0\0\0\0WEBPVP8 ", Kind::Webp),
            (b"GIF89a", Kind::Gif),
            (b"PK\x03\x04..[Content_Types].xml..word/document.xml", Kind::Docx),
            (b"PK\x03\x04..xl/workbook.xml..[Content_Types].xml", Kind::Xlsx),
            (b"PK\x03\x04..[Content_Types].xml..ppt/presentation.xml", Kind::Pptx),
            (&ole("WordDocument"), Kind::Doc),
            (&ole("Workbook"), Kind::Xls),
            ("会议记录\n".as_bytes(), Kind::Text),
        ] {
            assert_eq!(Kind::of(content, "x.html"), Some(kind));
        }
        assert_eq!(Kind::of(b"a,b\n", "X.CSV"), Some(Kind::Csv));
    }

    #[test]
    fn what_runs_or_hides_is_not_taken() {
        for content in [
            &b"<!DOCTYPE html><script>"[..],
            b"\xEF\xBB\xBF \n<svg xmlns=''>",
            b"<?xml version='1.0'?>",
            b"PK\x03\x04 a plain zip of word/document.xml",
            b"PK\x03\x04 [Content_Types].xml word/document.xml word/vbaProject.bin",
            b"MZ\x90\0\x03",
            b"\x7FELF\x02",
            b"#!/bin/sh\0",
            b"\xB5\xDA\xD2\xBB",
            &ole("EncryptedPackage"),
            &ole("PowerPoint Document"),
        ] {
            assert_eq!(Kind::of(content, "会议.pdf"), None, "{content:?}");
        }
    }
}
