//! Views over the indicators, keys of the worked examples, articles of regulations.
use crate::{ArticleRef, Articles, Finding, Lookup, Scheme};
use std::collections::BTreeMap;

/// Each indicator stands in exactly one group of each view, so that every view adds to the total (S43).
pub(super) fn views(scheme: &Scheme, found: &mut Vec<Finding>) {
    for view in &scheme.views {
        let place = format!("view {}", view.code);
        let mut times: BTreeMap<&str, usize> = scheme.indicators.iter().map(|i| (i.code.as_str(), 0)).collect();
        for code in view.groups.iter().flat_map(|g| &g.indicators) {
            match times.get_mut(code.as_str()) {
                Some(n) => *n += 1,
                None => found.push(Finding::error("scheme-view-unknown", place.clone()).with("value", code)),
            }
        }
        for (code, n) in times.into_iter().filter(|(_, n)| *n != 1) {
            let key = if n == 0 { "scheme-view-missing" } else { "scheme-view-twice" };
            found.push(Finding::error(key, place.clone()).with("value", code));
        }
    }
}

pub(super) fn cases(scheme: &Scheme, found: &mut Vec<Finding>) {
    let known = scheme.known_keys();
    for case in &scheme.cases {
        let place = format!("case {}", case.name);
        for key in case.facts.keys().filter(|key| !known.contains_key(*key)) {
            found.push(Finding::error("scheme-case-key", place.clone()).with("value", key));
        }
        for code in case.expect.scores.keys().filter(|code| scheme.indicator(code).is_none()) {
            found.push(Finding::error("scheme-case-key", place.clone()).with("value", code));
        }
        for code in case.expect.dimensions.keys().filter(|code| scheme.dimension(code).is_none()) {
            found.push(Finding::error("scheme-case-key", place.clone()).with("value", code));
        }
        if let Some(name) = case.expect.grade.as_ref().filter(|name| scheme.grade_place(name).is_none()) {
            found.push(Finding::error("scheme-grade-unknown", place).with("value", name));
        }
    }
}

pub(super) fn articles(scheme: &Scheme, loaded: &dyn Articles, found: &mut Vec<Finding>) {
    for regulation in &scheme.based_on {
        if loaded.lookup(regulation, None) == Lookup::UnknownRegulation {
            found.push(Finding::error("scheme-regulation-unknown", "based_on").with("value", regulation));
        }
    }
    for indicator in &scheme.indicators {
        for reference in &indicator.articles {
            found.extend(article(reference, loaded, &format!("indicator {} · articles", indicator.code)));
        }
    }
}

/// One finding for a reference, the worst of its articles.
fn article(reference: &ArticleRef, loaded: &dyn Articles, place: &str) -> Option<Finding> {
    let answers: Vec<Lookup> = reference.each().iter().map(|a| loaded.lookup(&reference.regulation, a.as_deref())).collect();
    let finding = match () {
        () if answers.contains(&Lookup::UnknownRegulation) => Finding::error("scheme-regulation-unknown", place),
        () if answers.contains(&Lookup::Missing) => Finding::error("scheme-article-missing", place),
        () if answers.contains(&Lookup::NotLoadedWhole) => Finding::warning("scheme-article-awaited", place),
        () => return None,
    };
    Some(finding.with("value", reference))
}
