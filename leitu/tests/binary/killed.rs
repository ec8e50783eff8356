//! kill -9 while sixteen people save: whatever was acknowledged is there after the restart, and nothing is half there.
//!
//! A kill alone proves little about the disk (the system's cache survives it); it proves that no answer leaves before the
//! commit, that the log is recovered, and that a save, its event and its figures stand or fall together.
use crate::load::client::Client;
use crate::load::province::{Province, Seat};
use crate::load::server::Server;
use audit::Kept;
use installation::Keys;
use kernel::Points;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

const CLIENTS: usize = 16;
const ROUNDS: usize = 50;
const INDICATOR: &str = "A1";

/// What one person knows of their own score.
#[derive(Clone, Debug, Default)]
struct Known {
    /// Hundredths that the program said it had kept, and how often it said so.
    acknowledged: Option<i64>,
    saves: u64,
    /// Sent, and no answer came: it may be there or not.
    in_flight: Option<i64>,
    rev: i64,
}

/// Saves until the connection breaks.
async fn save_on(address: String, seat: Seat, known: Arc<Mutex<Known>>, start: i64) {
    let Ok(mut client) = Client::connect(&address, &seat.session).await else { return };
    let path = format!("/sheets/{}/self", seat.sheet);
    for n in start.. {
        let value = n % 200 + 1;
        let (points, key, rev) = (Points::hundredths(value), kernel::Uuid::now_v7(), known.lock().unwrap().rev);
        let form = format!("_csrf={}&_key={key}&auto=1&field=s-{INDICATOR}&s-{INDICATOR}={points}&r-{INDICATOR}=x&rev={rev}", seat.csrf);
        known.lock().unwrap().in_flight = Some(value);
        let Ok(reply) = client.post(&path, &form).await else { return };
        assert_eq!(reply.status, 200, "{}", reply.body);
        let rev = reply.body.split("data-rev=\"").nth(1).and_then(|rest| rest.split('"').next()?.parse().ok());
        let mut known = known.lock().unwrap();
        *known = Known { acknowledged: Some(value), saves: known.saves + 1, in_flight: None, rev: rev.expect("a revision") };
    }
}

/// Compares what is there with what was said; what was in flight is known from now on.
async fn compare(province: &Province, all: &[Arc<Mutex<Known>>], round: usize) {
    for (seat, known) in province.seats.iter().zip(all) {
        let id = seat.sheet;
        let scores = province.db.read(async move |tx| assessment::score::store::of_sheet(tx, id).await).await.unwrap();
        let there = scores.iter().find(|s| s.indicator == INDICATOR);
        let mut known = known.lock().unwrap();
        let value = there.map(|s| s.points.as_hundredths());
        let arrived = known.in_flight.is_some() && value == known.in_flight && there.map(|s| s.rev) != Some(known.rev);
        assert!(value == known.acknowledged || arrived, "round {round}: {value:?} is there, but {known:?} was said");
        if arrived {
            (known.acknowledged, known.saves) = (value, known.saves + 1);
        }
        (known.in_flight, known.rev) = (None, there.map_or(0, |s| s.rev));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_acknowledged_save_survives_fifty_kills() {
    let home = tempfile::tempdir().unwrap();
    let province = Province::make(home.path(), None, 40, CLIENTS).await;
    let all: Vec<Arc<Mutex<Known>>> = (0..CLIENTS).map(|_| Arc::default()).collect();
    let mut copies = Vec::new();
    // The same in every run, and spread over what a save takes.
    let mut dice = 7_u64;
    for round in 0..ROUNDS {
        let server = Server::start(home.path(), &[]);
        compare(&province, &all, round).await;
        let start = i64::try_from(round).unwrap() * 1000;
        let clients = province.seats.iter().zip(&all).enumerate();
        let saving: Vec<_> = clients
            .map(|(i, (seat, known))| tokio::spawn(save_on(server.address.clone(), seat.clone(), known.clone(), start + i as i64)))
            .collect();
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        tokio::time::sleep(Duration::from_millis(100 + (dice >> 33) % 400)).await;
        server.kill();
        for client in saving {
            client.await.unwrap();
        }
        keep(&province, &mut copies).await;
    }
    let last = Server::start(home.path(), &[]);
    compare(&province, &all, ROUNDS).await;
    drop(last);
    let said: u64 = all.iter().map(|k| k.lock().unwrap().saves).sum();
    println!("{said} saves over {ROUNDS} kills");
    assert!(said > 2 * (CLIENTS * ROUNDS) as u64, "only {said} saves were made: the kills proved little");
    let keys = Keys::open_or_make(&home.path().join("data/keys")).unwrap();
    everything_adds_up(&province, said, &keys, copies).await;
}

/// Keeps the newest checkpoint elsewhere, as somebody does who does not trust the machine.
async fn keep(province: &Province, copies: &mut Vec<Kept>) {
    let Some(newest) = audit::checkpoint::last(&province.db).await.unwrap() else { return };
    if copies.last().is_none_or(|kept| kept.checkpoint.number < newest.number) {
        let copy = province.db.read(async move |tx| audit::checkpoint::copy(tx, newest.number).await).await.unwrap().1;
        copies.push(Kept::parse(&copy).unwrap());
    }
}

/// As many events as saves, an unbroken chain that has all that was signed, figures equal to a recount.
async fn everything_adds_up(province: &Province, said: u64, keys: &Keys, copies: Vec<Kept>) {
    let db = &province.db;
    let events: i64 = db.lookup("SELECT COUNT(*) FROM event WHERE action = 'score.save'", &[]).await.unwrap()[0];
    assert_eq!(u64::try_from(events).unwrap(), said, "one event for each save that is there");
    println!("{} checkpoints were kept", copies.len());
    assert!(copies.len() > 1, "too few checkpoints were made to prove anything");
    let key = audit::signer(keys).unwrap().public();
    assert_eq!(audit::verify_against(db, Some(key), copies.clone()).await.unwrap().unwrap().copies, copies.len() as u64);
    assert_eq!(db.damage().await.unwrap(), Vec::<String>::new());
    while figures::fold(db).await.unwrap() > 0 {}
    let boards: BTreeMap<_, _> = leitu::house::recounts(db).await.unwrap().into_iter().collect();
    for (board, leaves) in boards {
        assert_eq!(figures::compare(db, &board, &leaves).await.unwrap(), []);
    }
}
