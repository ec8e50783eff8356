//! The server of the database is restarted and replaced while everybody works: nothing is lost, nothing is done twice, people
//! hear at most that they should come again in a moment.
use crate::Size;
use crate::flow::Flow;
use crate::kill9::tell;
use crate::kill9pg::killed;
use crate::postgres::{Cluster, free_port, open_up};
use crate::program::Make;
use crate::report::{Row, is_timed};
use crate::stage;
use crate::twins;
use std::time::{Duration, Instant};

/// How soon everybody works again after the other server has taken over.
const BACK: Duration = Duration::from_secs(5);
const PATIENCE: Duration = Duration::from_secs(30);
const APART: Duration = Duration::from_millis(500);

pub async fn rows(size: Size) -> Vec<Row> {
    let (name, twice) = ("PostgreSQL promoted to a standby", "two processes, jobs");
    let mut rows = vec![
        promoted(name, size.of(1, 3), true).await,
        twins::jobs(twice, size.of(2, 20), None).await,
        twins::jobs(&format!("{twice}, control: a worker takes what another holds"), 2, Some("claim-anyway")).await,
    ];
    if !size.is_short() {
        rows.push(promoted(&format!("{name}, control: a standby nobody waits for"), 3, false).await);
        rows.push(killed("PostgreSQL restarted", size.of(1, 20), None).await);
        let killed = "two processes, one killed";
        rows.push(twins::killed(killed, size.of(1, 20), None).await);
        rows.push(twins::killed(&format!("{killed}, control: answers before the commit"), 10, Some("answer-first")).await);
    }
    rows
}

/// Two servers that take each other's place. The program knows both addresses and writes to the one that takes writes.
async fn promoted(name: &str, times: usize, waits: bool) -> Row {
    let home = tempfile::tempdir().expect("a folder");
    open_up(home.path());
    let (first, second) = (home.path().join("pg1"), home.path().join("pg2"));
    let mut leading = match Cluster::make(&first, &["wal_keep_size=256MB", "hot_standby=on"]) {
        Ok(cluster) => cluster,
        Err(why) => return Row::not_run(name, why),
    };
    let port = free_port().expect("a port");
    let url = format!("postgres://postgres@127.0.0.1:{},127.0.0.1:{port}/postgres?target_session_attrs=read-write", leading.port());
    let hands = stage::make(home.path(), Some(&leading.url()), times / 4 + 3).await;
    let mut following = leading.follower(&second, port).expect("a standby");
    ready(&leading, waits).await;
    // For a control the defect is in the servers' settings, not in the program.
    let defect = (!waits).then_some("none");
    let make = Make { defect, url: Some(url), home: home.path().into(), log: home.path().join("log") };
    let mut flow = Flow::start(make, hands);
    let (mut longest, mut made) = (Duration::ZERO, 0);
    for time in 0..times {
        made += 1;
        flow.turn(time);
        flow.everybody_again().await;
        // The two lose sight of each other before the end.
        following.kill();
        tokio::time::sleep(APART).await;
        leading.kill();
        following.start().expect("the standby");
        following.promote().expect("the standby takes over");
        following.wait_for_followers(false).await.expect("the new server");
        std::mem::swap(&mut leading, &mut following);
        match flow.everybody_again().await {
            Some(back) => longest = longest.max(back),
            None if !waits => {}
            None => flow.found.half(false, || format!("after promotion {time} not everybody could work again")),
        }
        flow.rest().await;
        flow.compare(&leading.url(), false).await;
        if !waits && flow.found.lost > 0 {
            break;
        }
        flow.go_on();
        let (folder, port) = (following.folder.clone(), following.port());
        drop(following);
        following = leading.follower(&folder, port).expect("another standby");
        ready(&leading, waits).await;
    }
    flow.rest().await;
    flow.look(&leading.url()).await;
    flow.leave().await;
    flow.found.half(longest <= BACK || !is_timed(), || format!("back only after {longest:?}"));
    tell(name, &format!("promotions={made} back_in={:.1}s", longest.as_secs_f64()), &flow.make, &flow.known, &flow.found)
}

async fn ready(leading: &Cluster, waits: bool) {
    leading.wait_for_followers(waits).await.expect("the server");
    let start = Instant::now();
    while waits && leading.followers().await.expect("the server") == 0 {
        assert!(start.elapsed() < PATIENCE, "the standby does not follow");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
