//! Who is to be in a team, named in a field as people are known: by name, pinyin or sign-in name.
use crate::cycle::Cycle;
use access::Bearer;
use db::{Db, Result, Tx};
use kernel::AccountId;
use search::{Text, fits};
use std::collections::BTreeSet;
use web::Meant;

/// As many as anybody would choose from.
const FEW: usize = 12;

/// Somebody who may be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Of the cycle's own organisations, or above them. Whoever is sent from elsewhere is named by the sign-in name alone.
    near: bool,
    pub account: AccountId,
    pub login: String,
    pub name: String,
}

impl Person {
    /// A field that holds this means them.
    pub fn said(&self) -> String {
        format!("{}（{}）", self.name, self.login)
    }
    pub fn offered(&self) -> (String, String) {
        (self.login.clone(), self.said())
    }
}

/// Everybody who inspects.
///
/// # Errors
/// The engine's own.
pub async fn inspectors(tx: &mut Tx<'_>, cycle: &Cycle) -> Result<Vec<Person>> {
    let root = tree::node(tx, cycle.root).await?.path;
    let bearers = access::bearers(tx, "inspector").await?;
    let mut near = BTreeSet::new();
    for org in bearers.iter().filter_map(|b| b.org).collect::<BTreeSet<_>>() {
        let place = tree::node(tx, org).await?.path;
        if place.covers(&root) || root.covers(&place) {
            near.insert(org);
        }
    }
    let mut all: Vec<Person> = Vec::new();
    for Bearer { account, login, name, org } in bearers {
        let near = org.is_some_and(|org| near.contains(&org));
        match all.iter_mut().find(|p| p.account == account) {
            Some(person) => person.near |= near,
            None => all.push(Person { near, account, login, name }),
        }
    }
    Ok(all)
}

/// The names in a field: with spaces or commas between.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', '\u{3000}', ',', '，', '、', ';', '；', '\n', '\r', '\t']).filter(|piece| !piece.is_empty())
}

/// With whoever else is named by a sign-in name, since a committee may send anybody.
///
/// # Errors
/// The engine's own.
pub async fn and_others(db: &Db, mut all: Vec<Person>, text: &str) -> kernel::Result<Vec<Person>> {
    for said in pieces(text) {
        // Or as the field says them when it comes back.
        let login = said.split_once('（').map_or(said, |(_, login)| login.trim_end_matches('）'));
        if all.iter().all(|p| p.login != login)
            && let Some(other) = access::by_login(db, login).await?.filter(|a| a.disabled.is_none())
        {
            all.push(Person { near: false, account: other.id, login: other.login, name: other.name });
        }
    }
    Ok(all)
}

/// What the field came to.
pub struct Named {
    pub people: Vec<Person>,
    /// The first of whom it is not said who it is, and who it may be.
    pub open: Option<(String, Meant<Person>)>,
    /// The field as it would be typed now: of whoever is known, nobody is asked again.
    pub text: String,
}

/// Those of `all` that are named in `text`; `chosen` was picked for the first who may be several.
pub fn named(all: &[Person], text: &str, mut chosen: &str) -> Named {
    let mut pieces = pieces(text);
    let mut people: Vec<Person> = Vec::new();
    let joined = |people: &[Person], rest: Vec<&str>| {
        people.iter().map(Person::said).chain(rest.into_iter().map(str::to_owned)).collect::<Vec<_>>().join("、")
    };
    while let Some(piece) = pieces.next() {
        match meant(all, piece, &mut chosen) {
            Meant::One(person) if people.contains(&person) => {}
            Meant::One(person) => people.push(person),
            is => {
                let text = joined(&people, std::iter::once(piece).chain(pieces).collect());
                return Named { people, open: Some((piece.to_owned(), is)), text };
            }
        }
    }
    Named { text: joined(&people, Vec::new()), people, open: None }
}

fn meant(all: &[Person], typed: &str, chosen: &mut &str) -> Meant<Person> {
    if let Some(person) = all.iter().find(|p| p.login == typed || p.said() == typed) {
        return Meant::One(person.clone());
    }
    let called: Vec<&Person> = all.iter().filter(|p| p.near && p.name == typed).collect();
    let fit = || all.iter().filter(|p| p.near && fits(typed, &[Text::Person(&p.name)])).collect();
    let mut found = if called.is_empty() { fit() } else { called };
    if found.len() > 1 {
        // What was picked is the answer to the first question, and to no other.
        let picked = std::mem::take(chosen);
        if let Some(at) = found.iter().position(|p| p.login == picked) {
            found = vec![found.swap_remove(at)];
        }
    }
    match found.as_slice() {
        [] => Meant::Nothing,
        [one] => Meant::One((*one).clone()),
        few if few.len() <= FEW => Meant::Several(few.iter().map(|p| (*p).clone()).collect()),
        _ => Meant::Many,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(login: &str, name: &str) -> Person {
        Person { near: login != "far", account: AccountId::new(), login: login.into(), name: name.into() }
    }

    #[test]
    fn each_is_named_as_they_are_known_and_of_two_one_is_chosen_and_not_asked_about_again() {
        let all = [
            person("wq1", "王强"),
            person("wq2", "王强"),
            person("lihong", "李红"),
            person("zjg", "赵建国"),
            person("lh", "刘海"),
            person("far", "钱远"),
        ];
        let names = |n: &Named| n.people.iter().map(|p| p.login.clone()).collect::<Vec<_>>();
        let all_known = named(&all, "李红、zhaojianguo 刘海", "");
        assert!(all_known.open.is_none());
        assert_eq!(names(&all_known), ["lihong", "zjg", "lh"], "by name, by pinyin");
        assert_eq!(names(&named(&all, "lh，建国", "")), ["lh", "zjg"], "a sign-in name before initials");
        let asked = named(&all, "李红、王强、wq", "");
        assert_eq!(asked.text, "李红（lihong）、王强、wq");
        assert!(matches!(&asked.open, Some((piece, Meant::Several(two))) if piece == "王强" && two.len() == 2));
        let next = named(&all, &asked.text, "wq2");
        assert_eq!(next.text, "李红（lihong）、王强（wq2）、wq", "the second question is still open");
        let done = named(&all, &next.text, "wq1");
        assert_eq!((names(&done), done.open.is_none()), (vec!["lihong".into(), "wq2".into(), "wq1".into()], true));
        assert!(matches!(named(&all, "钱远", "").open, Some((_, Meant::Nothing))), "of elsewhere");
        assert_eq!(names(&named(&all, "far", "")), ["far"]);
    }
}
