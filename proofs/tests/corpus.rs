//! What the fuzzing of the parsers has kept, through the same functions: a file that was once a way in stays closed, and the corpus
//! still means something.
#![allow(clippy::restriction, reason = "in a test, what is missing is a failure")]
#[path = "../../fuzz/src/lib.rs"]
mod parsers;

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::path::Path;

type Parser = fn(&[u8]);

thread_local! {
    /// The last panic was of arithmetic that `calamine` leaves unchecked where it ships, and so does the fuzzing: in a build for
    /// tests it ends the child that reads, which is told as a broken table.
    static LIBRARY: Cell<bool> = const { Cell::new(false) };
}

#[test]
fn what_fuzzing_has_kept_harms_no_parser() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus");
    let targets: [(&str, Parser); 5] =
        [("scheme", parsers::scheme), ("csv", parsers::csv), ("xlsx", parsers::xlsx), ("audit", parsers::audit), ("path", parsers::path)];
    let mut folders: Vec<_> = std::fs::read_dir(&corpus).unwrap().map(|f| f.unwrap().file_name().into_string().unwrap()).collect();
    folders.sort();
    let mut names = targets.map(|(name, _)| name.to_owned());
    names.sort();
    assert_eq!(folders, names, "a folder of the corpus for each target");
    let told = take_hook();
    set_hook(Box::new(move |panic| {
        let place = panic.location().map_or("", |place| place.file());
        LIBRARY.set(place.contains("/calamine-") && panic.payload_as_str().is_some_and(|said| said.ends_with("with overflow")));
        if !LIBRARY.get() {
            told(panic);
        }
    }));
    let mut broken = Vec::new();
    for (name, parser) in targets {
        let files: Vec<_> = std::fs::read_dir(corpus.join(name)).unwrap().map(|f| f.unwrap().path()).collect();
        assert!(files.len() >= 3, "{name}: {} files", files.len());
        for file in files {
            let data = std::fs::read(&file).unwrap();
            LIBRARY.set(false);
            if catch_unwind(AssertUnwindSafe(|| parser(&data))).is_err() && !LIBRARY.get() {
                broken.push(file);
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// Seeds that lead as far as a parser goes: without them a corpus could be refused as a whole, at its first byte.
#[test]
fn of_each_kind_something_is_read_to_its_end() {
    let seed = |name: &str| std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus").join(name)).unwrap();
    assert!(scheme::parse_toml(std::str::from_utf8(&seed("scheme/shipped.toml")).unwrap()).is_ok());
    for file in ["csv/plain.csv", "xlsx/strings.xml", "xlsx/days.xml", "xlsx/deflated.xlsx"] {
        assert!(parsers::reads(&seed(file)), "{file}");
    }
    assert!(matches!(chain::verify_file(&seed("audit/whole.txt")[..], Vec::new()), Ok(Ok(whole)) if whole.signed == 3));
    assert!(kernel::OrgPath::parse(std::str::from_utf8(&seed("path/deep.txt")).unwrap()).is_ok());
}
