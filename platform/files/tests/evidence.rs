//! Files in the store and rows on both engines.
#![allow(clippy::restriction, clippy::disallowed_methods, reason = "tests of the store have no events")]
use db::Db;
use files::{Kind, MAX_BYTES, NewFile, Store, Stored, citations, cite, cited, of_org, one, record, uncite};
use kernel::{BusinessDate, FileId, Instant, OrgId};
use std::path::Path;
use testkit::on_both;
use tokio::io::AsyncReadExt;

const PDF: &[u8] = b"%PDF-1.7 minutes";

fn day() -> BusinessDate {
    BusinessDate::parse("2019-03-25").unwrap()
}
/// All files below a folder.
fn blobs(dir: &Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(blobs(&path)) } else { found.push(path) }
    }
    found
}
async fn put(db: &Db, stored: &Stored, org: OrgId, at: i64) -> FileId {
    let file = NewFile { id: FileId::new(), stored: stored.clone(), org, account: None, effective: day(), received: Instant(at) };
    let id = file.id;
    db.write(async move |tx| record(tx, &file).await).await.unwrap();
    id
}

#[tokio::test]
async fn the_same_content_twice_is_one_blob_under_its_hash() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::open(home.path()).unwrap();
    let a = store.receive("会议.pdf", PDF).await.unwrap();
    let b = store.receive("又一份.pdf", PDF).await.unwrap();
    assert_eq!((a.hash, a.kind, a.size, a.name.as_str()), (b.hash, Kind::Pdf, PDF.len() as u64, "会议.pdf"));
    let hex: String = a.hash.iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(blobs(home.path()), [home.path().join(&hex[..2]).join(&hex[2..4]).join(&hex)]);
    let mut content = Vec::new();
    store.read(&a.hash).await.unwrap().read_to_end(&mut content).await.unwrap();
    assert_eq!(content, PDF);
    assert!(store.has(&a.hash) && !store.has(&[0; 32]));
    assert_eq!(store.read(&[0; 32]).await.unwrap_err().key, "file-lost");
}

#[tokio::test]
async fn what_is_not_taken_leaves_nothing() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::open(home.path()).unwrap();
    for (content, key) in [(&b""[..], "file-empty"), (b"<svg onload=alert(1)>", "file-kind"), (b"PK\x03\x04 zip", "file-kind")] {
        assert_eq!(store.receive("x.pdf", content).await.unwrap_err().key, key);
    }
    let mut large = store.begin("x.pdf").unwrap();
    large.write(&vec![b'a'; usize::try_from(MAX_BYTES).unwrap()]).unwrap();
    assert_eq!(large.write(b"a").unwrap_err().key, "file-too-large");
    drop(large);
    assert_eq!(blobs(home.path()), [""; 0].map(std::path::PathBuf::from));
}

/// The client hangs up, or the process is killed before the row: no row, and no blob that looks whole.
#[tokio::test]
async fn an_upload_broken_off_leaves_no_file() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::open(home.path()).unwrap();
    let broken = tokio_reader(PDF);
    assert_eq!(store.receive("x.pdf", broken).await.unwrap_err().key, "file-broken-off");
    assert_eq!(blobs(home.path()).len(), 0);
    let mut killed = store.begin("x.pdf").unwrap();
    killed.write(PDF).unwrap();
    std::mem::forget(killed);
    let left = blobs(home.path());
    assert!(left.len() == 1 && left[0].starts_with(home.path().join("incoming")));
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(25 * 3600);
    std::fs::File::options().write(true).open(&left[0]).unwrap().set_modified(old).unwrap();
    Store::open(home.path()).unwrap();
    assert_eq!(blobs(home.path()).len(), 0);
}

