//! Style, script and icon, embedded. The name carries a hash of the content, so a browser may keep a
//! file for ever and gets the new one with the first page after an upgrade.
use crate::large_type::widened;
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};
use std::{io::Write, sync::LazyLock};

/// A file as it is served.
#[derive(Debug)]
pub struct Asset {
    /// `/assets/ui.<hash8>.css`
    pub path: String,
    pub media: &'static str,
    pub bytes: Vec<u8>,
    /// The same bytes compressed once, at start.
    pub gz: Vec<u8>,
}

/// The name holds the content's hash, so the answer never changes.
pub const CACHE_CONTROL: &str = "public, max-age=31536000, immutable";

static CSS: LazyLock<Asset> =
    LazyLock::new(|| embed("ui", "css", "text/css; charset=utf-8", widened(include_str!("../assets/ui.css")).as_bytes()));
static JS: LazyLock<Asset> = LazyLock::new(|| embed("ui", "js", "text/javascript; charset=utf-8", SCRIPT.as_bytes()));
static ICON: LazyLock<Asset> = LazyLock::new(|| embed("icon", "svg", "image/svg+xml", include_bytes!("../assets/icon.svg")));

/// One file for the browser, five for the reader; in this order.
const SCRIPT: &str = concat!(
    include_str!("../assets/ui.js"),
    include_str!("../assets/auto.js"),
    include_str!("../assets/draft.js"),
    include_str!("../assets/keys.js"),
    include_str!("../assets/help.js")
);

fn embed(stem: &str, ext: &str, media: &'static str, bytes: &[u8]) -> Asset {
    let digest = Sha256::digest(bytes);
    let hash: String = digest.iter().take(4).map(|b| format!("{b:02x}")).collect();
    let mut gz = GzEncoder::new(Vec::new(), Compression::best());
    // Writing into memory cannot fail; if it ever did, the file would go out uncompressed.
    let gz = gz.write_all(bytes).and_then(|()| gz.finish()).unwrap_or_default();
    Asset { path: format!("/assets/{stem}.{hash}.{ext}"), media, bytes: bytes.to_vec(), gz }
}

/// The asset at this path; a former version's name is nothing.
pub fn asset(path: &str) -> Option<&'static Asset> {
    [&*CSS, &*JS, &*ICON].into_iter().find(|asset| asset.path == path)
}

/// Where the style sheet is; only a page without the shell needs it.
pub fn css_path() -> &'static str {
    &CSS.path
}

/// Where the script is.
pub fn js_path() -> &'static str {
    &JS.path
}

/// Where the icon is; a `data:` icon would break the content policy.
pub fn icon_path() -> &'static str {
    &ICON.path
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn an_asset_is_found_by_the_name_that_carries_its_hash_and_by_no_other() {
        let css = asset(css_path()).unwrap();
        assert!(css.path.starts_with("/assets/ui.") && css.path.ends_with(".css"));
        assert_eq!(css.path.len(), "/assets/ui.12345678.css".len());
        assert!(asset("/assets/ui.css").is_none());
        assert!(asset("/assets/ui.00000000.css").is_none());
    }

    #[test]
    fn the_compressed_form_holds_the_same_bytes_and_keeps_to_its_weight() {
        for (path, limit) in [(css_path(), 10 * 1024), (js_path(), 20 * 1024), (icon_path(), 1024)] {
            let asset = asset(path).unwrap();
            let mut back = Vec::new();
            flate2::read::GzDecoder::new(&asset.gz[..]).read_to_end(&mut back).unwrap();
            assert_eq!(back, asset.bytes);
            assert!(asset.gz.len() <= limit, "{path} weighs {} bytes", asset.gz.len());
        }
    }
}
