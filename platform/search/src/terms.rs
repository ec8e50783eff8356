//! What an entry is found by, and what a query asks for.
use crate::parts::{called, parted};
use crate::phonetic::readings;
use std::collections::BTreeSet;

/// A text to be found by.
#[derive(Clone, Copy, Debug)]
pub enum Text<'a> {
    /// A person's name: its first characters are a surname.
    Person(&'a str),
    /// Any other name.
    Name(&'a str),
    /// A code: found by its beginning.
    Code(&'a str),
}

/// Characters of a term, and so of one word of a query; what is longer is asked in pieces.
const HAN: usize = 8;
const INITIALS: usize = 12;
const LETTERS: usize = 24;
/// Names are found by pinyin from any of their first characters on: 省财政厅办公室党支部 by caizhengting and by bangongshi.
/// What comes behind is the same in most names, is found by its initials, and would double the index.
const SPELT: usize = 6;

pub(crate) fn of(texts: &[Text<'_>]) -> BTreeSet<String> {
    let mut terms = BTreeSet::new();
    for text in texts {
        match text {
            Text::Code(code) => terms.extend(Some(cut(&folded(code).concat(), LETTERS)).filter(|t| !t.is_empty())),
            Text::Person(name) => named(name, true, &mut terms),
            Text::Name(name) => named(name, false, &mut terms),
        }
    }
    terms
}

fn named(name: &str, person: bool, terms: &mut BTreeSet<String>) {
    spelt(name, person, terms);
    for parts in parted(name) {
        spelt(&parts, person, terms);
    }
}

fn spelt(name: &str, person: bool, terms: &mut BTreeSet<String>) {
    let plain: Vec<char> = folded(name).concat().chars().collect();
    let mut before = None;
    let mut rest = plain.as_slice();
    while let Some((letter, behind)) = rest.split_first() {
        // Letters and digits are found from the beginning of their run, not from its middle.
        if !letter.is_ascii() || !before.is_some_and(|c: char| c.is_ascii()) {
            terms.insert(rest.iter().take(HAN).collect());
        }
        (before, rest) = (Some(*letter), behind);
    }
    for reading in readings(&plain.iter().collect::<String>(), person) {
        for (i, rest) in (0..reading.len()).filter_map(|i| Some((i, reading.get(i..)?))) {
            let initials: String = rest.iter().filter_map(|s| s.chars().next()).collect();
            terms.insert(cut(&initials, INITIALS));
            if i < SPELT {
                terms.insert(cut(&rest.concat(), LETTERS));
            }
        }
    }
}

/// The words of a query, each of which must begin a term of what is found. At most 8; empty if nothing is asked.
pub(crate) fn asked(query: &str) -> Vec<String> {
    let mut words = Vec::new();
    for run in folded(query) {
        let signs: Vec<char> = run.chars().collect();
        let longest = if signs.first().is_some_and(char::is_ascii) { LETTERS } else { HAN };
        words.extend(signs.chunks(longest).map(|piece| piece.iter().collect::<String>()));
    }
    words.truncate(8);
    words
}

/// Whether something with these texts would be found by the query: for what is few enough to be looked through.
pub fn fits(query: &str, texts: &[Text<'_>]) -> bool {
    let (words, terms) = (asked(query), of(texts));
    !words.is_empty() && words.iter().all(|w| terms.iter().any(|t| t.starts_with(w.as_str())))
}

/// Whether every word begins one of the terms (one a line, in order).
pub(crate) fn matches(words: &[String], terms: &str) -> bool {
    words.iter().all(|w| terms.lines().any(|t| t.starts_with(w.as_str())))
}

/// Runs of Han characters and of ASCII letters and digits, lower case, full-width signs made narrow; the rest divides.
/// `-`, `_` and `.` belong to codes and are left out on both sides.
fn folded(text: &str) -> Vec<String> {
    let mut runs: Vec<String> = Vec::new();
    let mut open: Option<bool> = None;
    for c in text.chars() {
        let c = match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            c => c,
        };
        if matches!(c, '-' | '_' | '.') {
            continue;
        }
        if !c.is_alphanumeric() {
            open = None;
            continue;
        }
        if open != Some(c.is_ascii()) {
            runs.push(String::new());
            open = Some(c.is_ascii());
        }
        if let Some(run) = runs.last_mut() {
            run.extend(called(c).to_lowercase());
        }
    }
    runs
}

fn cut(text: &str, n: usize) -> String {
    text.chars().take(n).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(texts: &[Text<'_>], query: &str) -> bool {
        let terms = of(texts).into_iter().collect::<Vec<_>>().join("\n");
        let kept = matches(&asked(query), &terms);
        assert_eq!(kept, fits(query, texts), "what is at hand is found as what is kept");
        kept
    }

    #[test]
    fn a_person_is_found_by_any_part_and_any_spelling() {
        for query in ["刘建国", "刘", "建国", "国", "ljg", "LJG", "jg", "liujianguo", "liujian", "jianguo", "刘jg", "ｌｊｇ", "刘 国"]
        {
            assert!(found(&[Text::Person("刘建国")], query), "{query}");
        }
        for query in ["刘国", "建刘", "lgj", "iujian", "王"] {
            assert!(!found(&[Text::Person("刘建国")], query), "{query}");
        }
        assert!(found(&[Text::Person("单雄信")], "sxx") && found(&[Text::Person("单雄信")], "dan"));
    }

    #[test]
    fn a_rare_character_is_found_by_its_parts_and_by_its_sound() {
        for query in ["李喆", "李吉吉", "吉吉", "lijiji", "lz", "lizhe"] {
            assert!(found(&[Text::Person("李喆")], query), "{query}");
        }
        assert!(found(&[Text::Person("陈芃")], "艹凡") && found(&[Text::Person("陈芃")], "草凡"));
        assert!(!found(&[Text::Person("李哲")], "吉吉"));
    }

    #[test]
    fn an_organisation_is_found_by_words_of_its_name_and_the_beginning_of_its_code() {
        let org = [Text::Name("中共铁岭市调兵山第3小学支部委员会"), Text::Code("LN-12.003")];
        for query in [
            "铁岭",
            "tieling",
            "tielingshi",
            "第3小学",
            "小学 铁岭",
            "ln12",
            "LN-12.0",
            "tls",
            "tlsdbs",
            "zgtl",
            "zhonggongtieling",
            "3",
            "调兵山第3小学支部委员会",
        ] {
            assert!(found(&org, query), "{query}");
        }
        for query in ["12.003", "沈阳", "铁岭 沈阳"] {
            assert!(!found(&org, query), "{query}");
        }
        for query in ["caizhengting", "czt", "bangongshi", "shengcaizheng"] {
            assert!(found(&[Text::Name("省财政厅办公室党支部")], query), "{query}");
        }
    }

    #[test]
    fn a_query_of_signs_asks_for_nothing() {
        assert!(asked(" %_'\"() ").is_empty() && !fits(" %_'\"() ", &[Text::Name("刘建国")]));
    }

    proptest! {
        /// The oracle is the standard library's search for a substring.
        #[test]
        fn any_part_of_a_han_name_finds_it(name in "[刘建国铁岭市]{1,12}", from in 0usize..12, len in 1usize..9) {
            let signs: Vec<char> = name.chars().collect();
            let part: String = signs.iter().skip(from).take(len).collect();
            prop_assume!(!part.is_empty());
            prop_assert!(found(&[Text::Name(&name)], &part));
        }
        #[test]
        fn what_is_no_part_of_a_han_name_does_not_find_it(name in "[刘建国]{1,6}", query in "[刘建国]{1,6}") {
            prop_assert_eq!(found(&[Text::Name(&name)], &query), name.contains(&query));
        }
    }
}
