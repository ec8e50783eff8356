//! What a page, a start and a memory cannot be below: the same bytes, process or rows without anything of the product around them.
use crate::load::province::Province;
use crate::load::server::{Server, binary};
use crate::report::ms;
use flate2::{Compression, write::GzEncoder};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The program asked for something that opens nothing, from its start to its end.
pub fn process() -> Duration {
    let began = Instant::now();
    let asked = Command::new(binary()).args(["workdays", "count", "2019-03-25", "2019-04-03"]).stdout(Stdio::null()).status();
    assert!(asked.unwrap().success());
    began.elapsed()
}

/// Memory of the program on a new database with nothing in it.
pub async fn memory_mib() -> u64 {
    let home = tempfile::tempdir().unwrap();
    let server = Server::start(home.path(), &["--empty"]);
    tokio::time::sleep(Duration::from_secs(3)).await;
    server.memory_mib()
}

/// Writing the finished database once more, byte by byte and on the disk.
pub fn copy(home: &Path) -> String {
    let bytes = std::fs::read(home.join("data/leitu.db")).unwrap();
    let began = Instant::now();
    let mut file = std::fs::File::create(home.join("copy")).unwrap();
    file.write_all(&bytes).unwrap();
    file.sync_all().unwrap();
    format!("writing its {:.0} MB {}", bytes.len() as f64 / 1e6, ms(began.elapsed()))
}

/// A page's words alone, at the best compression.
pub fn words(html: &str) -> usize {
    let (mut text, mut inside) = (String::new(), false);
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => text.push(c),
            _ => {}
        }
    }
    packed(text.split_whitespace().collect::<Vec<_>>().join(" ").as_bytes())
}

/// How long something is at the best compression.
pub fn packed(bytes: &[u8]) -> usize {
    let mut out = GzEncoder::new(Vec::new(), Compression::best());
    out.write_all(bytes).unwrap();
    out.finish().unwrap().len()
}

/// The kept figures of the cycle's root and of those just below it, read from the same database with no page around them.
pub async fn node_and_children(province: &Province) -> Duration {
    let (db, board) = (&province.db, province.cycle.to_string());
    let top = tree::path(db, province.root).await.unwrap().unwrap();
    let metrics = ["branches", "final"];
    assert_ne!(figures::of(db, &board, &top, &metrics).await.unwrap()[0], 0);
    let (began, times) = (Instant::now(), 200);
    for _ in 0..times {
        std::hint::black_box(figures::of(db, &board, &top, &metrics).await.unwrap());
        std::hint::black_box(figures::children(db, &board, Some(&top), &metrics).await.unwrap());
    }
    began.elapsed() / times
}
