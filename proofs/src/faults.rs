//! The disk is full, does not take what it is given, or can only be read. The program never panics and never says that
//! something is kept when it is not; its pages are read all the while.
use crate::Size;
use crate::client::Client;
use crate::dice::Dice;
use crate::flow::Flow;
use crate::kill9::tell;
use crate::program::{Make, data, found, is_root, run};
use crate::report::{Row, is_timed};
use crate::stage::{self, Hand};
use crate::volume::Plain;
use db::{Db, params};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// How soon writing resumes once there is room.
const RESUMES: Duration = Duration::from_secs(5);
/// Injections of a control at most; it is over once it has lost something.
const CONTROL: usize = 20;
/// How long a trouble lasts.
const LASTS: Duration = Duration::from_millis(700);

pub async fn rows(size: Size) -> Vec<Row> {
    let (ignore, volume) = (Some("ignore-failure"), "read-only volume");
    let mut rows = vec![
        injected("EIO on fsync", &SYNCS, size.of(2, 40), None).await,
        injected("EIO on fsync, control: a failed commit is answered as done", &SYNCS[..1], CONTROL, ignore).await,
        read_only(volume, size.of(1, 10), None).await,
        read_only(&format!("{volume}, control: a failed commit is answered as done"), CONTROL, ignore).await,
    ];
    if !size.is_short() {
        let room = "ENOSPC in a commit";
        rows.push(full("disk full", size.of(1, 25)).await);
        rows.push(injected(room, &WRITES, size.of(1, 25), None).await);
        rows.push(injected(&format!("{room}, control: a failed commit is answered as done"), &WRITES, CONTROL, ignore).await);
    }
    rows
}

/// Whether somebody who was last here two minutes ago can look at the work of others.
async fn can_read(address: &str, hand: &Hand) -> bool {
    let Ok(mut client) = Client::connect(address, &hand.reader.session).await else { return false };
    let page = client.get(&format!("/sheets/{}", hand.sheets[0])).await;
    page.is_ok_and(|reply| reply.status == 200)
}

#[allow(clippy::disallowed_methods, reason = "the proof looks at the product from outside")]
async fn two_minutes_ago(url: &str, hand: &Hand) {
    let (db, account) = (Db::open(url).await.expect("the database"), hand.reader.account);
    let back = db.write(async move |tx| tx.exec("UPDATE session SET used = used - 120000 WHERE account = $1", &params![&account]).await);
    back.await.expect("a session");
}

/// A file system in memory with little room.
struct Small(tempfile::TempDir);

impl Small {
    fn make() -> Result<Small, String> {
        let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
        run(&["mount", "-t", "tmpfs", "-o", "size=192m", "tmpfs", &folder.path().to_string_lossy()])?;
        Ok(Small(folder))
    }
    /// Takes all the room that is left.
    fn fill(&self) {
        use std::io::Write;
        let mut filler = std::fs::File::create(self.filler()).expect("a file that fills");
        for size in [1 << 20, 4096, 512] {
            while filler.write_all(&vec![b'x'; size]).is_ok() {}
        }
    }
    fn filler(&self) -> PathBuf {
        self.0.path().join("filler")
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = run(&["umount", "-l", &self.0.path().to_string_lossy()]);
    }
}

