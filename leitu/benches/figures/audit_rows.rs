//! The audit log as an exported file: how long the verifier takes, which needs no database, beside nothing but hashing as
//! many bytes.
use crate::report::{Report, ms};
use chain::{Checkpoint, Head, Heads, Row, Signer, Writer, link, verify_file};
use kernel::Instant as At;
use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::Path;
use std::time::Instant;

const SEGMENTS: u8 = 4;
/// One checkpoint for so many events, as the program makes them.
const SIGNED: usize = 1_000;

/// Fewer with `LEITU_BENCH_EVENTS`, to try it out.
fn events() -> usize {
    std::env::var("LEITU_BENCH_EVENTS").ok().and_then(|n| n.parse().ok()).unwrap_or(1_000_000)
}

/// What a saved score leaves.
fn body(n: usize) -> String {
    let at = 1_764_139_472_000 + n;
    format!(
        r#"{{"at":{at},"account":"019ac{n:027x}","actor":"王建国","role":"secretary","role_org":"019ab{n:027x}","session":"019ad{n:027x}","permission":"assessment.self.write","action":"score.save","object":"sheet:019ae{n:027x}","org":"019ab{n:027x}","reason":null,"before":{{"A1":"3.50"}},"after":{{"A1":"4.00","layer":"self"}}}}"#
    )
}

pub fn rows(report: &mut Report) {
    let (home, n) = (tempfile::tempdir().unwrap(), events());
    let path = home.path().join("audit.chain");
    let (bodies, last) = write(&path, n);
    let began = Instant::now();
    let copies = vec![chain::Kept::parse(&last).unwrap()];
    let file = BufReader::with_capacity(1 << 20, File::open(&path).unwrap());
    let whole = verify_file(file, copies).unwrap().unwrap();
    let took = began.elapsed();
    assert_eq!((whole.events, whole.signed, whole.copies), (n as u64, n as u64, 1));
    let bytes = vec![7_u8; 1 << 20];
    let began = Instant::now();
    let mut raw = ring::digest::Context::new(&ring::digest::SHA256);
    (0..bodies.div_ceil(bytes.len())).for_each(|_| raw.update(&bytes));
    std::hint::black_box(raw.finish());
    let raw = format!("SHA-256 of their {} MB {}", bodies / 1_000_000, ms(began.elapsed()));
    let what = format!("verifying {n} exported events, {} checkpoints, one copy", whole.checkpoints);
    report.row(&what, ms(took), "≤ 3 s", raw);
}

/// Writes the file; answers how many bytes its events have, and its last checkpoint as it is kept elsewhere.
fn write(path: &Path, n: usize) -> (usize, String) {
    let signer = Signer::of(&[1; 32]).unwrap();
    let mut writer = Writer::begin(BufWriter::new(File::create(path).unwrap()), &signer.public()).unwrap();
    let per_segment = n.div_ceil(usize::from(SEGMENTS));
    let (mut heads, mut bodies, mut last, mut seen) = (Heads::default(), 0, String::new(), 0);
    // Checkpoints stand first in the file, so the chain is walked twice: for its heads, then for its events.
    walk(n, per_segment, |row| {
        let head = Head { segment: row.segment.into(), seq: row.seq, hash: row.hash.into() };
        heads.set(head.clone());
        seen += 1;
        bodies += row.body.len();
        let ends = seen == n || row.seq == i64::try_from(per_segment).unwrap();
        if ends || seen % SIGNED == 0 {
            writer.head(&head).unwrap();
        }
        if seen == n || seen % SIGNED == 0 {
            let number = i64::try_from(seen.div_ceil(SIGNED)).unwrap();
            let checkpoint = Checkpoint::sign(&signer, number, At(0), &heads);
            writer.checkpoint(&checkpoint.note()).unwrap();
            last = checkpoint.copy(&heads);
        }
    });
    walk(n, per_segment, |row| writer.event(&row).unwrap());
    assert_eq!(writer.end().unwrap(), n as u64);
    (bodies, last)
}

fn walk(n: usize, per_segment: usize, mut each: impl FnMut(Row<'_>)) {
    let (mut segment, mut head) = (vec![0; 16], Vec::new());
    for i in 0..n {
        let seq = i64::try_from(i % per_segment + 1).unwrap();
        if seq == 1 {
            segment = vec![u8::try_from(i / per_segment).unwrap(); 16];
            head.clone_from(&segment);
        }
        let body = body(i);
        head = link(&segment, seq, &head, body.as_bytes()).to_vec();
        each(Row { segment: &segment, seq, hash: &head, body: body.as_bytes() });
    }
}