/// Gives its bytes, then fails as a connection does.
fn tokio_reader(bytes: &'static [u8]) -> impl tokio::io::AsyncRead + Unpin {
    struct Broken(Option<&'static [u8]>);
    impl tokio::io::AsyncRead for Broken {
        fn poll_read(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
            buffer: &mut tokio::io::ReadBuf<'_>,
        ) -> std::task::Poll<std::io::Result<()>> {
            std::task::Poll::Ready(match self.0.take() {
                Some(bytes) => {
                    buffer.put_slice(bytes);
                    Ok(())
                }
                None => Err(std::io::ErrorKind::ConnectionReset.into()),
            })
        }
    }
    Broken(Some(bytes))
}

#[tokio::test]
async fn one_file_is_cited_by_many_subjects() {
    let home = tempfile::tempdir().unwrap();
    let stored = Store::open(home.path()).unwrap().receive("会议.pdf", PDF).await.unwrap();
    on_both(&[files::MIGRATIONS], async |db| {
        let (org, other) = (OrgId::new(), OrgId::new());
        let a = put(&db, &stored, org, 10).await;
        let b = put(&db, &stored, org, 20).await;
        db.write(async move |tx| {
            cite(tx, b, "score/1/A1", org).await?;
            cite(tx, a, "score/1/A1", org).await?;
            cite(tx, a, "score/1/A1", org).await?;
            cite(tx, a, "problem/7", other).await
        })
        .await
        .unwrap();
        let ids = async |subject: &'static str| -> Vec<FileId> {
            db.read(async move |tx| cited(tx, subject).await).await.unwrap().into_iter().map(|f| f.id).collect()
        };
        assert_eq!((ids("score/1/A1").await, ids("problem/7").await), (vec![a, b], vec![a]));
        let found = db.read(async move |tx| citations(tx, a).await).await.unwrap();
        assert_eq!(found.iter().map(|c| (c.subject.as_str(), c.org)).collect::<Vec<_>>(), [("problem/7", other), ("score/1/A1", org)]);
        assert!(db.write(async move |tx| uncite(tx, a, "score/1/A1").await).await.unwrap());
        assert!(!db.write(async move |tx| uncite(tx, a, "score/1/A1").await).await.unwrap());
        assert_eq!(ids("score/1/A1").await, [b]);
        let row = db.read(async move |tx| one(tx, a).await).await.unwrap();
        assert_eq!((row.hash, row.effective, row.received, row.org), (stored.hash, day(), Instant(10), org));
        assert!(db.write(async move |tx| cite(tx, FileId::new(), "x", org).await).await.is_err(), "no citation without a file");
    })
    .await;
}

#[tokio::test]
async fn an_organisation_s_files_come_newest_first_page_by_page() {
    let home = tempfile::tempdir().unwrap();
    let stored = Store::open(home.path()).unwrap().receive("会议.pdf", PDF).await.unwrap();
    on_both(&[files::MIGRATIONS], async |db| {
        let (org, other) = (OrgId::new(), OrgId::new());
        let mut expected = Vec::new();
        for at in [1, 2, 2, 3, 3] {
            expected.push((Instant(at), put(&db, &stored, org, at).await));
        }
        put(&db, &stored, other, 9).await;
        expected.sort_unstable();
        expected.reverse();
        let (mut found, mut before) = (Vec::new(), None);
        loop {
            let page = db.read(async move |tx| of_org(tx, org, before, 2).await).await.unwrap();
            let Some(last) = page.last() else { break };
            before = Some((last.received, last.id));
            found.extend(page.iter().map(|f| (f.received, f.id)));
        }
        assert_eq!(found, expected);
    })
    .await;
}

#[tokio::test]
async fn only_pictures_and_pdf_are_shown_in_place() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::open(home.path()).unwrap();
    on_both(&[files::MIGRATIONS], async |db| {
        for (content, name, way) in [
            (PDF, "会 议.pdf", "inline; filename=\"___.pdf\"; filename*=UTF-8''%E4%BC%9A%20%E8%AE%AE.pdf"),
            (b"a,b", "x.csv", "attachment; filename=\"x.csv\"; filename*=UTF-8''x.csv"),
            (b"hello", "x.html", "attachment; filename=\"x.html.txt\"; filename*=UTF-8''x.html.txt"),
        ] {
            let stored = store.receive(name, content).await.unwrap();
            let id = put(&db, &stored, OrgId::new(), 1).await;
            let row = db.read(async move |tx| one(tx, id).await).await.unwrap();
            let header = |key, download| row.headers(download).into_iter().find(|(k, _)| *k == key).unwrap().1;
            assert_eq!(header("content-disposition", false), way);
            assert!(header("content-disposition", true).starts_with("attachment"));
            assert_eq!(header("x-content-type-options", false), "nosniff");
            let policy = header("content-security-policy", false);
            assert!(["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "sandbox"].iter().all(|p| policy.contains(p)));
            // Evidence must not stay on the disk of an office's common machine.
            assert_eq!(header("cache-control", false), "no-store");
        }
    })
    .await;
}
