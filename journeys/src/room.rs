//! Whether there is room for a page's letters on an office screen, in every size of type.
use crate::browser::{Browser, Device};

/// What an old monitor shows, in pixels.
const SCREENS: [u64; 2] = [1280, 1024];

/// For each size: a page wider than the screen, or a cell of a table whose words stand in a column of a few letters.
const CROWDED: &str = "const w = document.documentElement, out = []; \
    for (const size of ['', 'large', 'xlarge']) { \
        if (size) w.dataset.size = size; else delete w.dataset.size; \
        if (w.scrollWidth > w.clientWidth) out.push(size + ': ' + w.scrollWidth + ' > ' + w.clientWidth); \
        for (const cell of document.querySelectorAll('th, td')) { \
            const head = cell.closest('thead'); \
            if (head && getComputedStyle(head).position === 'absolute') continue; /* cards: read aloud, not seen */ \
            const box = cell.getBoundingClientRect(), letter = parseFloat(getComputedStyle(cell).fontSize); \
            const text = cell.innerText.trim(); \
            if (text.length >= 8 && box.width > 0 && box.width < 5 * letter && box.height > 7 * letter) { out.push(size + ': ' + text); break; } \
        } \
    } \
    delete w.dataset.size; return out";

impl Browser {
    /// What has no room on this page, as sentences; the page is not loaded anew.
    pub async fn crowded(&self) -> Vec<String> {
        let mut found = Vec::new();
        for width in SCREENS {
            self.resize_to(width, Device::Desktop.height(), false);
            let said = self.client.execute(CROWDED, vec![]).await.unwrap();
            found.extend(said.as_array().into_iter().flatten().filter_map(|line| Some(format!("{width} {}", line.as_str()?))));
        }
        self.resize(self.device, self.device.height());
        found
    }
}
