//! What the answer to a wrong password tells of the name: nothing. Not by its words, and not by how long it took.
use crate::client::Reply;
use crate::dice::Dice;
use crate::kill9::serve;
use crate::people::{PASSWORD, Town};
use crate::report::Row;
use crate::telephone::Telephone;
use crate::visitor::Visitor;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// Wrong tries of each kind of name: the sixth is refused as locked.
const TRIES: usize = 6;
/// Two samples that differ by more than this at one point are told apart by anybody. An honest program differs by chance only,
/// one that hashes for some and not for others by nearly 1.
const APART: f64 = 0.5;
/// The two-sample test of Kolmogorov and Smirnov finds no difference above this.
const P: f64 = 0.01;

/// `times` tries on as many names that are somebody's, and on as many that are nobody's.
pub async fn row(name: &str, times: usize, defect: Option<&'static str>) -> Row {
    let town = Town::make(times + 2, defect).await;
    town.add(&["waiting".into()], false).await;
    let program = serve(&town.make);
    disable(&program.address, &town, &format!("p{}", times + 1)).await;
    let names = [format!("p{times}"), "nobody".into(), "waiting".into(), format!("p{}", times + 1)];
    let mut wordings = BTreeSet::new();
    for login in &names {
        wordings.insert(words(&program.address, login).await);
    }
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    let (mut visitor, mut dice) = (Visitor::at(&program.address).await.expect("a connection"), Dice::new(3));
    for n in 0..times {
        // In an order of chance, so that what else goes on meets both alike.
        let known_first = dice.below(2) == 0;
        for turn in 0..2 {
            let is_known = (turn == 0) == known_first;
            let login = if is_known { format!("p{n}") } else { format!("u{n}") };
            let took = time(&mut visitor, &login).await;
            if is_known { known.push(took) } else { unknown.push(took) }
        }
    }
    let (apart, p) = kolmogorov_smirnov(&mut known, &mut unknown);
    let median = |all: &[Duration]| all[all.len() / 2].as_secs_f64() * 1000.0;
    let text = format!(
        "kinds_of_name={} wordings={} tries={times}+{times} median_known={:.1}ms median_unknown={:.1}ms apart={apart:.3} of {APART} ks_p={p:.3} over {P}",
        names.len(),
        wordings.len(),
        median(&known),
        median(&unknown),
    );
    Row::of(name, text, if defect.is_some() { apart > APART } else { wordings.len() == 1 && apart <= APART })
}

async fn time(visitor: &mut Visitor, login: &str) -> Duration {
    let start = Instant::now();
    let reply = visitor.sign_in(login, "a-wrong-one").await.expect("an answer");
    assert_eq!(reply.status, 422, "{}", reply.body);
    start.elapsed()
}

/// All answers to one name, without what is the request's own.
async fn words(address: &str, login: &str) -> String {
    let (mut visitor, mut all) = (Visitor::at(address).await.expect("a connection"), String::new());
    for _ in 0..TRIES {
        let reply = visitor.sign_in(login, "a-wrong-one").await.expect("an answer");
        all += &plain(&reply, login);
    }
    all
}

fn plain(reply: &Reply, login: &str) -> String {
    let hidden = ["name=\"_csrf\" value=\"", "name=\"_key\" value=\""];
    let cut = hidden.iter().fold(reply.body.replace(&format!("value=\"{login}\""), ""), |text, begin| {
        let pieces: Vec<&str> = text.split(begin).collect();
        let rest = pieces.iter().skip(1).map(|piece| piece.split_once('"').map_or("", |(_, rest)| rest));
        pieces.first().copied().into_iter().chain(rest).collect()
    });
    let lines: Vec<&str> =
        reply.head.lines().filter(|l| !["date:", "content-length:", "set-cookie:"].iter().any(|n| l.starts_with(n))).collect();
    format!("{}\n{cut}\n", lines.join("\n"))
}

async fn disable(address: &str, town: &Town, login: &str) {
    let mut admin = Visitor::at(address).await.expect("a connection");
    Telephone::of(&mut admin, "admin", PASSWORD).await.expect("an administrator");
    let sql = "SELECT id FROM account WHERE login = $1";
    let id: Vec<kernel::AccountId> = town.db.lookup(sql, &db::params![login]).await.expect("an account");
    admin.get(&format!("/people/{}", id[0])).await.expect("a page");
    let done = admin.post(&format!("/people/{}/disabling", id[0]), "").await.expect("an answer");
    assert_eq!(done.status, 303, "{}", done.body);
}

/// The largest distance between two empirical distributions, and how likely one at least as large is by chance.
fn kolmogorov_smirnov(a: &mut [Duration], b: &mut [Duration]) -> (f64, f64) {
    a.sort_unstable();
    b.sort_unstable();
    let share = |all: &[Duration], at: &Duration| all.partition_point(|d| d <= at) as f64 / all.len() as f64;
    let apart = a.iter().chain(b.iter()).map(|at| (share(a, at) - share(b, at)).abs()).fold(0.0, f64::max);
    let n = (a.len() * b.len()) as f64 / (a.len() + b.len()) as f64;
    let x = (n.sqrt() + 0.12 + 0.11 / n.sqrt()) * apart;
    let term = |k: i32| f64::from(if k % 2 == 0 { -2 } else { 2 }) * (-2.0 * f64::from(k * k) * x * x).exp();
    // Below this the series does not end soon, and there is no difference.
    let p = if x < 0.2 { 1.0 } else { (1..=100).map(term).sum::<f64>().clamp(0.0, 1.0) };
    (apart, p)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(from: u64, step: u64) -> Vec<Duration> {
        (0..200).map(|n| Duration::from_micros(from + n * step)).collect()
    }

    #[test]
    fn two_samples_of_one_kind_are_not_told_apart_and_two_of_different_kinds_are() {
        let (apart, p) = kolmogorov_smirnov(&mut sample(1000, 10), &mut sample(1005, 10));
        assert!(apart < 0.01 && p > 0.99, "{apart} {p}");
        let (apart, p) = kolmogorov_smirnov(&mut sample(1000, 10), &mut sample(1400, 10));
        assert!((0.19..0.22).contains(&apart) && p < 0.01, "{apart} {p}");
        let (apart, p) = kolmogorov_smirnov(&mut sample(1000, 1), &mut sample(90_000, 1));
        assert!(apart > 0.99 && p < 1e-9, "{apart} {p}");
    }
}
