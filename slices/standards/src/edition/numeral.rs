//! Chinese numerals as they number chapters and articles: 一 … 九百九十九.

const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// 1…999 in Chinese: 7 is 七, 12 is 十二, 120 is 一百二十, 205 is 二百零五. Above 999 in Arabic digits.
pub fn written(n: u16) -> String {
    if n > 999 || n == 0 {
        return n.to_string();
    }
    let (hundreds, tens, ones) = (n / 100, n / 10 % 10, n % 10);
    let mut out = String::new();
    if hundreds > 0 {
        out.push(digit(hundreds));
        out.push('百');
    }
    if tens > 0 {
        if tens > 1 || hundreds > 0 {
            out.push(digit(tens));
        }
        out.push('十');
    } else if hundreds > 0 && ones > 0 {
        out.push('零');
    }
    if ones > 0 {
        out.push(digit(ones));
    }
    out
}

/// The inverse of [`written`]; also takes Arabic digits (half or full width), 〇 for 零 and spaces between the
/// characters, as documents set in columns have them. `None` for anything that is no number from 1 to 999.
pub fn parse(text: &str) -> Option<u16> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).map(|c| if c == '〇' { '零' } else { c }).collect();
    let n = arabic(&plain).or_else(|| chinese(&plain))?;
    (1..=999).contains(&n).then_some(n)
}

fn arabic(text: &str) -> Option<u16> {
    let half: String = text
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(c as u32 - '０' as u32 + '0' as u32).unwrap_or(c),
            c => c,
        })
        .collect();
    let digits = !half.is_empty() && half.len() <= 3 && half.bytes().all(|b| b.is_ascii_digit());
    if digits { half.parse().ok() } else { None }
}

/// Adds up what is written and accepts it only if writing the sum gives the same text: 十一 yes, 一十一 no.
fn chinese(text: &str) -> Option<u16> {
    let mut sum = 0u16;
    let mut pending = None;
    for c in text.chars() {
        match c {
            '百' => sum += pending.take()? * 100,
            '十' => sum += pending.take().unwrap_or(1) * 10,
            '零' => pending = None,
            c => pending = Some(u16::try_from(DIGITS.iter().position(|d| *d == c)?).ok()?),
        }
        if sum > 999 {
            return None;
        }
    }
    let n = sum + pending.unwrap_or(0);
    (written(n) == text).then_some(n)
}

fn digit(n: u16) -> char {
    DIGITS.get(usize::from(n)).copied().unwrap_or('零')
}

#[cfg(test)]
mod tests {
    use super::{parse, written};

    #[test]
    fn every_number_to_999_is_read_as_it_is_written() {
        for n in 1..=999 {
            assert_eq!(parse(&written(n)), Some(n), "{}", written(n));
        }
        for (text, n) in
            [("十", 10), ("十一", 11), ("三十七", 37), ("一百", 100), ("一百零五", 105), ("一百一十", 110), ("九百九十九", 999)]
        {
            assert_eq!(parse(text), Some(n), "{text}");
            assert_eq!(written(n), text);
        }
    }

    #[test]
    fn digits_circles_and_spaced_numerals_are_read_too() {
        for (text, n) in [("12", 12), ("１２", 12), ("一百〇五", 105), ("三　十", 30)] {
            assert_eq!(parse(text), Some(n), "{text}");
        }
    }

    #[test]
    fn what_is_no_numeral_is_not_read_as_one() {
        for text in ["", "零", "一十一", "十十", "百", "二三", "一千", "九百百", "1000", "0", "四所", "九九百"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
