//! Interface text stands in the catalogues, in every language, and nowhere else.
mod catalogue;
mod events;
mod uses;

use std::collections::{BTreeMap, BTreeSet};

use super::Finding;
use crate::sources::Sources;
use catalogue::Place;

const LANGUAGES: [&str; 2] = ["zh", "en"];

/// Prefixes of keys that code composes, one a line with its reason behind `#`.
const COMPOSED: &str = "content/locales/composed.txt";

pub fn findings(sources: &Sources) -> Vec<Finding> {
    let mut found = uses::chinese_in_templates(sources);
    let catalogues: Vec<_> = LANGUAGES.iter().map(|language| catalogue::read(sources, language, &mut found)).collect();
    let named = uses::read(sources);
    let composed = composed(sources);
    for (key, place) in events::keys(sources) {
        if !catalogues[0].contains_key(&key) {
            let remedy = "say it in content/locales/{zh,en}/events.ftl: the audit page shows it";
            found.push(Finding::new(&place.0, place.1, format!("an event says something that has no words: `{key}`"), remedy));
        }
    }
    for (key, places) in &named.looked_up {
        for (language, catalogue) in LANGUAGES.iter().zip(&catalogues) {
            if !catalogue.contains_key(key) {
                let (path, line) = &places[0];
                let remedy = format!("add it to content/locales/{language}/<crate>.ftl");
                found.push(Finding::new(path, *line, format!("the text `{key}` is missing in {language}"), remedy));
            }
        }
    }
    found.extend(missing_translations(&catalogues));
    found.extend(catalogue::bare_counts(sources));
    found.extend(unused(&catalogues, &named.mentioned, &composed));
    found
}

fn missing_translations(catalogues: &[BTreeMap<String, Place>]) -> Vec<Finding> {
    let mut found = Vec::new();
    for (here, there) in [(0, 1), (1, 0)] {
        for (key, (path, line)) in catalogues[here].iter().filter(|(key, _)| !catalogues[there].contains_key(*key)) {
            let remedy = format!("add it to the catalogue of the same name in content/locales/{}", LANGUAGES[there]);
            found.push(Finding::new(path, *line, format!("`{key}` has no text in {}", LANGUAGES[there]), remedy));
        }
    }
    found
}

fn unused(catalogues: &[BTreeMap<String, Place>], mentioned: &BTreeSet<String>, composed: &[String]) -> Vec<Finding> {
    let is_used = |key: &str| mentioned.contains(key) || composed.iter().any(|prefix| key.starts_with(prefix));
    let idle = catalogues.iter().flatten().filter(|(key, _)| !is_used(key));
    let remedy = format!("remove it; if code composes the key, name its prefix and why in {COMPOSED}");
    idle.map(|(key, (path, line))| Finding::new(path, *line, format!("nobody uses `{key}`"), remedy.clone())).collect()
}

