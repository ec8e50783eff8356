//! Schemes and regulations to be published, fields that should hold a word, logs to be verified.
use super::{Content, End, Hostile, To};

fn scheme(what: &'static str, content: impl Into<Content>, words: &'static str) -> Hostile {
    Hostile::new(what, To::Publish("/schemes"), "办法.toml", content, End::Refused(words))
}
fn edition(what: &'static str, content: impl Into<Content>, words: &'static str) -> Hostile {
    Hostile::new(what, To::Publish("/standards"), "条例.txt", content, End::Refused(words))
}
fn log(what: &'static str, content: impl Into<Content>) -> Hostile {
    Hostile::new(what, To::Verifier, "log", content, End::Refused(""))
}
fn repeated(head: &str, unit: &str, times: usize, tail: &str) -> Content {
    Content { head: head.into(), unit: unit.into(), times, tail: tail.into() }
}
/// 64 KiB of one piece.
fn block(piece: &str) -> String {
    piece.repeat((64 << 10) / piece.len())
}

pub fn all() -> Vec<Hostile> {
    let key = format!("leitu-audit-v1 {}\n", "ab".repeat(32));
    let field = |what, name| Hostile::new(what, To::Field(name), "", repeated("", &block("x"), 1_600, ""), End::Refused(""));
    vec![
        scheme("lists, one in the other", repeated("x = ", &block("["), 12, ""), ""),
        scheme("tables, one in the other", repeated("[a", &block(".a"), 12, "]"), ""),
        scheme("tables within a line", repeated("x = ", &block("{a="), 12, ""), ""),
        scheme("a number of half a megabyte", repeated("x = ", &block("9"), 8, "\n"), ""),
        scheme("a number beyond all numbers", "x = 1e999999999\ny = -99999999999999999999999999\n", ""),
        scheme("a text nobody closes", repeated("x = '''", &block("a\n"), 12, ""), ""),
        scheme("a scheme of 100 MB", repeated("# ", &block("x"), 1_600, ""), "KB"),
        scheme("a scheme that is a PDF", "%PDF-1.7", ""),
        edition("a regulation of 100 MB", repeated("", &block("条"), 1_600, ""), "KB"),
        edition("chapters, one in the other", repeated("", &block("第一章 总则\n"), 12, ""), ""),
        edition("articles without an end", repeated("", &block("第一条 "), 12, ""), ""),
        field("a word of 100 MB before the file", "kind"),
        field("a token of 100 MB", "_csrf"),
        field("a key of 100 MB", "_key"),
        log("a log that is none", "x"),
        log("a log of one line of 100 MB", repeated("", &block("x"), 1_600, "")),
        log("an event of 2^62 bytes", format!("{key}event {0} 1 {0} 4611686018427387904\n", "00".repeat(32))),
        log("an event of 60 MB that ends early", format!("{key}event {0} 1 {0} 62914560\n{{", "00".repeat(32))),
        log("an event whose body is a depth", event(&key, &"[".repeat(1 << 20))),
        log("an event whose body is a number", event(&key, &format!("{{\"seq\":{}}}", "9".repeat(1 << 20)))),
        log("a number of events beyond all numbers", format!("{key}end 99999999999999999999999999\n")),
    ]
}

fn event(key: &str, body: &str) -> String {
    format!("{key}event {0} 1 {0} {1}\n{body}\nend 1\n", "00".repeat(32), body.len())
}
