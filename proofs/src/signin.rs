//! The door: how many passwords and codes are looked at, how often somebody may guess, which sessions are dead, and what an answer tells.
//!
//! A thousand guesses more or less are told apart by the words of the answer: 不对 was looked at, 分钟后再试 was not.
use crate::client::Reply;
use crate::kill9::serve;
use crate::people::{PASSWORD, Town};
use crate::report::Row;
use crate::visitor::Visitor;
use crate::{Size, second_factor, stale, storm, telling};
use db::params;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Looked at of one account's guesses within half an hour.
const TRIES: usize = 5;
/// Guesses on their way at the same time.
const AT_ONCE: usize = 64;
/// People of a control.
const CONTROL: usize = 320;
const HALF_AN_HOUR: i64 = 30 * 60 * 1000;

pub async fn rows(size: Size) -> Vec<Row> {
    let (people, guesses) = (size.of(320, 2_000), size.of(200, 10_000));
    let (storming, guessing) = ("sign-in, many at once", "sign-in, guesses from unknown devices");
    let (dead, telling_names) = ("sign-in, stale cookies", "sign-in, what an answer tells of a name");
    let codes = "sign-in, codes of a second factor";
    vec![
        storm::row(storming, people, None).await,
        storm::row(&format!("{storming}, control: many threads, and a queue without an end"), people.min(CONTROL), Some("hash-eagerly"))
            .await,
        guessed(guessing, guesses, None).await,
        guessed(&format!("{guessing}, control: a counter for each device"), 100, Some("count-by-device")).await,
        stale::row(dead, None).await,
        stale::row(&format!("{dead}, control: sessions of before go on"), Some("keep-sessions")).await,
        telling::row(telling_names, size.of(60, 1_000).min(1_000), None).await,
        telling::row(&format!("{telling_names}, control: no hash for nobody"), 60, Some("name-tells")).await,
        second_factor::row(codes, size.of(2, 30), guesses, None).await,
        second_factor::row(&format!("{codes}, control: the step of a code is not kept"), 1, 40, Some("forget-step")).await,
    ]
}

/// What came of many guesses.
#[derive(Default)]
struct Sum {
    looked_at: AtomicUsize,
    locked: AtomicUsize,
    busy: AtomicUsize,
    inside: AtomicUsize,
    other: AtomicUsize,
}

impl Sum {
    fn add(&self, reply: &Reply) {
        let counter = match reply.status {
            303 => &self.inside,
            503 if reply.retry_after => &self.busy,
            422 if reply.body.contains("分钟后再试") => &self.locked,
            422 if reply.body.contains("登录名或密码不对") => &self.looked_at,
            _ => &self.other,
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }
    fn get(counter: &AtomicUsize) -> usize {
        counter.load(Ordering::Relaxed)
    }
}

/// All on one name, each from a browser that was never there; then some that know the password; then once more, half an hour
/// later.
async fn guessed(name: &str, guesses: usize, defect: Option<&'static str>) -> Row {
    let town = Town::make(1, defect).await;
    let program = serve(&town.make);
    // The owner's own browser.
    let mut owner = Visitor::at(&program.address).await.expect("a connection");
    let known = owner.sign_in("p0", PASSWORD).await.expect("an answer").status == 303;
    let first = run(&program.address, guesses, false).await;
    let second = run(&program.address, guesses / 10, true).await;
    let mut back = Visitor::with(&program.address, &owner.cookies()).await.expect("a connection");
    let _ = back.post("/sign-out", "").await;
    let mut owner = Visitor::with(&program.address, &owner.cookies()).await.expect("a connection");
    let owner_in = known && owner.sign_in("p0", PASSWORD).await.expect("an answer").status == 303;
    half_an_hour_later(&town).await;
    let third = run(&program.address, guesses / 10, false).await;
    let events: Vec<i64> = town.db.lookup("SELECT COUNT(*) FROM event WHERE action = 'sign-in.failed'", &[]).await.expect("events");
    let (looked_at, later, inside) = (Sum::get(&first.looked_at), Sum::get(&third.looked_at), Sum::get(&second.inside));
    let other: usize = [&first, &second, &third].iter().map(|s| Sum::get(&s.other)).sum();
    let text = format!(
        "guesses={guesses} evaluated={looked_at} in_the_next_half_hour={later} right_ones_let_in={inside} events={} owner_on_their_device={} busy={} other={other}",
        events.first().copied().unwrap_or(0),
        if owner_in { "in" } else { "out" },
        Sum::get(&first.busy),
    );
    let holds = looked_at == TRIES && later == TRIES && inside == 0 && other == 0 && events == [2 * TRIES as i64] && owner_in;
    Row::of(name, text, if defect.is_some() { looked_at > TRIES } else { holds })
}

/// `right` ones know the password.
async fn run(address: &str, guesses: usize, right: bool) -> Arc<Sum> {
    let (sum, left) = (Arc::new(Sum::default()), Arc::new(AtomicUsize::new(guesses)));
    let browsers: Vec<_> = (0..AT_ONCE.min(guesses))
        .map(|_| {
            let (sum, left, address) = (sum.clone(), left.clone(), address.to_owned());
            tokio::spawn(async move {
                let mut visitor = Visitor::at(&address).await.expect("a connection");
                while left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| n.checked_sub(1)).is_ok() {
                    visitor.forget();
                    let secret = if right { PASSWORD } else { "a-wrong-one" };
                    sum.add(&visitor.sign_in("p0", secret).await.expect("an answer"));
                }
            })
        })
        .collect();
    for browser in browsers {
        browser.await.expect("a browser");
    }
    sum
}

#[allow(clippy::disallowed_methods, reason = "it turns the clock")]
async fn half_an_hour_later(town: &Town) {
    let sql = "UPDATE attempt SET until = until - $1";
    town.db.write(async move |tx| tx.exec(sql, &params![HALF_AN_HOUR]).await).await.expect("a clock");
}
