//! A token that stands in every page, never twice as the same text: where pages travel compressed, their length would tell
//! an onlooker who can have something of his own printed beside it how much of the token he has guessed (BREACH).
use crate::session::{hash, hex};
use kernel::Uuid;

/// The mask before the masked token, both in hex. No token stays none.
pub(crate) fn masked(token: &str) -> String {
    if token.is_empty() {
        return String::new();
    }
    // The mask stands beside what it masks, so it need be new, not secret.
    let mask = hex(&hash(&Uuid::now_v7().to_string()));
    let token = mixed(&mask, token);
    mask + &token
}

/// The token of a page; anything else as it came.
pub(crate) fn unmasked(sent: &str) -> String {
    match sent.split_at_checked(MASK) {
        Some((mask, masked)) if masked.len() == MASK => mixed(mask, masked),
        _ => sent.to_owned(),
    }
}

/// Hex digits of a mask.
const MASK: usize = 64;

fn mixed(mask: &str, text: &str) -> String {
    let digit = |c: char| c.to_digit(16).unwrap_or_default();
    mask.chars().zip(text.chars()).filter_map(|(m, c)| char::from_digit(digit(m) ^ digit(c), 16)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_token_is_another_text_each_time_and_comes_back() {
        let token = hex(&hash("a session"));
        let (one, other) = (masked(&token), masked(&token));
        assert!(one != other && !one.contains(&token) && !other.contains(&token));
        assert_eq!((unmasked(&one), unmasked(&other)), (token.clone(), token.clone()));
        assert_eq!(unmasked(&token), token);
        assert_eq!(masked(""), "");
        for forged in ["", "x", "令牌", &"0".repeat(128), &"é".repeat(64), &format!("{one}0")] {
            assert_ne!(unmasked(forged), token, "{forged}");
        }
    }
}
