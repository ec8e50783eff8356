//! A value of a line in 待办 that names people: sealed where it is stored, opened only where the line is shown.
use crate::hex;
use installation::Keys;
use kernel::Result;

/// The name of such a value in the line's sentence.
const NAME: &str = "sealed";
const PLACE: &str = "todo|args|sealed";

/// The argument for a line whose sentence says `{ $sealed }`.
///
/// # Errors
/// `internal` if the machine gives no randomness.
pub fn sealed(keys: &Keys, text: &str) -> Result<(&'static str, String)> {
    Ok((NAME, hex::of(&keys.seal(PLACE, text)?)))
}

/// The value as it is read; what does not open is left out.
pub(crate) fn opened(keys: &Keys, name: &str, value: String) -> String {
    if name == NAME { keys.unseal(PLACE, &hex::read(&value)).unwrap_or_default() } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_value_is_read_with_the_keys_and_stands_nowhere_in_clear() {
        let dir = tempfile::tempdir().unwrap();
        let keys = Keys::open_or_make(dir.path()).unwrap();
        let (name, value) = sealed(&keys, "王某说").unwrap();
        assert!(!value.contains('王') && value.is_ascii());
        assert_eq!(opened(&keys, name, value), "王某说");
        assert_eq!(opened(&keys, "year", "2026".into()), "2026");
    }
}