async fn full(name: &str, times: usize) -> Row {
    let small = match is_root().then(Small::make) {
        Some(Ok(small)) => small,
        Some(Err(why)) => return Row::not_run(name, why),
        None => return Row::not_run(name, "needs root, to mount a small file system"),
    };
    let (home, outside) = (small.0.path(), tempfile::tempdir().expect("a folder"));
    let hands = stage::make(home, None, times / 8 + 3).await;
    let make = Make { defect: None, url: None, home: home.into(), log: outside.path().join("log") };
    let url = format!("sqlite:{}", data(home).join("leitu.db").display());
    let mut flow = Flow::start(make, hands);
    let (mut longest, mut dice) = (Duration::ZERO, Dice::new(17));
    for time in 0..times {
        flow.turn(time);
        tokio::time::sleep(Duration::from_millis(50 + dice.below(200))).await;
        two_minutes_ago(&url, &flow.hands[0]).await;
        small.fill();
        tokio::time::sleep(3 * LASTS).await;
        trouble(&mut flow, time).await;
        std::fs::remove_file(small.filler()).expect("room again");
        match flow.everybody_again().await {
            Some(back) => longest = longest.max(back),
            None => flow.found.half(false, || format!("after time {time} not everybody could save again")),
        }
        flow.rest().await;
        flow.compare(&url, false).await;
        flow.go_on();
    }
    flow.rest().await;
    flow.look(&url).await;
    flow.leave().await;
    flow.found.half(longest <= RESUMES || !is_timed(), || format!("writing resumed only after {longest:?}"));
    tell(name, &format!("injections={times} resumed_in={:.1}s", longest.as_secs_f64()), &flow.make, &flow.known, &flow.found)
}

/// While it lasts pages are read and the program runs.
async fn trouble(flow: &mut Flow, time: usize) {
    let address = flow.program().address.clone();
    let readable = can_read(&address, &flow.hands[time % flow.hands.len()]).await;
    flow.found.half(readable, || format!("time {time}: a page could not be read"));
    let lives = flow.program().lives();
    flow.found.half(lives, || format!("time {time}: the program has ended"));
}

/// What is made to fail in a running process, once.
#[derive(Clone, Copy)]
struct Fault {
    /// System calls by name.
    calls: &'static str,
    error: &'static str,
    /// The file below the data directory; any if there is none.
    file: Option<&'static str>,
}

/// The log takes a commit, the file takes a checkpoint, the store takes evidence: each may not come through.
const SYNCS: [Fault; 4] = [
    Fault { calls: "fsync,fdatasync", error: "EIO", file: Some("leitu.db-wal") },
    Fault { calls: "fsync,fdatasync", error: "EIO", file: None },
    Fault { calls: "fsync,fdatasync", error: "EIO", file: Some("leitu.db-wal") },
    Fault { calls: "fsync,fdatasync", error: "EIO", file: Some("leitu.db") },
];
/// No room for a page of the log.
const WRITES: [Fault; 1] = [Fault { calls: "pwrite64", error: "ENOSPC", file: Some("leitu.db-wal") }];

/// Makes one system call of a running process fail; lets go of it when dropped.
struct Inject(Child);

impl Inject {
    fn attach(process: u32, fault: Fault, nth: u64, data: &Path, log: &Path) -> Result<Inject, String> {
        let (trace, inject) = (format!("trace={}", fault.calls), format!("inject={}:error={}:when={nth}", fault.calls, fault.error));
        let mut command = Command::new("strace");
        command.args(["-f", "-qq", "-o"]).arg(log).args(["-e", &trace, "-e", &inject, "-p", &process.to_string()]);
        if let Some(file) = fault.file {
            command.arg("-P").arg(data.join(file));
        }
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        child.map(Inject).map_err(|e| e.to_string())
    }
}

impl Drop for Inject {
    fn drop(&mut self) {
        // TERM, so that it lets go of the process.
        let _ = run(&["kill", &self.0.id().to_string()]);
        let _ = self.0.wait();
    }
}

