//! What a form showed when it was opened, so that whoever sends it later does not silently put back what somebody else has
//! changed meanwhile.
use sha2::{Digest, Sha256};

/// A mark of the values a form shows; it travels in the hidden field `seen`.
pub fn seen(values: &[&str]) -> String {
    let hash = values.iter().fold(Sha256::new(), |h, v| h.chain_update((v.len() as u64).to_be_bytes()).chain_update(v));
    hash.finalize().iter().take(12).fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

/// Whether the values of now are not those the form was opened with. A form without a mark (a program's) never is late.
pub fn late(mark: &str, values: &[&str]) -> bool {
    !mark.is_empty() && mark != seen(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_late_if_any_value_has_changed_and_only_then() {
        let mark = seen(&["a", "bc", ""]);
        assert!(!late(&mark, &["a", "bc", ""]) && !late("", &["x"]));
        for other in [["ab", "c", ""], ["a", "bc", "d"], ["b", "bc", ""], ["a", "", "bc"]] {
            assert!(late(&mark, &other), "{other:?}");
        }
        assert!(late(&mark, &["a", "bc"]));
    }
}