fn composed(sources: &Sources) -> Vec<String> {
    let text = sources.files.iter().find(|f| f.path == COMPOSED).map(|f| f.text.as_str()).unwrap_or_default();
    let prefixes = text.lines().filter_map(|line| line.split('#').next()).map(str::trim);
    prefixes.filter(|p| !p.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::planted;

    const ZH: (&str, &str) = ("content/locales/zh/web.ftl", "save = x\nbad-name = x { unit }\nunit = x\nstate-open = x\n");
    const EN: (&str, &str) = ("content/locales/en/web.ftl", "save = x\nbad-name = x\nunit = x\nstate-open = x\n");
    const LIST: (&str, &str) = (COMPOSED, "# why\nstate-  # the state's word\n");
    const PAGE: (&str, &str) = ("slices/a/templates/p.html", "{# 保存 #}<b>{{ t.text(\"save\") }}</b>");
    const CODE: (&str, &str) = ("slices/a/src/lib.rs", "fn f() { Error::invalid(\"bad-name\"); }");

    fn places(files: &[(&str, &str)]) -> Vec<String> {
        findings(&planted(files)).into_iter().map(|f| format!("{} {}", f.place, f.what)).collect()
    }

    #[test]
    fn a_whole_set_is_clean() {
        assert!(places(&[ZH, EN, LIST, PAGE, CODE]).is_empty());
    }

    #[test]
    fn a_text_missing_in_one_language_is_found_where_it_is_used_and_where_it_stands() {
        let found = places(&[ZH, ("content/locales/en/web.ftl", "save = x\nunit = x\nstate-open = x\n"), LIST, PAGE, CODE]);
        assert_eq!(
            found,
            ["slices/a/src/lib.rs:1 the text `bad-name` is missing in en", "content/locales/zh/web.ftl:2 `bad-name` has no text in en"]
        );
    }

    #[test]
    fn an_event_whose_action_field_or_object_has_no_words_is_found() {
        let events = ("content/locales/zh/events.ftl", "event-team-create = x\naudit-about-team = x\naudit-field-looked-at = x\n");
        let english = ("content/locales/en/events.ftl", events.1);
        let list = (COMPOSED, "state-\nevent-\naudit-\n");
        let code = |chain: &'static str| ("slices/a/src/b.rs", chain);
        let found = |chain| places(&[ZH, EN, list, PAGE, CODE, events, english, code(chain)]);
        let known =
            "fn f() { Event::new(\"team.create\", format!(\"team:{id}\")).with(\"looked_at\", 1); Flash::done(\"save\").with(\"n\", 1); }";
        assert!(found(known).is_empty(), "{:?}", found(known));
        for (chain, key) in [
            ("fn f() { Event::new(\"team.end\", \"team\"); }", "event-team-end"),
            ("fn f() { Event::new(\"team.create\", format!(\"crew:{id}\")); }", "audit-about-crew"),
            (
                "fn f() { Event::new(\"team.create\", \"team\").at(org)\n .because(why).with(\"looked_at\", n).with(\"size\", 1); }",
                "audit-field-size",
            ),
            ("fn f() { let event = event.field(\"size\", None, None); }", "audit-field-size"),
        ] {
            assert_eq!(
                found(chain),
                [format!("slices/a/src/b.rs:{} an event says something that has no words: `{key}`", 1 + chain.matches('\n').count())]
            );
        }
    }

    #[test]
    fn a_count_that_is_not_grouped_is_found() {
        let zh = ("content/locales/zh/web.ftl", "save = { $n } x\nbad-name = { GROUP($n) } x { unit }\nunit = { $year }\nstate-open = x\n");
        assert_eq!(places(&[zh, EN, LIST, PAGE, CODE]), ["content/locales/zh/web.ftl:1 `$n` is a count without its thousands apart"]);
    }

    #[test]
    fn an_idle_text_is_found_in_both_languages() {
        assert_eq!(places(&[ZH, EN, LIST, CODE]).len(), 2);
        assert_eq!(
            places(&[ZH, EN, PAGE, CODE]),
            ["content/locales/zh/web.ftl:4 nobody uses `state-open`", "content/locales/en/web.ftl:4 nobody uses `state-open`"]
        );
    }

    #[test]
    fn a_key_given_twice_is_found() {
        let found = places(&[ZH, EN, LIST, PAGE, CODE, ("content/locales/zh/zz.ftl", "save = y")]);
        assert_eq!(found, ["content/locales/zh/zz.ftl:1 `save` stands a second time (first: content/locales/zh/web.ftl:1)"]);
    }

    #[test]
    fn chinese_in_a_template_is_found_outside_comments() {
        let page = ("slices/a/templates/p.html", "<!-- 保 -->\n{{ t.text(\"save\") }}\n<p>保存</p>");
        let found = findings(&planted(&[ZH, EN, LIST, page, CODE]));
        assert_eq!(found.iter().map(|f| f.place.as_str()).collect::<Vec<_>>(), ["slices/a/templates/p.html:3"]);
    }
}
