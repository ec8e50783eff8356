//! What one person does and remembers: saves a score, hands a sheet in (which opens a problem), uploads evidence. An answer
//! of 2xx or 303 is remembered; what got no answer is sent again with the same key, as a browser would.
use crate::client::{Client, Reply};
use crate::dice::Dice;
use crate::stage::{Hand, INDICATOR};
use kernel::{Points, Uuid};
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// One thing somebody does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    Save,
    HandIn,
    Upload,
}

/// What one person knows.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    /// Sheets whose handing in was acknowledged.
    pub sheets: usize,
    /// The acknowledged revision of the next sheet's score.
    pub saved: i64,
    /// Pieces of evidence that were acknowledged; they are numbered from 1.
    pub files: i64,
    /// Sent, and no answer has come.
    pub pending: Option<(Deed, Uuid, bool)>,
    /// How many more sheets may be handed in now; there are not many.
    pub may_hand_in: usize,
    pub tally: Tally,
}

/// What all answers came to.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub acknowledged: u64,
    /// 503 with Retry-After.
    pub refused: u64,
    /// Whatever else came.
    pub surprises: Vec<String>,
    /// The longest time between two acknowledgements.
    pub longest: Duration,
    pub last: Option<Instant>,
}

/// A journal that is written by one person and read by the proof.
#[derive(Clone, Default)]
pub struct Known(Arc<Mutex<Journal>>);

impl Known {
    pub fn lock(&self) -> MutexGuard<'_, Journal> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
    pub fn copy(&self) -> Journal {
        self.lock().clone()
    }
}

/// Opened and shut by the proof: people rest while it is shut, and leave when it says so.
pub struct Gate {
    pub rest: AtomicBool,
    pub leave: AtomicBool,
    /// People connect again when a connection breaks; otherwise they leave then.
    stubborn: bool,
    address: Mutex<String>,
}

