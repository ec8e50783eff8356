//! What a page is on paper.
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
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
        let file = STANDARD.decode(printed["data"].as_str().unwrap()).unwrap();
        let text = String::from_utf8_lossy(&file);
        text.matches("/Type /Page\n").count()
    }
}
