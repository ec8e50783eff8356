use super::{FILES, editions, shelf};
use crate::edition::{Answer, Body, Change, Check, Code, Edition, Kind, Place, difference, in_force, in_force_of, tally};
use kernel::BusinessDate;

fn on(day: &str) -> BusinessDate {
    BusinessDate::parse(day).unwrap()
}

fn code(text: &str) -> Code {
    Code::parse(text).unwrap()
}

fn get<'a>(all: &'a [Edition], wanted: &str, version: &str) -> &'a Edition {
    all.iter().find(|e| e.head.code.as_str() == wanted && e.head.version.as_str() == version).unwrap()
}

#[test]
fn every_file_of_the_folder_ships() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/regulations");
    let mut there: Vec<String> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    let mut shipped: Vec<&str> = FILES.iter().map(|f| f.0).collect();
    there.sort();
    shipped.sort_unstable();
    assert_eq!(there, shipped);
    assert_eq!(editions().unwrap().len(), FILES.len());
}

#[test]
fn s01_the_regulation_is_in_force_from_2018_10_28_and_not_the_day_before() {
    let all = editions().unwrap();
    let codes = |day: &str| in_force(&all, on(day)).iter().map(|e| e.head.code.as_str().to_owned()).collect::<Vec<_>>();
    assert!(!codes("2018-10-27").contains(&"REG-ZB".to_owned()));
    assert!(codes("2018-10-28").contains(&"REG-ZB".to_owned()));
    assert!(codes("2026-11-25").contains(&"REG-ZB".to_owned()));
}

#[test]
fn s01_the_regulation_has_8_chapters_and_37_articles_and_no_invented_text() {
    let all = editions().unwrap();
    let zb = get(&all, "REG-ZB", "2018");
    assert_eq!((zb.chapters.len(), zb.articles.len(), zb.head.whole), (8, 37, true));
    let sizes: Vec<usize> = zb.tree().iter().map(|(_, articles)| articles.len()).collect();
    assert_eq!(sizes, [3, 5, 2, 4, 5, 6, 8, 4]);
    // Nothing of it is the regulation's own words, nothing has been compared, and what is not described stands empty.
    assert!(zb.articles.iter().all(|a| !matches!(a.body, Body::Text(_)) && a.check == Check::Unchecked));
    assert!(zb.articles.iter().all(|a| (a.body == Body::Missing) == a.confidence.is_none()));
    let undescribed: Vec<u16> = zb.articles.iter().filter(|a| a.body == Body::Missing).map(|a| a.number).collect();
    assert_eq!(undescribed, [1, 2, 3, 22, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37]);
}

#[test]
fn s08_a_meeting_is_judged_by_the_local_rule_of_its_day() {
    let all = editions().unwrap();
    let rule = code("LN-SZ-XZ");
    let version = |day: &str| in_force_of(&all, &rule, on(day)).map(|e| e.head.version.as_str().to_owned());
    assert_eq!(version("2018-11-18").as_deref(), Some("2016"));
    assert_eq!(version("2018-11-19").as_deref(), Some("2018"));
    assert_eq!(version("2016-04-01").as_deref(), Some("2016"));
    assert_eq!(version("2016-03-31"), None);
}

#[test]
fn s08_the_difference_lists_what_was_added_and_removed() {
    let all = editions().unwrap();
    let lines = difference(get(&all, "SAMPLE-XZ", "2023"), get(&all, "SAMPLE-XZ", "2025"));
    let of = |change: Change| {
        let wanted = lines.iter().filter(|l| l.change == change);
        wanted.map(|l| (l.old.map_or(0, |a| a.number), l.new.map_or(0, |a| a.number))).collect::<Vec<_>>()
    };
    assert_eq!(of(Change::Added), [(0, 5), (0, 8)]);
    assert_eq!(of(Change::Removed), [(7, 0)]);
    assert_eq!(of(Change::Changed), [(3, 3), (8, 9), (9, 10)]);
    assert_eq!(of(Change::Moved), [(5, 6), (6, 7)]);
    assert_eq!(of(Change::Same), [(1, 1), (2, 2), (4, 4)]);
    assert_eq!(tally(&lines).unknown, 0);
}

#[test]
fn s09_links_to_the_higher_regulation_are_many_to_many_and_the_rest_is_counted_as_local() {
    let all = editions().unwrap();
    let rule = get(&all, "SAMPLE-XZ", "2025");
    assert_eq!(rule.local_only().map(|a| a.number).collect::<Vec<_>>(), [1, 2, 8, 9, 10]);
    assert_eq!(get(&all, "SAMPLE-XZ", "2023").local_only().count(), 5);
    let zb = code("REG-ZB");
    assert_eq!(rule.article(7).unwrap().higher.len(), 2);
    assert_eq!(rule.carrying_out(&zb, 18).map(|a| a.number).collect::<Vec<_>>(), [7]);
    assert_eq!(rule.carrying_out(&zb, 9).count(), 0);
    let shelf = shelf().unwrap();
    for place in rule.articles.iter().flat_map(|a| &a.higher) {
        assert_eq!(shelf.lookup(place), Answer::Found, "{place}");
    }
}

#[test]
fn a_place_is_missing_only_where_the_regulation_is_loaded_whole() {
    let shelf = shelf().unwrap();
    for (place, answer) in [
        ("REG-ZB:22", Answer::Found),
        ("REG-ZB:ch7", Answer::Found),
        ("REG-ZB:38", Answer::Missing),
        ("REG-ZB:36-38", Answer::Missing),
        ("REG-ZB:ch9", Answer::Missing),
        ("REG-DY:20", Answer::Found),
        ("REG-DY:22", Answer::NotLoadedWhole),
        ("REG-FZ:7-33", Answer::NotLoadedWhole),
        ("REG-XJ:ch4", Answer::Found),
        ("REG-DF", Answer::Found),
        ("REG-XX", Answer::UnknownRegulation),
        ("REG-XX:1", Answer::UnknownRegulation),
    ] {
        assert_eq!(shelf.lookup(&Place::parse(place).unwrap()), answer, "{place}");
    }
}

#[test]
fn the_shipped_scheme_passes_its_checks_and_warns_of_what_is_not_loaded() {
    for scheme in super::schemes().unwrap() {
        let found = scoring::publish_findings(&scheme, &shelf().unwrap());
        assert!(found.iter().all(|f| !f.is_error()), "{found:?}");
        assert!(found.iter().any(|f| f.args.iter().any(|(_, v)| v.contains("REG-DY:22"))), "{found:?}");
    }
}

#[test]
fn the_demo_has_a_standard_and_star_rules_marked_as_samples() {
    let demo = super::demo().unwrap();
    assert_eq!(demo.iter().map(|e| e.head.kind).collect::<Vec<_>>(), [Kind::Standard, Kind::StarRules]);
    assert!(demo.iter().all(|e| e.head.sample && e.head.title.contains("样例")));
    let shelf = shelf().unwrap();
    assert!(demo.iter().flat_map(|e| &e.articles).flat_map(|a| &a.higher).all(|p| shelf.lookup(p) == Answer::Found));
}
