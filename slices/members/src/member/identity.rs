//! 公民身份号码 (GB 11643-1999): six digits of region, eight of birth, three of order, one that checks the rest.
use kernel::{BusinessDate, Error, Result};

/// A valid number of 18 characters. It has no `Display`: pages show [`IdNumber::masked`], storage gets a sealed form.
#[derive(Clone, PartialEq, Eq)]
pub struct IdNumber(String);

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &[u8; 11] = b"10X98765432";

impl IdNumber {
    /// Reads 18 characters (x or X last), or an old number of 15 digits, which gets its century and check digit.
    ///
    /// # Errors
    /// `id-number` at field `id_number`: wrong length, a birthday that never was or before 1900, a wrong check digit;
    /// `id-number-cut` where a spreadsheet that took it for a number has kept 15 digits of it.
    /// The error never carries the number.
    pub fn parse(text: &str) -> Result<Self> {
        let plain: String = text.trim().to_ascii_uppercase();
        let cut = plain.len() == 18 && plain.ends_with("000");
        let bad = || Error::invalid(if cut { "id-number-cut" } else { "id-number" }).at("id_number");
        let whole = match plain.len() {
            18 => plain,
            15 if plain.bytes().all(|b| b.is_ascii_digit()) => {
                let body = format!("{}19{}", &plain[..6], &plain[6..]);
                let check = char::from(check_of(body.as_bytes()).ok_or_else(bad)?);
                format!("{body}{check}")
            }
            _ => return Err(bad()),
        };
        let (body, last) = whole.as_bytes().split_at(17);
        if check_of(body).as_ref() != last.first() {
            return Err(bad());
        }
        let birth = format!("{}-{}-{}", &whole[6..10], &whole[10..12], &whole[12..14]);
        BusinessDate::parse(&birth).map_err(|_| bad())?;
        Ok(Self(whole))
    }
    /// Refuses the number of somebody who is not born yet: a digit of the year is wrong, and the check digit was made to fit.
    ///
    /// # Errors
    /// `id-number-future` at field `id_number`.
    pub fn born_by(self, today: BusinessDate) -> Result<Self> {
        let birth = format!("{}-{}-{}", &self.0[6..10], &self.0[10..12], &self.0[12..14]);
        let born = BusinessDate::parse(&birth).is_ok_and(|day| day <= today);
        if born { Ok(self) } else { Err(Error::invalid("id-number-future").at("id_number")) }
    }
    /// What lookup and sealing take; nothing else may.
    pub fn secret(&self) -> &str {
        &self.0
    }
    /// First six and last four: `210102********0010`.
    pub fn masked(&self) -> String {
        format!("{}********{}", &self.0[..6], &self.0[14..])
    }
}

impl std::fmt::Debug for IdNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.masked())
    }
}

fn check_of(body: &[u8]) -> Option<u8> {
    let digits = body.iter().map(|b| b.is_ascii_digit().then(|| u32::from(b - b'0')));
    let sum: Option<u32> = digits.zip(WEIGHTS).map(|(d, w)| d.map(|d| d * w)).sum();
    CHECKS.get(sum? as usize % 11).copied()
}

/// `138****1402`; what is not a mobile number keeps its last four characters only.
pub fn masked_phone(phone: &str) -> String {
    let n = phone.chars().count();
    let last: String = phone.chars().skip(n.saturating_sub(4)).collect();
    match n {
        0 => String::new(),
        11 => format!("{}****{last}", phone.chars().take(3).collect::<String>()),
        _ => format!("****{last}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_checked_by_their_own_last_digit_and_birthday() {
        for good in ["11010519491231002X", "11010519491231002x", "360426199101010071", "210102198001010010", "211402200002290031"] {
            assert!(IdNumber::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "440524188001014010",
            "440524188001010014",
            "21010219800101001",
            "210102198001010011",
            "2101021980010100100",
            "21010219800230001X",
        ] {
            assert!(IdNumber::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(IdNumber::parse("210102198001010000").err().map(|e| e.key), Some("id-number-cut"));
        assert_eq!(IdNumber::parse("210102198001010010").unwrap().masked(), "210102********0010");
        assert_eq!(IdNumber::parse("110105491231002").unwrap().secret(), "11010519491231002X");
    }

    #[test]
    fn nobody_s_number_names_a_birthday_to_come() {
        let on = |day: &str| IdNumber::parse("210102198001010010").unwrap().born_by(BusinessDate::parse(day).unwrap());
        assert!(on("1980-01-01").is_ok() && on("2026-06-15").is_ok());
        assert_eq!(on("1979-12-31").err().map(|e| (e.key, e.field)), Some(("id-number-future", Some("id_number"))));
    }

    #[test]
    fn a_phone_shows_its_ends_only() {
        assert_eq!(
            (masked_phone("13812341402").as_str(), masked_phone("8421").as_str(), masked_phone("").as_str()),
            ("138****1402", "****8421", "")
        );
    }
}
