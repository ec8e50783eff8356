//! Nothing leaves the machine: the program works where there is no network but loopback, and nobody of it, its children, its
//! database or its commands so much as tries to reach another address. A namespace of one's own has no way out, and the kernel counts
//! in it who looked for one (`OutNoRoutes`), and who asked a name server of this machine (`NoPorts`).
use crate::Size;
use crate::kill9::serve;
use crate::people::{PASSWORD, Town};
use crate::personal::office::Office;
use crate::personal::{Ways, enter};
use crate::program::{Make, run};
use crate::report::Row;
use crate::visitor::Visitor;
use rustix::thread::UnshareFlags;
use std::collections::{BTreeSet, VecDeque};
use tokio::runtime::Builder;

/// It looks for an address that is nobody's (TEST-NET-2) as it begins.
const CALL_HOME: &str = "call-home";
/// What a browser fetches by itself stands behind these; a link that somebody has to press is another matter.
const FETCHED: [&str; 8] =
    ["src=\"", "srcset=\"", "poster=\"", "data=\"", "<link rel=\"stylesheet\" href=\"", "action=\"", "url(", "@import "];

pub async fn rows(size: Size) -> Vec<Row> {
    let (sqlite, people, pages) = ("outbound, SQLite", size.of(20, 200), size.of(40, 400));
    let mut rows = vec![
        row(sqlite, (people, pages), Stage::Office { pg: false }, None).await,
        row(&format!("{sqlite}, control: it calls home"), (0, 1), Stage::Door, Some(CALL_HOME)).await,
    ];
    if !size.is_short() {
        rows.push(row("outbound, PostgreSQL", (people, pages), Stage::Office { pg: true }, None).await);
        rows.push(row("outbound, first start with the demo", (0, pages), Stage::Demo, None).await);
    }
    rows
}

/// What is driven.
#[derive(Clone, Copy, Debug)]
enum Stage {
    /// People are entered by file and form, pages looked at, a backup made, figures and log checked.
    Office { pg: bool },
    /// Somebody signs in.
    Door,
    /// A new data directory, loaded with the demo.
    Demo,
}

/// What was seen of it.
#[derive(Default)]
struct Seen {
    pages: usize,
    commands: usize,
    /// References to other hosts in what was answered.
    foreign: Vec<String>,
}

/// How often somebody looked for a way out, and for a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Tries {
    out: u64,
    names: u64,
}

async fn row(name: &str, size: (usize, usize), stage: Stage, defect: Option<&'static str>) -> Row {
    let done = tokio::task::spawn_blocking(move || apart(|| driven(size, stage, defect))).await.expect("a stage");
    let (seen, tries) = match done {
        Ok(Ok(done)) => done,
        Ok(Err(why)) | Err(why) => return Row::not_run(name, why),
    };
    seen.foreign.iter().for_each(|line| eprintln!("  {line}"));
    let text = format!(
        "pages={} commands={} foreign_references={} tries_to_leave={} names_asked={}",
        seen.pages,
        seen.commands,
        seen.foreign.len(),
        tries.out,
        tries.names
    );
    let quiet = tries == Tries { out: 0, names: 0 } && seen.foreign.is_empty();
    Row::of(name, text, if defect.is_some() { tries.out > 0 } else { quiet && seen.pages >= size.1 / 2 })
}

/// Runs work on a thread, and on whatever it starts, that has a loopback of its own and nothing beside.
///
/// # Errors
/// Why there is no such place on this machine.
fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, String> {
    let place = || {
        #[allow(deprecated, reason = "of a network only the thread that asks is moved, which shares no files by it")]
        rustix::thread::unshare(UnshareFlags::NEWNET).map_err(|e| format!("no network namespace can be made: {e}"))?;
        run(&["ip", "link", "set", "lo", "up"])?;
        Ok(work())
    };
    std::thread::scope(|scope| scope.spawn(place).join().expect("a thread apart"))
}

/// On that thread: what is seen, and what the kernel has counted when all has ended.
fn driven(size: (usize, usize), stage: Stage, defect: Option<&'static str>) -> Result<(Seen, Tries), String> {
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().map_err(|e| e.to_string())?;
    let before = tries();
    let seen = runtime.block_on(async {
        match stage {
            Stage::Office { pg } => office(size, pg).await,
            Stage::Door => Ok(door(defect).await),
            Stage::Demo => Ok(demo(size.1).await),
        }
    })?;
    let after = tries();
    Ok((seen, Tries { out: after.out - before.out, names: after.names - before.names }))
}

/// As the kernel has counted in this thread's namespace so far.
fn tries() -> Tries {
    let read = |file: &str| std::fs::read_to_string(format!("/proc/thread-self/net/{file}")).expect("the kernel's counters");
    let (four, six) = (read("snmp"), read("snmp6"));
    let of = |protocol: &str, counter: &str| -> u64 {
        let mut lines = four.lines().filter_map(|line| line.strip_prefix(protocol)?.strip_prefix(": "));
        let (heads, values) = (lines.next().expect("heads"), lines.next().expect("values"));
        let at = heads.split(' ').position(|head| head == counter).expect("a counter");
        values.split(' ').nth(at).and_then(|value| value.parse().ok()).expect("a count")
    };
    let out = six.lines().find_map(|line| line.strip_prefix("Ip6OutNoRoutes")?.trim().parse::<u64>().ok()).expect("a count");
    Tries { out: of("Ip", "OutNoRoutes") + out, names: of("Udp", "NoPorts") }
}

