//! People who are nobody: valid ID numbers, phones and names, each once.
use crate::province::Province;

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &[u8; 11] = b"10X98765432";
/// The heads of a roster.
pub const HEADS: [&str; 5] = ["branch_code", "name", "id_number", "status", "phone"];

/// Somebody to be entered.
#[derive(Clone, Debug)]
pub struct Person {
    pub name: String,
    pub number: String,
    pub phone: String,
    /// Which branch of the province.
    pub branch: usize,
}

/// 18 signs by GB 11643-1999, made without the product's own arithmetic.
fn number(n: usize) -> String {
    let body = format!("2101{:02}{}{:02}{:02}{:03}", n % 24 + 1, 1950 + n % 53, n % 12 + 1, n % 28 + 1, n % 1_000);
    let sum: u32 = body.bytes().zip(WEIGHTS).map(|(d, w)| u32::from(d - b'0') * w).sum();
    format!("{body}{}", char::from(CHECKS[sum as usize % CHECKS.len()]))
}

/// Three signs no two share, out of the commonest twenty thousand.
fn name(n: usize) -> String {
    let sign = |at: usize| char::from_u32(0x4E00 + (at % 20_900) as u32).expect("a sign");
    [n * 7_919 + 1, n * 104_729 + 2, n * 15_485 + n / 20_900 + 3].into_iter().map(sign).collect()
}

/// So many people from `first` on, spread over some branches.
pub fn people(first: usize, count: usize, branches: usize) -> Vec<Person> {
    let one = |n: usize| Person { name: name(n), number: number(n), phone: format!("139{:08}", n * 7_001 + 13), branch: n % branches };
    (first..first + count).map(one).collect()
}

impl Person {
    /// As a line of a roster.
    pub fn line(&self, province: &Province) -> Vec<String> {
        let code = province.branches[self.branch].1.clone();
        vec![code, self.name.clone(), self.number.clone(), "正式".into(), self.phone.clone()]
    }
    /// As a form.
    pub fn form(&self) -> String {
        format!("&name={}&status=formal&id_number={}&join_date=2010-07-01&phone={}", encoded(&self.name), self.number, self.phone)
    }
}

/// As a browser writes a text into a form.
pub fn encoded(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02X}")).collect()
}

/// A roster as csv.
pub fn csv(people: &[Person], province: &Province) -> String {
    people.iter().fold(HEADS.join(",") + "\n", |text, person| text + &person.line(province).join(",") + "\n")
}

/// A roster as the rows of a workbook.
pub fn rows(people: &[Person], province: &Province) -> Vec<Vec<String>> {
    let heads = HEADS.iter().map(|head| (*head).to_owned()).collect();
    std::iter::once(heads).chain(people.iter().map(|person| person.line(province))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_are_alike() {
        let all = people(0, 2_000, 7);
        for texts in [
            all.iter().map(|p| &p.name).collect::<BTreeSet<_>>(),
            all.iter().map(|p| &p.number).collect(),
            all.iter().map(|p| &p.phone).collect(),
        ] {
            assert_eq!(texts.len(), all.len());
        }
        assert_eq!(number(1).len(), 18);
    }
}
