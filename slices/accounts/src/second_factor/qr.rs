//! The square that a telephone reads: one path, drawn without script or style.
use kernel::{Error, Result};
use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write;

/// White around it, in squares, as readers need it.
const QUIET: i32 = 4;

pub struct Square {
    /// Squares on each side, with the white around.
    pub side: i32,
    pub path: String,
}

impl Square {
    /// # Errors
    /// `internal` if the text is longer than a square holds; names and sign-in names are far from it.
    pub fn of(text: &str) -> Result<Self> {
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).map_err(|e| Error::internal(format!("a square: {e:?}")))?;
        let mut path = String::new();
        for (x, y) in (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y))).filter(|(x, y)| code.get_module(*x, *y)) {
            let _ = write!(path, "M{},{}h1v1h-1z", x + QUIET, y + QUIET);
        }
        Ok(Self { side: code.size() + 2 * QUIET, path })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_names_fit_and_the_corners_stand_where_readers_look() {
        let longest = format!("otpauth://totp/{}?issuer={}", "%E7%9C%81".repeat(64), "%E7%9C%81".repeat(40));
        let square = Square::of(&longest).unwrap();
        let far = square.side - QUIET - 7;
        for corner in ["M4,4h1".to_owned(), format!("M{far},4h1"), format!("M4,{far}h1")] {
            assert!(square.path.contains(&corner), "{corner}");
        }
        assert!(!square.path.contains("M3,") && !square.path.contains(",3h1"));
    }
}