async fn office((people, pages): (usize, usize), pg: bool) -> Result<Seen, String> {
    let mut office = Office::open(pg, None).await?;
    enter(&mut office, &Ways::of(people)).await;
    let mut reader = Visitor::at(office.address()).await.expect("a connection");
    reader.take("leitu", &office.province.committee.session);
    let mut seen = Seen::default();
    looked_at(&mut reader, &["/todo", "/orgs", "/assess", "/imports"], pages, &mut seen).await;
    office.backed_up();
    seen.commands += 1;
    office.end();
    for words in [&["doctor"][..], &["audit", "verify"]] {
        let done = office.make.run(words);
        assert!(done.status.success(), "{words:?}: {}", String::from_utf8_lossy(&done.stderr));
        seen.commands += 1;
    }
    Ok(seen)
}

async fn door(defect: Option<&'static str>) -> Seen {
    let town = Town::make(1, defect).await;
    let program = serve(&town.make);
    let mut visitor = Visitor::at(&program.address).await.expect("a connection");
    assert_eq!(visitor.sign_in("p0", PASSWORD).await.expect("an answer").status, 303);
    Seen { pages: 1, ..Seen::default() }
}

async fn demo(pages: usize) -> Seen {
    let home = tempfile::tempdir().expect("a folder");
    let program = serve(&Make { defect: None, url: None, home: home.path().into(), log: home.path().join("log") });
    let mut seen = Seen::default();
    for role in ["committee", "secretary"] {
        let mut visitor = Visitor::at(&program.address).await.expect("a connection");
        visitor.get("/").await.expect("an answer");
        let begun = visitor.post(&format!("/start/{role}"), "").await.expect("an answer");
        assert_eq!(begun.status, 303, "{}", begun.body);
        looked_at(&mut visitor, &["/", "/todo"], pages / 2, &mut seen).await;
    }
    seen
}

/// Follows what can be followed, like somebody with time; what pages would have a browser fetch elsewhere is kept.
async fn looked_at(visitor: &mut Visitor, from: &[&str], most: usize, seen: &mut Seen) {
    let mut known: BTreeSet<String> = from.iter().map(|path| (*path).to_owned()).collect();
    let (mut next, mut looked): (VecDeque<String>, usize) = (known.iter().cloned().collect(), 0);
    while let Some(path) = next.pop_front().filter(|_| looked < most) {
        let reply = visitor.get(&path).await.expect("an answer");
        assert!(reply.status < 500, "{path}: {}", reply.status);
        looked += 1;
        seen.foreign.extend(foreign(&reply.head, &reply.body).into_iter().map(|found| format!("{path}: {found}")));
        for link in reply.body.split("href=\"/").skip(1).filter_map(|rest| rest.split(['"', '#']).next()) {
            let path = format!("/{}", link.replace("&amp;", "&").replace("&#38;", "&"));
            let leaves = path.starts_with("//") || path.starts_with("/sign-out") || path.starts_with("/start/renewal");
            if !leaves && known.insert(path.clone()) {
                next.push_back(path);
            }
        }
    }
    seen.pages += looked;
}

/// Hosts that a browser would ask by itself, or would be let to ask.
fn foreign(head: &str, body: &str) -> Vec<String> {
    let policy = head.lines().find_map(|line| line.strip_prefix("content-security-policy: ")).unwrap_or_default();
    let let_to = policy.split([' ', ';']).filter(|source| source.contains("//") || *source == "*" || *source == "https:");
    let asked = FETCHED.iter().flat_map(|before| body.split(before).skip(1)).map(|rest| rest.trim_start_matches(['"', '\'']));
    let asked = asked.filter(|rest| ["http:", "https:", "//", "ws:", "wss:"].iter().any(|start| rest.starts_with(start)));
    let_to.map(str::to_owned).chain(asked.map(|rest| rest.chars().take(60).collect())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_would_fetch_elsewhere_is_found_and_a_link_is_none() {
        let own = "<link rel=\"stylesheet\" href=\"/a.css\"><img src=\"/b.png\"><a href=\"https://elsewhere\">x</a><form action=\"/c\">";
        assert!(foreign("content-security-policy: default-src 'none'; img-src 'self' data:", own).is_empty());
        for (head, body) in [
            ("", "<img src=\"https://elsewhere/a.png\">"),
            ("", "<script src=\"//elsewhere/a.js\"></script>"),
            ("", "<style>@import \"https://elsewhere/a.css\"</style>"),
            ("", "<p style=\"background:url('http://elsewhere')\">"),
            ("content-security-policy: connect-src https://elsewhere", ""),
        ] {
            assert_eq!(foreign(head, body).len(), 1, "{head} {body}");
        }
    }

    #[test]
    fn a_try_to_leave_is_counted() {
        let seen = apart(|| {
            let before = tries();
            let far = std::net::TcpStream::connect("198.51.100.7:443").is_err();
            let asked = std::net::UdpSocket::bind("127.0.0.1:0").and_then(|s| s.send_to(b"a name", "127.0.0.1:53")).is_ok();
            (far && asked, before, tries())
        });
        match seen {
            Ok((both, before, after)) => {
                assert!(both && after == Tries { out: before.out + 1, names: before.names + 1 }, "{before:?} {after:?}");
            }
            Err(why) => println!("not run: {why}"),
        }
    }
}
