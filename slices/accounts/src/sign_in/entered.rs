//! What a person had entered in a form, in words: no names, numbers and codes of the machine.
use web::T;

/// Fields that choose or count for the machine: a button, an object, a revision, where one came from.
const MACHINE: [&str; 20] = [
    "auto", "choice", "cycle", "do", "field", "file", "full", "item", "list", "mark", "member", "no", "rev", "scheme", "sheet", "sheets",
    "target", "team", "term", "view",
];

/// The label and the words of one field; nothing for what nobody has typed.
pub fn words(t: T, name: &str, value: &str) -> Option<(String, String)> {
    let value = value.trim();
    if value.is_empty() || MACHINE.contains(&name) || name.starts_with("v-") || is_id(value) {
        return None;
    }
    Some((label(t, name), said(t, name, value)))
}

/// `s-A1` and `r-A1` are the score and the reason of an indicator.
fn label(t: T, name: &str) -> String {
    let key = format!("kept-of-{}", name.replace('_', "-"));
    match name.split_once('-') {
        Some(("s", code)) => t.text("kept-score").with("code", code).to_string(),
        Some(("r", code)) => t.text("kept-reason").with("code", code).to_string(),
        _ if t.has(&key) => t.text(&key).to_string(),
        _ => t.text("kept-entered").to_string(),
    }
}

/// A choice is said by its name.
fn said(t: T, name: &str, value: &str) -> String {
    let key = match (name, value) {
        (_, "on" | "yes" | "true") | ("whole", "1") => "kept-yes".to_owned(),
        (_, "no" | "false") => "kept-no".to_owned(),
        ("type", code) => format!("org-type-{code}"),
        (name @ ("role" | "status" | "layer"), code) => format!("{name}-{code}"),
        _ => return value.to_owned(),
    };
    if t.has(&key) { t.text(&key).to_string() } else { value.to_owned() }
}

fn is_id(value: &str) -> bool {
    let hex = value.bytes().filter(u8::is_ascii_hexdigit).count();
    (value.len() == 32 && hex == 32) || (value.len() == 36 && hex == 32 && value.matches('-').count() == 4)
}
