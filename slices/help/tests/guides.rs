//! Every role has a guide, every guide a role; none names a button that is not there.
#![allow(clippy::restriction, reason = "helpers of tests")]
mod house;

use help::role::ROLES;
use house::texts;
use std::collections::BTreeSet;

const CATALOGUES: [(&str, &str); 2] =
    [("zh", include_str!("../../../content/locales/zh/guides.ftl")), ("en", include_str!("../../../content/locales/en/guides.ftl"))];

#[test]
fn there_is_a_guide_for_each_role_and_none_besides() {
    let roles = include_str!("../../../content/roles.toml");
    let declared: BTreeSet<_> = roles.lines().filter_map(|l| l.strip_prefix('[')?.strip_suffix(']')).collect();
    assert_eq!(ROLES.iter().map(|(role, _)| *role).collect::<BTreeSet<_>>(), declared);
}

#[test]
fn every_part_of_a_guide_has_its_text_in_both_languages_and_names_what_is_on_the_pages() {
    let mut wanted = BTreeSet::new();
    for (role, parts) in ROLES {
        wanted.insert(format!("guide-{role}"));
        wanted.extend(parts.iter().flat_map(|part| ["", "-steps"].map(|kind| format!("guide-{role}-{part}{kind}"))));
    }
    for (lang, catalogue) in CATALOGUES {
        let t = texts().of(lang);
        for key in &wanted {
            assert!(t.has(key), "{lang} has no {key}");
            let text = t.text(key).to_string();
            // A name that is no text of any page, or one that wants a value, stays in its braces.
            assert!(!text.is_empty() && !text.contains(['{', '⟦']), "{lang} {key}: {text}");
        }
        let given = catalogue.lines().filter_map(|l| l.split_once(" =")).map(|(key, _)| key.to_owned());
        let idle: Vec<_> = given.filter(|key| key.starts_with("guide-") && !wanted.contains(key)).collect();
        assert_eq!(idle, Vec::<String>::new(), "{lang}");
    }
}
