//! 动态码 and 备用码 as pure functions: which step a code belongs to, and how a code is written and read.
use kernel::Instant;
use totp_rs::{Builder, Secret as Shared, Totp};

/// A code is another one every 30 seconds (RFC 6238, as every authenticator has it).
const SECONDS: i64 = 30;
/// So many steps a telephone's clock may be off, either way.
const DRIFT: i64 = 1;
const DIGITS: usize = 6;
/// Ten bytes are sixteen letters: 80 random bits.
pub const RECOVERY_BYTES: usize = 10;
const RECOVERY_LETTERS: usize = 16;

/// The step an instant lies in.
pub fn step_at(now: Instant) -> i64 {
    now.0.div_euclid(SECONDS * 1_000)
}

/// What the telephone and the installation both know.
#[derive(Clone)]
pub struct Secret([u8; 20]);

impl Secret {
    /// RFC 4226 recommends 160 bits.
    pub const BYTES: usize = 20;

    pub fn of(bytes: [u8; 20]) -> Self {
        Self(bytes)
    }
    pub fn bytes(&self) -> &[u8; 20] {
        &self.0
    }
    /// In groups of four, to be typed.
    pub fn groups(&self) -> String {
        grouped(&Shared::new_stack(self.0).to_base32())
    }
    /// What the square on the page says to an authenticator.
    pub fn address(&self, login: &str, issuer: &str) -> String {
        let secret = Shared::new_stack(self.0).to_base32();
        format!("otpauth://totp/{}?secret={secret}&issuer={}", encoded(login), encoded(issuer))
    }
    /// The step whose code was typed: one of those that may be told now, and later than `last`, the last one that was taken.
    pub fn step_of(&self, typed: &str, now: Instant, last: i64) -> Option<i64> {
        let (totp, here) = (self.totp()?, step_at(now));
        (here - DRIFT..=here + DRIFT).find(|step| *step > last && time_of(*step).is_some_and(|time| totp.check(typed, time).is_some()))
    }
    #[cfg(test)]
    fn code(&self, step: i64) -> Option<String> {
        Some(self.totp()?.generate(time_of(step)?).to_string())
    }
    fn totp(&self) -> Option<Totp> {
        // The window is ours, since a step may be taken once only.
        Builder::new().with_secret(Shared::new_stack(self.0)).with_skew(0).build().ok()
    }
}

fn time_of(step: i64) -> Option<u64> {
    u64::try_from(step.checked_mul(SECONDS)?).ok()
}

/// What somebody typed into the one field for both.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Typed {
    Code(String),
    Recovery(String),
    /// Neither has this form.
    Nothing,
}

impl Typed {
    /// Blanks, dashes, case and full-width signs do not matter.
    pub fn read(text: &str) -> Self {
        let plain: String = text.chars().map(narrow).filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
        if plain.len() == DIGITS && plain.bytes().all(|b| b.is_ascii_digit()) {
            Self::Code(plain)
        } else if plain.len() == RECOVERY_LETTERS {
            // The letters have neither 0 nor 1 nor 8; whoever reads one means the letter that looks like it.
            Self::Recovery(plain.replace('0', "O").replace('1', "I").replace('8', "B"))
        } else {
            Self::Nothing
        }
    }
}

/// A sign of a Chinese keyboard as the one it stands for.
fn narrow(sign: char) -> char {
    match sign {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(sign as u32 - 0xfee0).unwrap_or(sign),
        other => other,
    }
}

/// A recovery code as it is printed.
pub fn recovery_code(bytes: &[u8; RECOVERY_BYTES]) -> String {
    grouped(&Shared::new((*bytes).into()).to_base32())
}

fn grouped(letters: &str) -> String {
    let all: Vec<char> = letters.chars().collect();
    all.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

fn encoded(text: &str) -> String {
    let safe = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
    text.bytes().map(|b| if safe(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RFC: [u8; 20] = *b"12345678901234567890";

    fn at(seconds: i64) -> Instant {
        Instant(seconds * 1_000)
    }

    #[test]
    fn codes_are_those_of_rfc_6238() {
        // Its appendix B shows eight digits; six are the last of them.
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let step = step_at(at(seconds));
            assert_eq!(Secret::of(RFC).code(step).as_deref(), Some(code), "{seconds}");
            assert_eq!(Secret::of(RFC).step_of(code, at(seconds), 0), Some(step));
        }
    }

    #[test]
    fn a_code_is_taken_one_step_before_and_after_its_own_and_no_further() {
        let secret = Secret::of(RFC);
        let code = secret.code(1_000_000).unwrap();
        let taken: Vec<i64> = (999_990..1_000_010).filter(|step| secret.step_of(&code, at(step * 30), 0).is_some()).collect();
        assert_eq!(taken, [999_999, 1_000_000, 1_000_001]);
        assert_eq!(secret.step_of(&code, at(1_000_000 * 30), 999_999), Some(1_000_000));
        assert_eq!(secret.step_of(&code, at(1_000_000 * 30), 1_000_000), None, "it was taken already");
    }

    #[test]
    fn what_is_typed_is_read_whatever_keyboard_it_comes_from() {
        let letters = recovery_code(&[0xff; RECOVERY_BYTES]);
        assert_eq!(letters, "7777 7777 7777 7777");
        for text in ["123456", " 123 456 ", "１２３４５６", "123-456"] {
            assert_eq!(Typed::read(text), Typed::Code("123456".into()), "{text}");
        }
        for text in ["ABCD-EFGH-IJKL-OB27", "abcd efgh ijkl ob27", "ABCDEFGH1JKL0827", "ＡＢＣＤ efgh ijkl ob27"] {
            assert_eq!(Typed::read(text), Typed::Recovery("ABCDEFGHIJKLOB27".into()), "{text}");
        }
        for text in ["", "12345", "1234567", "abcdef", "ABCD-EFGH-IJKL-OB2", "动态码"] {
            assert_eq!(Typed::read(text), Typed::Nothing, "{text}");
        }
    }

    #[test]
    fn the_address_names_account_and_installation() {
        let address = Secret::of(RFC).address("lihong", "省直 工委");
        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        assert_eq!(address, format!("otpauth://totp/lihong?secret={secret}&issuer=%E7%9C%81%E7%9B%B4%20%E5%B7%A5%E5%A7%94"));
        assert_eq!(Secret::of(RFC).groups(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    }

    proptest! {
        #[test]
        fn no_code_is_taken_twice_and_none_outside_its_window(bytes: [u8; 20], here in 1_i64..100_000_000, off in -4_i64..=4, last in -4_i64..=4) {
            let secret = Secret::of(bytes);
            let code = secret.code(here + off).unwrap();
            let other = |step: &i64| secret.code(*step).unwrap() == code;
            let expected = (here - 1..=here + 1).filter(|step| *step > here + last).find(other);
            prop_assert_eq!(secret.step_of(&code, at(here * 30 + 7), here + last), expected);
        }
        #[test]
        fn a_recovery_code_reads_back_as_it_is_printed(bytes: [u8; RECOVERY_BYTES]) {
            let printed = recovery_code(&bytes);
            prop_assert_eq!(Typed::read(&printed.to_lowercase()), Typed::Recovery(printed.replace(' ', "")));
        }
    }
}
