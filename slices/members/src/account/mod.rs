//! Accounts in bulk from members, with one-time codes to print. The system administrator sees names and branches only:
//! whoever runs the installation holds no business data.
pub mod pages;
mod store;

use accounts::NewPerson;
use db::Db;
use kernel::{MemberId, OrgId, Result};
use std::collections::BTreeSet;

db::row! {
    /// Somebody who has no account yet.
    #[derive(Clone, Debug)]
    pub struct Candidate { pub member: MemberId, pub name: String, pub org: OrgId }
}

/// A person for each member, under sign-in names nobody has: as the name sounds, with a number where that is taken.
///
/// # Errors
/// The engine's own.
async fn persons(db: &Db, chosen: &[Candidate]) -> Result<Vec<NewPerson>> {
    let (mut given, mut people) = (BTreeSet::new(), Vec::with_capacity(chosen.len()));
    for who in chosen {
        let sound = sound(&who.name);
        let mut login = sound.clone();
        let mut n = 1;
        while given.contains(&login) || access::by_login(db, &login).await?.is_some() {
            n += 1;
            login = format!("{sound}{n}");
        }
        people.push(NewPerson::parse(&who.name, &login, Some(who.member))?);
        given.insert(login);
    }
    Ok(people)
}

/// `liujianguo`; `dangyuan` for a name without a reading.
fn sound(name: &str) -> String {
    let key = search::sort_key(name);
    let plain: String = key.strip_suffix(name).unwrap_or(&key).chars().filter(char::is_ascii_alphanumeric).take(40).collect();
    if plain.len() < 2 { "dangyuan".into() } else { plain }
}

#[cfg(test)]
mod tests {
    use super::sound;

    #[test]
    fn a_sign_in_name_is_as_the_name_sounds() {
        assert_eq!([sound("刘建国"), sound("单玉"), sound("·")], ["liujianguo", "shanyu", "dangyuan"]);
    }
}
