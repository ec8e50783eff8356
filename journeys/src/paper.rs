//! What a page is on paper.
use serde_json::json;

use crate::browser::Browser;
use crate::driver::driver;

impl Browser {
    /// From now on the window shows what would be printed.
    pub fn show_paper(&self) {
        driver().devtools(&self.session, "Emulation.setEmulatedMedia", &json!({ "media": "print" }));
    }

    /// How many sheets the page takes, of the size and with the margins that it asks for.
    pub fn sheets_of_paper(&self) -> usize {
        let asked = json!({ "preferCSSPageSize": true });
        let printed = driver().devtools(&self.session, "Page.printToPDF", &asked);
        let file = decoded(printed["data"].as_str().unwrap());
        let text = String::from_utf8_lossy(&file);
        text.matches("/Type /Page\n").count()
    }
}

/// From base64.
fn decoded(text: &str) -> Vec<u8> {
    let (mut bytes, mut bits, mut held) = (Vec::with_capacity(text.len() * 3 / 4), 0_u32, 0);
    for letter in text.bytes() {
        let six = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => break,
        };
        (bits, held) = (bits << 6 | u32::from(six), held + 6);
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    bytes
}
