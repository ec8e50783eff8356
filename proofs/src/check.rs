//! What is there, compared with what was said.
use crate::stage::{Hand, INDICATOR, PEOPLE};
use crate::work::{Journal, points};
use db::{Db, Result, params};
use kernel::{Points, SheetId};
use std::collections::{HashMap, HashSet};

/// What a comparison found wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Acknowledged and not there.
    pub lost: u64,
    /// There twice.
    pub doubled: u64,
    /// There in part, or nobody's.
    pub half: u64,
    /// The first of each, for whoever looks into it.
    pub words: Vec<String>,
}

impl Found {
    pub fn add(&mut self, other: Found) {
        self.lost += other.lost;
        self.doubled += other.doubled;
        self.half += other.half;
        self.words.extend(other.words);
        self.words.truncate(10);
    }
    pub fn half(&mut self, holds: bool, words: impl FnOnce() -> String) {
        if !holds {
            self.half += 1;
            self.words.push(words());
        }
    }
    pub fn is_nothing(&self) -> bool {
        self.lost + self.doubled + self.half == 0
    }
}

/// What stands in the database, person by person.
pub struct There {
    scores: HashMap<SheetId, (Points, i64)>,
    handed_in: HashSet<SheetId>,
    files: Vec<Vec<i64>>,
}

impl There {
    /// # Errors
    /// The engine's own: the database cannot be read.
    pub async fn read(db: &Db) -> Result<There> {
        db::row! { struct Score { sheet: SheetId, points: Points, rev: i64 } }
        let scores: Vec<Score> =
            db.lookup("SELECT sheet, points, rev FROM score WHERE indicator = $1 AND layer = 'acceptance'", &params![INDICATOR]).await?;
        let handed_in: Vec<SheetId> = db.lookup("SELECT id FROM sheet WHERE acceptance_state = 'submitted'", &[]).await?;
        let names: Vec<String> = db.lookup("SELECT name FROM file", &[]).await?;
        let mut files = vec![Vec::new(); PEOPLE];
        for name in names {
            let number = name.strip_prefix('e').and_then(|n| n.strip_suffix(".pdf")?.split_once('-'));
            if let Some((Ok(person), Ok(n))) = number.map(|(p, n)| (p.parse::<usize>(), n.parse::<i64>())) {
                files[person].push(n);
            }
        }
        files.iter_mut().for_each(|all| all.sort_unstable());
        let scores = scores.into_iter().map(|s| (s.sheet, (s.points, s.rev))).collect();
        Ok(There { scores, handed_in: handed_in.into_iter().collect(), files })
    }
    /// The journal of somebody who knows exactly what is there.
    pub fn journal(&self, person: usize, hand: &Hand) -> (usize, i64, i64) {
        let sheets = hand.sheets.iter().take_while(|s| self.handed_in.contains(s)).count();
        let saved = hand.sheets.get(sheets).and_then(|s| self.scores.get(s)).map_or(0, |(_, rev)| *rev);
        (sheets, saved, self.files[person].last().copied().unwrap_or(0))
    }
    /// Compares with what was acknowledged before (`floor`), and what can have been sent until afterwards (`ceiling`).
    pub fn compare(&self, hands: &[Hand], floor: &[Journal], ceiling: &[Journal]) -> Found {
        let mut found = Found::default();
        for (person, hand) in hands.iter().enumerate() {
            self.person(person, hand, &floor[person], &ceiling[person], &mut found);
        }
        found
    }
    fn person(&self, person: usize, hand: &Hand, floor: &Journal, ceiling: &Journal, found: &mut Found) {
        let (sheets, saved, _) = self.journal(person, hand);
        if sheets < floor.sheets {
            found.lost += (floor.sheets - sheets) as u64;
        } else if sheets == floor.sheets && saved < floor.saved {
            found.lost += floor.saved.abs_diff(saved);
        }
        found.half(sheets <= ceiling.sheets + 1, || format!("person {person} handed in {sheets} of {} sheets", ceiling.sheets));
        let more = hand.sheets.iter().skip(sheets).filter(|s| self.handed_in.contains(s)).count();
        found.half(more == 0, || format!("person {person}: a later sheet is handed in, an earlier is not"));
        for sheet in &hand.sheets {
            if let Some((value, rev)) = self.scores.get(sheet) {
                found.half(*value == points(*rev), || format!("sheet {sheet} has {value} at revision {rev}"));
            }
        }
        let files = &self.files[person];
        let distinct: HashSet<i64> = files.iter().copied().collect();
        found.doubled += (files.len() - distinct.len()) as u64;
        found.lost += (1..=floor.files).filter(|n| !distinct.contains(n)).count() as u64;
        let last = files.last().copied().unwrap_or(0);
        found.half(last <= ceiling.files + 1, || format!("person {person} has evidence {last}, of {}", ceiling.files));
    }
}
