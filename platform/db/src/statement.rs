//! A statement as the engine wants it: places, and the two words that differ.
use crate::{dialect::Engine, each, scan::Piece, scan::pieces, terms};

/// SQLite reads `$2` as a name numbered by first appearance; only `?2` is the second parameter.
pub(crate) fn statement(sql: &str, engine: Engine) -> String {
    let list: Vec<Piece<'_>> = pieces(sql).collect();
    let (mut out, mut i) = (String::with_capacity(sql.len()), 0);
    while let Some(piece) = list.get(i) {
        if let Some((text, len)) = special(list.get(i..).unwrap_or_default(), engine) {
            out.push_str(&text);
            i += len;
            continue;
        }
        i += 1;
        match *piece {
            Piece::Word(t) | Piece::Other(t) => out.push_str(t),
            Piece::Place(n) => {
                out.push(if engine == Engine::Sqlite { '?' } else { '$' });
                out.push_str(n);
            }
        }
    }
    out
}

/// `TERMS(name, $n)` and `IN EACH($n)`: what stands for them, and how many pieces they take.
fn special(list: &[Piece<'_>], engine: Engine) -> Option<(String, usize)> {
    let solid = || list.iter().enumerate().filter(|(_, p)| **p != Piece::Other(" "));
    let open = |p: &Piece<'_>| *p == Piece::Other("(");
    match list.first()? {
        Piece::Word("TERMS") => match solid().take(6).collect::<Vec<_>>()[..] {
            [_, (_, o), (_, Piece::Word(name)), (_, Piece::Other(",")), (_, Piece::Place(n)), (end, Piece::Other(")"))] if open(o) => {
                Some((terms::found(name, n, engine), end + 1))
            }
            _ => None,
        },
        Piece::Word("IN") => match solid().take(5).collect::<Vec<_>>()[..] {
            [_, (_, Piece::Word("EACH")), (_, o), (_, Piece::Place(n)), (end, Piece::Other(")"))] if open(o) => {
                Some((each::listed(n, engine), end + 1))
            }
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_become_the_engine_s_and_literals_stay() {
        let sql = "SELECT '$1' FROM t WHERE a = $2 AND b = $1";
        assert_eq!(statement(sql, Engine::Sqlite), "SELECT '$1' FROM t WHERE a = ?2 AND b = ?1");
        assert_eq!(statement(sql, Engine::Pg), sql);
    }

    #[test]
    fn a_list_of_ids_is_looked_up_by_each_engine_in_its_way_and_other_lists_stay() {
        let sql = "SELECT a FROM t WHERE b IN EACH($2) AND c IN ($1, 'EACH($1)')";
        let sqlite = statement(sql, Engine::Sqlite);
        assert!(sqlite.contains("b IN (WITH RECURSIVE") && sqlite.contains("substr(?2, i, 16)"), "{sqlite}");
        assert!(sqlite.ends_with("AND c IN (?1, 'EACH($1)')"), "{sqlite}");
        assert!(statement(sql, Engine::Pg).contains("b = ANY (ARRAY(SELECT substring($2::bytea"));
    }
}
