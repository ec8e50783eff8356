//! The file form: what is written comes back, and whatever is done to it is found.
#![allow(clippy::restriction, reason = "what is missing fails the test")]
use chain::{Broken, Checkpoint, Head, Heads, Kept, Row, Signer, Whole, Writer, link, verify_file};
use kernel::Instant;
use proptest::prelude::*;

/// The body of an event, by segment and number.
fn body(segment: u8, seq: i64) -> Vec<u8> {
    format!(r#"{{"at":{seq},"actor":"王五\n{segment}","action":"a.b"}}"#).into_bytes()
}

/// A log of segments of these lengths, with a checkpoint over all of it, as a file and as a copy kept elsewhere.
fn log(signer: &Signer, lengths: &[i64]) -> (Vec<u8>, Kept) {
    let mut file = Vec::new();
    let mut writer = Writer::begin(&mut file, &signer.public()).unwrap();
    let mut rows = Vec::new();
    let mut heads = Heads::default();
    for (n, length) in (0_u8..).zip(lengths) {
        let segment = vec![n; 16];
        let mut head = segment.clone();
        for seq in 1..=*length {
            head = link(&segment, seq, &head, &body(n, seq)).to_vec();
            rows.push((segment.clone(), seq, head.clone(), body(n, seq)));
        }
        if *length > 0 {
            heads.set(Head { segment, seq: *length, hash: head });
        }
    }
    heads.all().for_each(|head| writer.head(&head).unwrap());
    let checkpoint = Checkpoint::sign(signer, 1, Instant(0), &heads);
    writer.checkpoint(&checkpoint.note()).unwrap();
    for (segment, seq, hash, body) in &rows {
        writer.event(&Row { segment, seq: *seq, hash, body }).unwrap();
    }
    assert_eq!(writer.end().unwrap(), rows.len() as u64);
    (file, Kept { checkpoint, heads: Some(heads) })
}

fn signer() -> Signer {
    Signer::of(&[9; 32]).unwrap()
}

#[test]
fn a_file_is_whole_with_and_without_what_was_kept() {
    let (file, copy) = log(&signer(), &[3, 1, 7]);
    let whole = Whole { events: 11, segments: 3, checkpoints: 1, signed: 11, copies: 0 };
    assert_eq!(verify_file(file.as_slice(), vec![]).unwrap(), Ok(whole));
    let short = Kept { heads: None, ..copy.clone() };
    assert_eq!(verify_file(file.as_slice(), vec![copy, short]).unwrap(), Ok(Whole { copies: 2, ..whole }));
    let (empty, _) = log(&signer(), &[]);
    assert_eq!(verify_file(empty.as_slice(), vec![]).unwrap(), Ok(Whole { checkpoints: 1, ..Whole::default() }));
}

#[test]
fn a_log_written_anew_or_cut_is_whole_in_itself_and_not_against_what_was_kept() {
    let (_, copy) = log(&signer(), &[3, 4]);
    let number = 1;
    let (cut, _) = log(&signer(), &[3, 3]);
    assert!(verify_file(cut.as_slice(), vec![]).unwrap().is_ok());
    let gone = Broken::Gone { number, segment: "01".repeat(16), seq: 4 };
    assert_eq!(verify_file(cut.as_slice(), vec![copy.clone()]).unwrap(), Err(gone));
    let (without, _) = log(&signer(), &[3]);
    let gone = Broken::Gone { number, segment: "01".repeat(16), seq: 4 };
    assert_eq!(verify_file(without.as_slice(), vec![copy.clone()]).unwrap(), Err(gone));
    // Longer, but not what was signed: the copy's heads are there, its like among the checkpoints is not.
    let (other, _) = log(&signer(), &[3, 4, 1]);
    assert_eq!(verify_file(other.as_slice(), vec![copy.clone()]).unwrap(), Err(Broken::Record { number }));
    let short = Kept { heads: None, ..copy.clone() };
    assert_eq!(verify_file(cut.as_slice(), vec![short]).unwrap(), Err(Broken::Record { number }));
    let (strange, _) = log(&Signer::of(&[8; 32]).unwrap(), &[3, 4]);
    assert_eq!(verify_file(strange.as_slice(), vec![copy.clone()]).unwrap(), Err(Broken::Key { number }));
    let wrong = Kept { heads: log(&signer(), &[3, 3]).1.heads, ..copy };
    assert_eq!(verify_file(cut.as_slice(), vec![wrong]).unwrap(), Err(Broken::Heads { number }));
}

#[test]
fn a_length_that_lies_asks_for_no_memory_and_a_file_cut_between_records_is_no_file() {
    let (file, _) = log(&signer(), &[2]);
    let text = String::from_utf8(file).unwrap();
    let refused = |text: String| verify_file(text.as_bytes(), vec![]).unwrap_err().key;
    assert_eq!(refused(text.replace("checkpoint ", "checkpoint 9999999")), "audit-file");
    assert_eq!(refused(text.replace("checkpoint ", "checkpoint -")), "audit-file");
    assert_eq!(refused(text.replace("end 2\n", "")), "audit-file");
    assert_eq!(refused(text.replace("end 2", "end 3")), "audit-file");
    assert_eq!(refused(text.clone() + "\n"), "audit-file");
    assert_eq!(refused("x".repeat(1 << 20)), "audit-file");
    assert_eq!(refused(String::new()), "audit-file");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever single byte is changed, left out or put in, the file does not pass; and nothing panics.
    #[test]
    fn no_byte_of_a_file_can_be_changed(at in 0_usize..10_000, with in any::<u8>(), how in 0..3) {
        let (mut file, _) = log(&signer(), &[3, 2]);
        let at = at % file.len();
        match how {
            0 if file[at] == with => return Ok(()),
            0 => file[at] = with,
            1 => drop(file.remove(at)),
            _ => file.insert(at, with),
        }
        prop_assert!(!matches!(verify_file(file.as_slice(), vec![]), Ok(Ok(_))));
    }

    #[test]
    fn bytes_that_are_no_file_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let (mut file, _) = log(&signer(), &[1]);
        prop_assert!(verify_file(bytes.as_slice(), vec![]).is_err());
        file.truncate(80);
        file.extend(bytes);
        let _ = verify_file(file.as_slice(), vec![]);
    }
}
