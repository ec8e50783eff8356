//! What stands on the answer of every door, whoever asked and whatever came of it.
use super::Round;
use testkit::Answer;

impl Round {
    pub fn is_guarded(&mut self, answer: &Answer, name: &str) {
        let said = |header: &str| answer.headers.get(header).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
        let policy = said("content-security-policy");
        let has = |parts: &[&str]| parts.iter().all(|part| policy.contains(part));
        let loads = has(&["default-src 'self'", "object-src 'none'"]) || has(&["default-src 'none'", "sandbox"]);
        let mut wrong = |holds: bool, what: &str| {
            if !holds {
                self.wrong.push(format!("{name}: {} with {what}: {:?}", answer.status, answer.headers));
            }
        };
        wrong(loads && has(&["base-uri 'none'", "form-action", "frame-ancestors 'none'"]), "a loose policy");
        wrong(said("x-content-type-options") == "nosniff", "a type to be guessed");
        wrong(said("referrer-policy") == "same-origin", "its address told to others");
        wrong(said("cache-control") == "no-store", "leave to be kept");
        wrong(!answer.headers.keys().any(|h| h.as_str().starts_with("access-control-")), "leave for other origins");
        wrong(is_what_it_says(answer), "a type that is not its content's");
    }
}

/// A body has a type that is its own; text says how it is encoded.
fn is_what_it_says(answer: &Answer) -> bool {
    let (media, body) = (answer.media.as_str(), answer.body.trim_start());
    match media.split(';').next().unwrap_or_default() {
        "" => answer.bytes.is_empty(),
        "text/html" => media.ends_with("; charset=utf-8") && body.starts_with('<'),
        "application/json" | "application/problem+json" => serde_json::from_str::<serde_json::Value>(&answer.body).is_ok(),
        text if text.starts_with("text/") => media.ends_with("; charset=utf-8") && !body.starts_with('<'),
        _ => !body.starts_with('<') && !answer.bytes.is_empty(),
    }
}