impl Gate {
    pub fn to(address: &str, stubborn: bool) -> Arc<Gate> {
        let (rest, leave) = (AtomicBool::new(false), AtomicBool::new(false));
        Arc::new(Gate { rest, leave, stubborn, address: Mutex::new(address.into()) })
    }
    /// The program answers elsewhere from now on.
    pub fn move_to(&self, address: &str) {
        address.clone_into(&mut self.address.lock().unwrap_or_else(PoisonError::into_inner));
    }
    fn address(&self) -> String {
        self.address.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The points that go with a revision: always below four, so that something is lost. Who sees one can tell the other.
pub fn points(rev: i64) -> Points {
    Points::hundredths(rev % 199 + 1)
}

/// Name and content of a piece of evidence.
pub fn evidence(person: usize, number: i64) -> (String, Vec<u8>) {
    let name = format!("e{person}-{number}.pdf");
    let size = usize::try_from(number * 7919 % 20_000).unwrap_or(0);
    let content = [b"%PDF-1.4\n", name.as_bytes(), &vec![b'x'; size]].concat();
    (name, content)
}

/// Works until the connection breaks, or the gate says that it is enough.
pub async fn work(person: usize, hand: Hand, known: Known, gate: Arc<Gate>) {
    let mut dice = Dice::new(person as u64 * 1000 + known.copy().tally.acknowledged);
    while !gate.leave.load(Ordering::Relaxed) {
        let end = day(person, &hand, &known, &gate, &mut dice).await;
        if end.is_ok() || !gate.stubborn {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn day(person: usize, hand: &Hand, known: &Known, gate: &Gate, dice: &mut Dice) -> io::Result<()> {
    let address = gate.address();
    let mut inspector = Client::connect(&address, &hand.inspector.session).await?;
    let mut secretary = Client::connect(&address, &hand.secretary.session).await?;
    while !gate.leave.load(Ordering::Relaxed) {
        // What is on its way is brought to its end first.
        if gate.rest.load(Ordering::Relaxed) && known.lock().pending.is_none() {
            tokio::time::sleep(Duration::from_millis(2)).await;
            continue;
        }
        let (deed, key, again, journal) = next(known, hand, dice);
        let client = if deed == Deed::Upload { &mut secretary } else { &mut inspector };
        let reply = send(client, deed, person, hand, &journal, key).await?;
        let busy = reply.status == 503;
        if !note(&mut known.lock(), deed, again, &reply) {
            return Ok(());
        }
        if busy {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
    Ok(())
}

/// What had no answer comes first.
fn next(known: &Known, hand: &Hand, dice: &mut Dice) -> (Deed, Uuid, bool, Journal) {
    let mut journal = known.lock();
    let (deed, key, again) = match journal.pending {
        Some((deed, key, _)) => (deed, key, true),
        None => (choose(&journal, hand, dice), Uuid::now_v7(), false),
    };
    journal.pending = Some((deed, key, again));
    (deed, key, again, journal.clone())
}

fn choose(journal: &Journal, hand: &Hand, dice: &mut Dice) -> Deed {
    let left = journal.sheets < hand.sheets.len();
    match dice.below(20) {
        0..3 if left && journal.saved > 0 && journal.may_hand_in > 0 => Deed::HandIn,
        0..17 if left => Deed::Save,
        _ => Deed::Upload,
    }
}

/// Does it as the journal says what comes next, over the connection of whoever does such things.
///
/// # Errors
/// The connection breaks.
pub async fn send(client: &mut Client, deed: Deed, person: usize, hand: &Hand, journal: &Journal, key: Uuid) -> io::Result<Reply> {
    match deed {
        Deed::Save => save(client, hand, journal, key).await,
        Deed::HandIn => hand_in(client, hand, journal, key).await,
        Deed::Upload => upload(client, person, hand, journal, key).await,
    }
}

async fn save(client: &mut Client, hand: &Hand, journal: &Journal, key: Uuid) -> io::Result<Reply> {
    let (sheet, rev, points) = (hand.sheets[journal.sheets], journal.saved, points(journal.saved + 1));
    let (csrf, i) = (&hand.inspector.csrf, INDICATOR);
    let form = format!("_csrf={csrf}&_key={key}&auto=1&field=s-{i}&s-{i}={points}&r-{i}=k{}&rev={rev}", rev + 1);
    client.post(&format!("/sheets/{sheet}/acceptance"), &form).await
}

async fn hand_in(client: &mut Client, hand: &Hand, journal: &Journal, key: Uuid) -> io::Result<Reply> {
    let form = format!("_csrf={}&_key={key}&do=submit", hand.inspector.csrf);
    client.post(&format!("/sheets/{}/acceptance", hand.sheets[journal.sheets]), &form).await
}

async fn upload(client: &mut Client, person: usize, hand: &Hand, journal: &Journal, key: Uuid) -> io::Result<Reply> {
    let (name, content) = evidence(person, journal.files + 1);
    let path = format!("/sheets/{}/evidence/{INDICATOR}", hand.secretary.sheet);
    client.upload(&path, &hand.secretary.csrf, &key.to_string(), &name, &content).await
}

/// Writes the answer down. False if it is one after which there is no use in going on.
fn note(journal: &mut Journal, deed: Deed, again: bool, reply: &Reply) -> bool {
    match (deed, reply.status) {
        (_, 503) if reply.retry_after => {
            journal.tally.refused += 1;
            return true;
        }
        (Deed::Save, 200) if revision(reply) == Some(journal.saved + 1) => journal.saved += 1,
        (Deed::Upload, 303) => journal.files += 1,
        // What was handed in cannot be handed in again: asked a second time, the sheet is locked.
        (Deed::HandIn, 303) | (Deed::HandIn, 409) if reply.status == 303 || again => {
            (journal.sheets, journal.saved) = (journal.sheets + 1, 0);
            journal.may_hand_in = journal.may_hand_in.saturating_sub(1);
        }
        (_, status) => {
            let text: String = reply.body.chars().filter(|c| !c.is_control()).take(300).collect();
            journal.tally.surprises.push(format!("{deed:?} was answered {status}: {text}"));
            return false;
        }
    }
    journal.pending = None;
    journal.tally.acknowledged += 1;
    let now = Instant::now();
    let since = journal.tally.last.replace(now).map_or(Duration::ZERO, |last| now - last);
    journal.tally.longest = journal.tally.longest.max(since);
    true
}

fn revision(reply: &Reply) -> Option<i64> {
    reply.body.split("data-rev=\"").nth(1).and_then(|rest| rest.split('"').next()?.parse().ok())
}
