//! Bytes as people copy them: lower case, two digits each.

pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |n: u8| char::from(if n < 10 { b'0' + n } else { b'a' + n - 10 });
    let mut text = String::with_capacity(bytes.len() * 2);
    for b in bytes {
        text.push(digit(b >> 4));
        text.push(digit(b & 15));
    }
    text
}

/// Puts the bytes into `out`; `false` if it is not such a text.
pub(crate) fn unhex_into(text: &[u8], out: &mut Vec<u8>) -> bool {
    out.clear();
    let (pairs, rest) = text.as_chunks::<2>();
    for [high, low] in pairs {
        let (Some(high), Some(low)) = (value(*high), value(*low)) else { return false };
        out.push(high << 4 | low);
    }
    rest.is_empty()
}

pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 2);
    unhex_into(text.as_bytes(), &mut out).then_some(out)
}

/// Capitals are none of ours: each text has one form.
fn value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_and_nothing_else_is_read() {
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(unhex(&hex(&all)).unwrap(), all);
        for bad in ["0", "0g", "AB", " 00", "00 "] {
            assert_eq!(unhex(bad), None, "{bad}");
        }
    }
}