/// A failed sync stays failed until a restart; want of room passes.
async fn injected(name: &str, faults: &[Fault], times: usize, defect: Option<&'static str>) -> Row {
    if !found("strace") {
        return Row::not_run(name, "needs strace");
    }
    let home = tempfile::tempdir().expect("a folder");
    let hands = stage::make(home.path(), None, times / 8 + 3).await;
    let make = Make { defect, url: None, home: home.path().into(), log: home.path().join("log") };
    let url = format!("sqlite:{}", data(home.path()).join("leitu.db").display());
    let mut flow = Flow::start(make, hands);
    let (mut dice, mut struck, mut after, stays) = (Dice::new(19), 0, 0, faults[0].error == "EIO");
    for time in 0..times {
        flow.turn(time);
        flow.everybody_again().await;
        two_minutes_ago(&url, &flow.hands[0]).await;
        let trace = home.path().join(format!("trace{time}"));
        let fault = faults[time % faults.len()];
        let inject = match Inject::attach(flow.program().id(), fault, 1 + dice.below(8), &data(home.path()), &trace) {
            Ok(inject) => inject,
            Err(why) => return Row::not_run(name, why),
        };
        let hit = until_struck(&trace).await;
        drop(inject);
        struck += usize::from(hit);
        // What was on its way when it happened has been answered by now.
        tokio::time::sleep(LASTS).await;
        let before = flow.acknowledged();
        tokio::time::sleep(LASTS).await;
        after += flow.acknowledged() - before;
        trouble(&mut flow, time).await;
        if stays {
            flow.restart(0);
        }
        flow.compare(&url, false).await;
        if defect.is_some() && flow.found.lost > 0 {
            break;
        }
        if defect.is_none() {
            let back = flow.everybody_again().await.is_some();
            flow.found.half(back, || format!("after time {time} not everybody could save again"));
        }
    }
    flow.rest().await;
    flow.look(&url).await;
    flow.leave().await;
    if defect.is_none() {
        flow.found.half(!stays || after == 0, || format!("{after} acknowledgements after a failed sync"));
        flow.found.half(struck == times, || format!("only {struck} of {times} calls failed"));
    }
    let afterwards = if stays { format!(" acknowledged_before_restart={after}") } else { String::new() };
    tell(name, &format!("injections={struck}{afterwards}"), &flow.make, &flow.known, &flow.found)
}

async fn until_struck(trace: &Path) -> bool {
    for _ in 0..500 {
        if std::fs::read_to_string(trace).is_ok_and(|text| text.contains("INJECTED")) {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    false
}

/// The file system finds an error of its own and lets nobody write any more, as `errors=remount-ro` says.
async fn read_only(name: &str, times: usize, defect: Option<&'static str>) -> Row {
    if !is_root() {
        return Row::not_run(name, "needs root and loop devices");
    }
    let mut volume = match Plain::make() {
        Ok(volume) => volume,
        Err(why) => return Row::not_run(name, why),
    };
    let home = volume.disk();
    let hands = stage::make(&home, None, times / 8 + 3).await;
    let make = Make { defect, url: None, home: home.clone(), log: volume.outside().join("log") };
    let url = format!("sqlite:{}", data(&home).join("leitu.db").display());
    let (mut flow, mut made) = (Flow::start(make, hands), 0);
    while made < times && flow.found.lost == 0 {
        let time = made;
        made += 1;
        flow.turn(time);
        flow.everybody_again().await;
        two_minutes_ago(&url, &flow.hands[0]).await;
        if let Err(why) = volume.break_down() {
            return Row::not_run(name, why);
        }
        tokio::time::sleep(LASTS).await;
        let before = flow.acknowledged();
        tokio::time::sleep(LASTS).await;
        let after = flow.acknowledged() - before;
        flow.found
            .half(after == 0 || defect.is_some(), || format!("time {time}: {after} acknowledgements on a volume that cannot be written"));
        trouble(&mut flow, time).await;
        // A start on such a volume shows pages too, and takes nothing.
        flow.restart(0);
        tokio::time::sleep(LASTS).await;
        trouble(&mut flow, time).await;
        let after = flow.acknowledged() - before;
        flow.found.half(after == 0 || defect.is_some(), || format!("time {time}: {after} acknowledgements after a start on it"));
        flow.kill(0);
        volume.mend().expect("a volume that is mended");
        flow.restart(0);
        flow.compare(&url, false).await;
        // Whoever has lost something asks for what nobody has.
        let back = flow.found.lost > 0 || flow.everybody_again().await.is_some();
        flow.found.half(back, || format!("after time {time} not everybody could save again"));
    }
    flow.rest().await;
    flow.look(&url).await;
    flow.leave().await;
    let row = tell(name, &format!("injections={made}"), &flow.make, &flow.known, &flow.found);
    drop(flow);
    row
}
