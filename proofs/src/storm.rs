//! Thousands sign in at the same moment: as many are hashed as there are cores, some wait, the others are told to come again
//! and come again, and whoever only looks at a page notices little of it.
use crate::kill9::serve;
use crate::people::{PASSWORD, Town};
use crate::probe::{Memory, Probe, Sight, named_threads};
use crate::report::Row;
use crate::visitor::Visitor;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Barrier;

/// Memory the storm may cost at its worst, MiB.
const MORE: u64 = 64;
/// How long anybody tries.
const PATIENCE: Duration = Duration::from_secs(240);

/// What came of one person's tries.
#[derive(Default)]
struct Came {
    inside: bool,
    sent_away: usize,
    other: usize,
}

pub async fn row(name: &str, people: usize, defect: Option<&'static str>) -> Row {
    let town = Town::make(people, defect).await;
    let program = serve(&town.make);
    let sight = Sight { address: program.address.clone(), session: town.reader.clone(), path: "/todo", kept: true };
    let (memory, probe) = (Memory::of(program.id()), Probe::start(sight));
    // Everybody has the form before them.
    let (begin, start) = (Arc::new(Barrier::new(people)), Instant::now());
    let knocking: Vec<_> = (0..people).map(|n| tokio::spawn(knock(program.address.clone(), format!("p{n}"), begin.clone()))).collect();
    let mut came = Vec::new();
    for person in knocking {
        came.push(person.await.expect("a person"));
    }
    let took = start.elapsed();
    let looks = probe.end().await;
    let (threads, more) = (named_threads(program.id(), "password"), memory.own_more());
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let count = |of: fn(&Came) -> usize| came.iter().map(of).sum::<usize>();
    let (inside, away, other) = (count(|c| usize::from(c.inside)), count(|c| c.sent_away), count(|c| c.other));
    let text = format!(
        "people={people} in={inside} after={:.0}s told_to_come_again={away} other={other} hashing_threads={threads} cores={cores} memory=+{more}MiB of {MORE} others_p95={} of 200ms others_failed={}",
        took.as_secs_f64(),
        looks.p95(),
        looks.failed,
    );
    let holds = inside == people && other == 0 && threads == cores && away > 0 && more <= MORE && looks.failed == 0;
    Row::of(name, text, if defect.is_some() { !holds } else { holds })
}

/// Tries until they are in: a page that says 503 says when to come again.
async fn knock(address: String, login: String, begin: Arc<Barrier>) -> Came {
    let mut came = Came::default();
    let visitor = async {
        let mut visitor = Visitor::at(&address).await?;
        visitor.get("/sign-in").await?;
        Ok::<_, std::io::Error>(visitor)
    };
    let visitor = visitor.await;
    begin.wait().await;
    let (Ok(mut visitor), start) = (visitor, Instant::now()) else { return Came { other: 1, ..came } };
    while !came.inside && start.elapsed() < PATIENCE {
        match visitor.sign_in(&login, PASSWORD).await {
            Ok(reply) if reply.status == 303 => came.inside = true,
            Ok(reply) if reply.status == 503 && reply.retry_after => {
                came.sent_away += 1;
                tokio::time::sleep(Duration::from_secs(5)).await;
            }
            Ok(_) => came.other += 1,
            Err(_) => {
                came.other += 1;
                return came;
            }
        }
    }
    came
}
