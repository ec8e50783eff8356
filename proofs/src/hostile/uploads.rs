//! Evidence that is two things at once, says that it is another, or has a name that does something.
use super::{Bait, Content, End, Hostile, To};

const SCRIPT: &str = "<script>fetch('/me/tokens',{method:'POST'})</script>";
const REFUSED: End = End::Refused("不接受这种文件");
const PDF: End = End::Inert("application/pdf");

fn evidence(what: &'static str, name: &str, content: impl Into<Content>, end: End) -> Hostile {
    Hostile::new(what, To::Evidence, name, content, end)
}

fn said(media: &'static str, hostile: Hostile) -> Hostile {
    Hostile { media, ..hostile }
}

fn after(magic: &[u8], rest: &str) -> Vec<u8> {
    [magic, rest.as_bytes()].concat()
}

/// An OLE container whose stream is called so.
fn ole(stream: &str, padding: usize) -> Content {
    let name = stream.encode_utf16().flat_map(u16::to_le_bytes);
    let head = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1].into_iter().chain(name).collect();
    Content { head, unit: vec![0; 1 << 20], times: padding, tail: Vec::new() }
}

/// A small PDF; each is another, so that none is known by its content already.
fn pdf(mark: &str) -> String {
    format!("%PDF-1.7\n% {mark}\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
}

pub fn all(bait: &Bait) -> Vec<Hostile> {
    [contents(), names(bait)].into_iter().flatten().collect()
}

fn contents() -> Vec<Hostile> {
    let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{SCRIPT}</svg>");
    let html = format!("<!DOCTYPE html><html><body>{SCRIPT}</body></html>");
    let zip = b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
    let jpeg = after(b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xFF\xFE", &html);
    let macros = b"PK\x03\x04[Content_Types].xml word/document.xml word/vbaProject.bin";
    let action = pdf("js").replacen("/Catalog", "/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>", 1);
    vec![
        said("text/html", evidence("a picture that is a page", "照片.jpg", jpeg, End::Inert("image/jpeg"))),
        evidence("a page under a picture's name", "照片.jpg", html.as_str(), REFUSED),
        said("image/png", evidence("a drawing with a script, as a picture", "图.png", svg.as_str(), REFUSED)),
        said("image/svg+xml", evidence("a drawing with a script", "图.svg", svg.as_str(), REFUSED)),
        evidence("a page behind a mark and blanks", "记录.txt", format!("\u{FEFF}\n\t {html}"), REFUSED),
        evidence(
            "a page of XML",
            "记录.txt",
            format!("<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>{SCRIPT}</html>"),
            REFUSED,
        ),
        evidence("a PDF with a script", "会议.pdf", action, PDF),
        said("text/html", evidence("a PDF that is said to be a page", "会议.html", pdf("said to be a page"), PDF)),
        evidence("a PDF with a page before its end", "会议.pdf", format!("{}{html}", pdf("page")), PDF),
        evidence("a picture that is a zip", "照片.gif", [b"GIF89a\x01\0\x01\0\0\0\0;".as_slice(), zip].concat(), End::Inert("image/gif")),
        evidence("a picture that is a script", "照片.gif", "GIF89a/*\0*/=alert(1)//", End::Inert("image/gif")),
        evidence("a picture that is a page, by WebP", "a.webp", after(b"RIFF\xFF\0\0\0WEBPVP8 ", &html), End::Inert("image/webp")),
        evidence("a program under a picture's name", "照片.jpg", after(b"MZ\x90\0\x03\0\0\0", "This program"), REFUSED),
        evidence("a program of another system", "会议.pdf", after(b"\x7FELF\x02\x01\x01\0", ""), REFUSED),
        evidence("a script of the shell", "说明.txt", after(b"#!/bin/sh\n\x07", "rm -rf /"), REFUSED),
        evidence("a page in UTF-7", "说明.txt", "+ADw-script+AD4-alert(1)+ADw-/script+AD4-", End::Inert("text/plain; charset=utf-8")),
        evidence("a table of formulas", "数据.csv", "=cmd|' /C calc'!A0,=HYPERLINK(\"http://x\")\n", End::Inert("text/csv; charset=utf-8")),
        evidence("a document with macros", "方案.docx", macros.as_slice(), REFUSED),
        evidence("a document behind a password", "方案.docx", ole("EncryptedPackage", 0), REFUSED),
        evidence("a container of 19 MB that holds nothing", "方案.doc", ole("Nothing", 19), REFUSED),
        evidence("a zip", "材料.pdf", after(b"PK\x03\x04", "a.html"), REFUSED),
        evidence("nothing", "空.pdf", "", End::Refused("文件是空的")),
        evidence(
            "21 MB",
            "大.pdf",
            Content { head: b"%PDF-1.7\n".to_vec(), unit: vec![b'x'; 1 << 20], times: 21, tail: Vec::new() },
            End::Refused("超过 20 MB"),
        ),
        evidence(
            "200 MB",
            "大.pdf",
            Content { head: b"%PDF-1.7\n".to_vec(), unit: vec![b'x'; 1 << 20], times: 200, tail: Vec::new() },
            End::Refused("超过 20 MB"),
        ),
    ]
}

fn names(bait: &Bait) -> Vec<Hostile> {
    let named = |what, name: &str| evidence(what, name, pdf(what), PDF);
    vec![
        named("a name that climbs", &format!("{}{}", "../".repeat(12), &bait.path[1..])),
        named("a name that is a path", &bait.path),
        named("a name that climbs by the other stroke", "..\\..\\..\\Windows\\System32\\drivers\\etc\\hosts.pdf"),
        named("a name that climbs in percents", "..%2f..%2f..%2fetc%2fpasswd.pdf"),
        named("a name with NUL in percents", "a.pdf%00.exe"),
        Hostile { name: b"a\0.exe.pdf".to_vec(), end: End::Refused(""), ..named("a name with NUL", "") },
        Hostile { name: b"\xFF\xFE\xC0\xAF.pdf".to_vec(), ..named("a name of no encoding", "") },
        named("a name that is read from right to left", "付款\u{202E}fdp.exe"),
        named("a name of marks nobody sees", "\u{200B}\u{2066}\u{FEFF}.pdf"),
        named("a name of 300 characters", &format!("{}.pdf", "长".repeat(300))),
        named("a name that is a device", "CON.pdf"),
        named("a name that is a device, with two ends", "aux.tar.pdf"),
        named("a name that is a second stream", "a.pdf::$DATA"),
        named("a name with lines", "a%0D%0Acontent-type: text/html%0D%0A.pdf"),
        named("a name with markup", "<img src=x onerror=alert(1)>.pdf"),
        named("a name that is nothing but dots", "......"),
        named("a name that ends as a page", "会议.html"),
    ]
}
