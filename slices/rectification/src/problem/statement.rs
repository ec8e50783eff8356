//! The SQL of lists of problems: each statement has one way it can go, because SQLite has no statistics.
use access::Scope;
use db::{Result, Tx};

// A list is walked in its own order, or its organisations' problems are looked up and put in order: see [`Below`]. SQLite has no
// statistics, so each statement has one way it can go. `(due, id)` is one bound of the index: written as two it would be
// overlooked for the other bound of the same column.
macro_rules! rows {
    ($flag:literal, $from:expr, $where:expr $(, $more:expr)*) => {
        concat!(
            "SELECT ", columns!(), " FROM ", $from, " WHERE ", $where, "p.", $flag, " = $1 AND p.due <= $2 AND (p.due, p.id) > ($3, $4)",
            $($more,)* " ORDER BY p.due, p.id LIMIT $5"
        )
    };
}
macro_rules! number {
    ($flag:literal, $from:expr, $where:expr $(, $more:expr)*) => {
        concat!(
            "SELECT COUNT(*) FROM (SELECT 1 FROM ", $from, " WHERE ", $where, "p.", $flag,
            " = $1 AND p.due <= $2 AND (p.due, p.id) > ($3, $4)", $($more,)* " LIMIT $5) AS few"
        )
    };
}
macro_rules! left_behind {
    ($flag:literal) => {
        concat!(
            "SELECT COUNT(*) FROM problem_listing l JOIN problem p ON p.id = l.problem
             WHERE p.",
            $flag,
            " = $1 AND p.due >= $2 AND p.due <= $3 AND l.org IN EACH($7) AND l.board = $4 AND l.path >= $5 AND l.path < $6"
        )
    };
}
// A problem stands on a few boards and a board holds thousands of problems: joined to nothing, `l.board` keeps SQLite from
// going through the whole board for each problem.
macro_rules! listed {
    ($board:literal) => {
        concat!(" AND EXISTS (SELECT 1 FROM problem_listing l WHERE l.problem = p.id AND l.board || '' = ", $board, ")")
    };
}
macro_rules! placed {
    ($board:literal, $from:literal, $to:literal) => {
        concat!(
            " AND EXISTS (SELECT 1 FROM problem_listing l WHERE l.problem = p.id AND l.board || '' = ",
            $board,
            " AND l.path >= ",
            $from,
            " AND l.path < ",
            $to,
            ")"
        )
    };
}

/// The shapes of one statement: everything, each row that stands below a place, or what its few organisations have; any board,
/// one, or a place on it.
macro_rules! shapes {
    ($make:ident, $flag:literal, $asked:expr, $below:expr) => {
        match ($below, $asked.board.is_some(), !$asked.places.is_empty()) {
            (Below::Nothing, false, _) => $make!($flag, "problem p", ""),
            (Below::Nothing, true, false) => $make!($flag, "problem p", "", listed!("$6")),
            (Below::Nothing, true, true) => $make!($flag, "problem p", "", placed!("$6", "$7", "$8")),
            (Below::Many, false, _) => $make!($flag, "problem p", "", many!()),
            (Below::Many, true, false) => $make!($flag, "problem p", "", many!(), listed!("$8")),
            (Below::Many, true, true) => $make!($flag, "problem p", "", many!(), placed!("$8", "$9", "$10")),
            (Below::Few, false, _) => $make!($flag, few!(), "p.org = place.org AND "),
            (Below::Few, true, false) => $make!($flag, few!(), "p.org = place.org AND ", listed!("$8")),
            (Below::Few, true, true) => $make!($flag, few!(), "p.org = place.org AND ", placed!("$8", "$9", "$10")),
        }
    };
}
macro_rules! many {
    () => {
        concat!(" AND ", tree::stands_below!("p.org", "$6", "$7"))
    };
}
macro_rules! few {
    () => {
        concat!(tree::places_below!("$6", "$7"), " CROSS JOIN problem p")
    };
}

/// How the place of a reach limits a list.
#[derive(Clone, Copy)]
pub(super) enum Below {
    /// Not at all.
    Nothing,
    /// Walked in its own order, each row asked where it stands: of many organisations there is soon a page full.
    Many,
    /// What few organisations have is looked up: a list of a million would be walked to its end before a page is full.
    Few,
}

/// From so many organisations on a list is walked: in a list of a million problems a page of theirs is full after some thousands.
const MANY: i64 = 2000;

impl Below {
    pub(super) async fn of(tx: &mut Tx<'_>, scope: &Scope) -> Result<Below> {
        Ok(match &scope.top {
            None => Below::Nothing,
            Some(_) if scope.is_wide() || tree::at_least(tx, &scope.from, &scope.to, MANY).await? => Below::Many,
            Some(_) => Below::Few,
        })
    }
}

// Each half by an index of its own: together they would be looked for among everybody's.
macro_rules! named {
    ($make:ident) => {
        $make!("open", "problem p", "p.owner = $6 AND ")
    };
}
macro_rules! unnamed {
    ($make:ident) => {
        $make!("open", "problem p", "p.org = $6 AND p.owner || '' IS NULL AND ")
    };
}

pub(super) use {few, left_behind, listed, many, named, number, placed, rows, shapes, unnamed};

#[cfg(test)]
mod tests {
    use super::super::store::columns;

    /// PostgreSQL chooses by its statistics; SQLite has none.
    #[tokio::test]
    async fn a_list_is_walked_or_looked_up_and_no_board_gone_through_for_each_of_its_problems() {
        for engine in testkit::engines().await.iter().filter(|e| !e.is_pg()) {
            engine.db().migrate(&[tree::MIGRATIONS, organisations::slice().migrations, crate::slice().migrations].concat()).await.unwrap();
            let walked = "INDEX problem_open (open=? AND (due,id)>(?,?) AND due<?)";
            for (sql, lines) in [
                (rows!("open", "problem p", ""), [walked].as_slice()),
                (rows!("open", "problem p", "", many!()), &[walked, "SEARCH node USING PRIMARY KEY (org=?)"]),
                (number!("open", "problem p", "", many!()), &["COVERING INDEX problem_open (open=? AND (due,id)>(?,?) AND due<?)"]),
                (
                    rows!("open", few!(), "p.org = place.org AND ", listed!("$8")),
                    &["INDEX problem_org (org=? AND open=? AND (due,id)>(?,?) AND due<?)"],
                ),
                (
                    number!("shelf", "problem p", "", many!(), listed!("$8")),
                    &["COVERING INDEX problem_shelf (shelf=? AND (due,id)>(?,?) AND due<?)"],
                ),
                (named!(rows), &["INDEX problem_owner (owner=? AND open=? AND (due,id)>(?,?) AND due<?)"]),
                (unnamed!(number), &["INDEX problem_org (org=? AND open=? AND (due,id)>(?,?) AND due<?)"]),
                (rows!("open", "problem p", "", placed!("$6", "$7", "$8")), &[walked, "SEARCH l EXISTS USING PRIMARY KEY (problem=?)"]),
            ] {
                let plan = engine.db().plan(sql).await.unwrap();
                for line in lines {
                    assert!(plan.iter().any(|l| l.contains(line)), "{line}: {plan:?}");
                }
            }
        }
    }
}
