//! Many at one address who mean no harm: an office of five hundred behind one wall, with one among them who does; and ten
//! thousand browsers that keep their connections.
use crate::Size;
use crate::client::Client;
use crate::kill9::serve;
use crate::people::Town;
use crate::probe::Memory;
use crate::report::Row;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Barrier;
use tokio::time::sleep;

/// Connections of one browser, and pages over each.
const OF_A_BROWSER: usize = 2;
const PAGES: [&str; 4] = ["/todo", "/me", "/notices", "/todo"];
/// What one asks for at once who wants everything: more than a person may.
const GREEDY: usize = 200;
/// What so many connections may cost, MiB.
const MOST: u64 = 300;
/// Between two requests over a connection that is kept.
const KEPT: Duration = Duration::from_secs(10);

pub async fn rows(size: Size) -> Vec<Row> {
    let (office, kept) = ("an office of 500 behind one address", "keep-alive connections");
    let people = size.of(120, 500);
    vec![
        at_one_address(office, people, None).await,
        at_one_address(&format!("{office}, control: all together ask for as much as one may"), people, Some("share-turns")).await,
        kept_alive(kept, size.of(500, 10_000)).await,
    ]
}

/// What the answers came to.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    pages: usize,
    told_to_wait: usize,
    failed: usize,
}

impl Sum {
    fn add(&mut self, other: Sum) {
        self.pages += other.pages;
        self.told_to_wait += other.told_to_wait;
        self.failed += other.failed;
    }
}

async fn at_one_address(name: &str, people: usize, defect: Option<&'static str>) -> Row {
    let town = Town::make(1, defect).await;
    let sessions = town.sessions(people + 1).await;
    let program = serve(&town.make);
    let begin = Arc::new(Barrier::new(people * OF_A_BROWSER + GREEDY));
    let (greedy, office) = sessions.split_first().expect("sessions");
    let start = Instant::now();
    let ask = |session: &String, rounds| tokio::spawn(browse(program.address.clone(), session.clone(), begin.clone(), rounds));
    let one: Vec<_> = (0..GREEDY).map(|_| ask(greedy, 4)).collect();
    let all: Vec<_> = office.iter().flat_map(|s| (0..OF_A_BROWSER).map(move |_| s)).map(|s| ask(s, 1)).collect();
    let (mut them, mut him) = (Sum::default(), Sum::default());
    for browser in all {
        them.add(browser.await.expect("a browser"));
    }
    let took = start.elapsed();
    for connection in one {
        him.add(connection.await.expect("a connection"));
    }
    let text = format!(
        "people={people} connections={} pages={} refused={} failed={} in={:.1}s; one who asks for {GREEDY} at once: pages={} told_to_wait={} failed={}",
        people * OF_A_BROWSER,
        them.pages,
        them.told_to_wait,
        them.failed,
        took.as_secs_f64(),
        him.pages,
        him.told_to_wait,
        him.failed,
    );
    let good = them.told_to_wait + them.failed + him.failed == 0 && him.told_to_wait > 0;
    Row::of(name, text, if defect.is_some() { them.told_to_wait > 0 } else { good })
}

/// Opens pages one after another, from the same moment on as everybody.
async fn browse(address: String, session: String, begin: Arc<Barrier>, rounds: usize) -> Sum {
    let mut sum = Sum::default();
    let client = Client::connect(&address, &session).await;
    begin.wait().await;
    let Ok(mut client) = client else { return Sum { failed: 1, ..sum } };
    for path in PAGES.iter().cycle().take(PAGES.len() * rounds) {
        match client.get(path).await {
            Ok(reply) if reply.status == 200 => sum.pages += 1,
            Ok(reply) if reply.status == 429 && reply.retry_after => sum.told_to_wait += 1,
            _ => {
                sum.failed += 1;
                return sum;
            }
        }
    }
    sum
}

/// Each connection asks for a page three times, and is kept in between.
async fn kept_alive(name: &str, many: usize) -> Row {
    let town = Town::make(1, None).await;
    let program = serve(&town.make);
    let memory = Memory::of(program.id());
    let open: Vec<_> = (0..many).map(|n| tokio::spawn(keep(program.address.clone(), town.reader.clone(), n, many))).collect();
    let (mut pages, mut failed) = (0, 0);
    for connection in open {
        match connection.await.expect("a connection") {
            Ok(n) => pages += n,
            Err(e) => {
                if failed < 3 {
                    eprintln!("  {e}");
                }
                failed += 1;
            }
        }
    }
    let (peak, idle) = (memory.peak(), memory.idle());
    let text = format!("connections={many} pages={pages} failed={failed} memory={peak}MiB of {MOST} (idle {idle}MiB)");
    Row::of(name, text, failed == 0 && peak <= MOST)
}

async fn keep(address: String, session: String, number: usize, of: usize) -> std::io::Result<usize> {
    // Spread over the time between two requests.
    sleep(KEPT.mul_f64(number as f64 / of as f64)).await;
    let mut client = Client::connect(&address, &session).await?;
    for turn in 0..3 {
        let reply = client.get("/notices").await?;
        if reply.status != 200 {
            return Err(std::io::Error::other(format!("answered {}", reply.status)));
        }
        if turn < 2 {
            sleep(KEPT).await;
        }
    }
    Ok(3)
}
