//! The name a file is shown and downloaded under.
use crate::Kind;

/// Characters of a name.
const MAX: usize = 120;

/// The last part of what the browser sent, without signs that mean something to a file system or turn text around, and
/// with an end that fits the content: `付款.exe` that is a PDF becomes `付款.exe.pdf`.
pub(crate) fn plain(sent: &str, kind: Kind) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last
        .chars()
        .filter(|c| {
            !c.is_control() && !matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
        })
        .map(|c| if matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '%' | ';') { '_' } else { c })
        .collect();
    let kept = kept.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let (stem, end) = match kept.rsplit_once('.') {
        Some((stem, end)) if kind.extensions().contains(&end.to_ascii_lowercase().as_str()) => (stem, end),
        _ => (kept, kind.extensions().first().copied().unwrap_or("bin")),
    };
    // One for the dot, one for what is put before a device's name.
    let room = MAX - end.chars().count() - 2;
    let stem: String = stem.chars().take(room).collect();
    match stem.trim_end() {
        "" => format!("file.{end}"),
        stem if is_device(stem) => format!("_{stem}.{end}"),
        stem => format!("{stem}.{end}"),
    }
}

/// Windows writes to a device what is saved under such a name, whatever stands behind its first dot.
fn is_device(stem: &str) -> bool {
    let first = stem.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    matches!(first.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || first.strip_prefix("COM").or_else(|| first.strip_prefix("LPT")).is_some_and(|n| matches!(n.as_bytes(), [b'0'..=b'9']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_lose_their_paths_and_tricks() {
        for (sent, kept) in [
            ("会议记录.pdf", "会议记录.pdf"),
            ("C:\\文件\\会议.PDF", "会议.PDF"),
            ("../../etc/passwd", "passwd.pdf"),
            ("付款.exe", "付款.exe.pdf"),
            ("a\u{202E}fdp.exe", "afdp.exe.pdf"),
            ("x\r\ny<b>.pdf", "xy_b_.pdf"),
            ("CON.pdf", "_CON.pdf"),
            ("aux.tar.PDF", "_aux.tar.PDF"),
            ("lpt1", "_lpt1.pdf"),
            ("console.pdf", "console.pdf"),
            ("...", "file.pdf"),
            ("", "file.pdf"),
        ] {
            assert_eq!(plain(sent, Kind::Pdf), kept);
        }
        assert_eq!(plain("照片.jpeg", Kind::Jpeg), "照片.jpeg");
    }

    proptest! {
        #[test]
        fn any_name_becomes_a_plain_one(sent in "\\PC{0,300}|[\\x00-\\x7F]{0,300}") {
            let kept = plain(&sent, Kind::Png);
            prop_assert!(kept.chars().count() <= MAX && kept.to_lowercase().ends_with(".png"));
            prop_assert!(!kept.contains(['/', '\\', '"', '\0', '\r', '\n', ';']) && !kept.starts_with('.'));
        }
    }
}
