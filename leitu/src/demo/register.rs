//! Members and posts of every branch. ID numbers bear a region code that no place has, so they are nobody's.
use super::chance::Chance;
use super::names;
use super::province::Branch;
use installation::Keys;
use kernel::{BusinessDate, MemberId, Result, TermId};
use members::{NewMember, NewTerm, Office, Typed};

pub struct Register {
    pub members: Vec<NewMember>,
    pub terms: Vec<NewTerm>,
    /// Secretary and an ordinary member of each branch, in the order of the branches.
    pub known: Vec<Known>,
}

#[derive(Clone, Debug)]
pub struct Known {
    pub secretary: (MemberId, String),
    pub member: (MemberId, String),
}

/// Formal members from which on a committee is due (《条例》第二十条).
const COMMITTEE: u32 = 7;
const OFFICERS: [Office; 5] = [Office::Secretary, Office::Organisation, Office::Publicity, Office::Discipline, Office::DeputySecretary];

impl Register {
    /// # Errors
    /// `member-name`, `id-number` …: something drawn is not in order.
    pub fn draw(chance: &mut Chance, keys: &Keys, branches: &[Branch], today: BusinessDate) -> Result<Register> {
        let mut register = Register { members: Vec::new(), terms: Vec::new(), known: Vec::new() };
        for branch in branches {
            register.branch(chance, keys, branch, today)?;
        }
        Ok(register)
    }
    fn branch(&mut self, chance: &mut Chance, keys: &Keys, branch: &Branch, today: BusinessDate) -> Result<()> {
        // A joint branch may have fewer than three; one of a hundred others should not, and has.
        let formal = if branch.joint || chance.percent(1) { 2 } else { chance.between(4, 14) };
        let probationary = u32::from(chance.percent(20));
        let first = self.members.len();
        for n in 0..formal + probationary {
            let status = if n < formal { "正式党员" } else { "预备党员" };
            self.person(chance, keys, branch, status, today)?;
        }
        let here = &self.members[first..];
        let (secretary, member) = (&here[0], &here[here.len() - 1]);
        self.known.push(Known { secretary: (secretary.id, secretary.name.clone()), member: (member.id, member.name.clone()) });
        let seats = match formal {
            0..COMMITTEE => 1,
            _ if chance.percent(6) => 2,
            _ => chance.between(4, 5),
        };
        // Three years from an election: a few are overdue.
        let from = today.plus_days(-i64::from(if chance.percent(4) { chance.between(1100, 1150) } else { chance.between(60, 1000) }));
        let posts = OFFICERS.iter().take(seats as usize).copied().chain((formal >= 12).then_some(Office::GroupLeader));
        let terms = posts.zip(here).map(|(office, m)| NewTerm { id: TermId::new(), member: m.id, org: branch.id, office, from, to: None });
        self.terms.extend(terms.collect::<Vec<_>>());
        Ok(())
    }
    fn person(&mut self, chance: &mut Chance, keys: &Keys, branch: &Branch, status: &str, today: BusinessDate) -> Result<()> {
        let n = self.members.len();
        let born = today.plus_days(-i64::from(chance.between(26 * 365, 58 * 365)));
        let joined = if status == "预备党员" {
            today.plus_days(-i64::from(chance.between(30, 330)))
        } else {
            born.plus_months(12 * i32::try_from(chance.between(20, 24)).unwrap_or(20))
        };
        let typed = Typed {
            name: &names::person(chance),
            status,
            id_number: &id_number(born, n),
            joined: &joined.to_string(),
            phone: &format!("100{:08}", 10_000_000 + n * 7919 % 90_000_000),
        };
        self.members.push(NewMember::parse(keys, branch.id, &typed, today)?);
        Ok(())
    }
}

/// Region 2199xx does not exist; the two digits and the order tell one member from another.
fn id_number(born: BusinessDate, n: usize) -> String {
    let body = format!("2199{:02}{:04}{:02}{:02}{:03}", n / 1000 % 100, born.year(), born.month(), born.day(), n % 1000);
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: usize = body.bytes().zip(weights).map(|(b, w)| usize::from(b - b'0') * w).sum();
    format!("{body}{}", ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][sum % 11])
}
