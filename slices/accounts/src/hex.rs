//! Bytes as hex, in cookies that we sign.

pub fn of(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// What is not hex ends the reading: a signature cut short fits nothing.
pub fn read(text: &str) -> Vec<u8> {
    let digit = |at: usize| text.get(at..at + 2).and_then(|two| u8::from_str_radix(two, 16).ok());
    (0..text.len()).step_by(2).map_while(digit).collect()
}
