//! What events say is shown on the audit page: each action, kind of object and field that code writes needs words there.
use super::catalogue::Place;
use crate::sources::Sources;
use crate::words::literals;

/// Keys that the audit page looks up, and where an event says so.
pub fn keys(sources: &Sources) -> Vec<(String, Place)> {
    let mut keys = Vec::new();
    for file in sources
        .ending(&["rs"])
        .filter(|f| !["xtask", "journeys", "proofs"].contains(&f.home()) && !f.is_test() && !f.path.contains("/benches/"))
    {
        for literal in literals(&file.text).into_iter().filter(|l| !l.in_test) {
            let key = key(&literal.text, &literal.before);
            keys.extend(key.map(|key| (key, (file.path.clone(), literal.line))));
        }
    }
    keys
}

/// By what stands before the literal within its statement; a variable that holds an event is called so.
fn key(text: &str, before: &str) -> Option<String> {
    let statement = before.rsplit([';', '{', '}']).next().unwrap_or_default();
    let (chain, begun) = match statement.rfind("Event::new(") {
        Some(at) => (&statement[at + "Event::new(".len()..], true),
        None => (statement, false),
    };
    if begun && chain.is_empty() {
        return Some(format!("event-{}", text.replace('.', "-")));
    }
    if begun && !chain.contains(").") && [",", ",format!("].iter().any(|end| chain.ends_with(end)) {
        return Some(format!("audit-about-{}", text.split(':').next()?));
    }
    let of_event = begun || statement.contains("event.");
    let names = chain.ends_with(".with(") || chain.ends_with(".field(");
    (of_event && names).then(|| format!("audit-field-{}", text.replace('_', "-")))
}
