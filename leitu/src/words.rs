//! All catalogues of the house. A slice hands over its own; those of the floors below stand here.
use crate::house::slices;
use kernel::{Error, Kind};
use serde_json::{Value, json};
use std::sync::LazyLock;
use web::{Slice, T, Texts};

type Catalogue = (&'static str, &'static str);

macro_rules! both {
    ($($name:literal),*) => { &[$(
        ("zh", include_str!(concat!("../../content/locales/zh/", $name, ".ftl"))),
        ("en", include_str!(concat!("../../content/locales/en/", $name, ".ftl")))
    ),*] };
}

/// The program's own; they come in with the slice of the demo's date, which is the program's too.
pub const OWN: &[Catalogue] = both!("leitu");

pub fn of(slices: &[Slice]) -> Vec<Catalogue> {
    let lent = slices.iter().flat_map(|s| s.texts);
    web::WORDS.iter().chain(db::WORDS).chain(jobs::WORDS).chain(files::WORDS).chain(tabular::WORDS).chain(lent).copied().collect()
}

/// The console speaks Chinese. `None` only if a catalogue is broken, which a test finds first.
static CONSOLE: LazyLock<Option<T>> = LazyLock::new(|| Texts::load(of(&slices())).ok().map(|texts| texts.of("zh")));

/// The console's language, for what is written into data; `None` only if a catalogue is broken.
pub fn chinese() -> Option<T> {
    *CONSOLE
}

/// A sentence for the console.
pub fn say(key: &str, args: &[(&str, &str)]) -> String {
    match *CONSOLE {
        Some(t) => args.iter().fold(t.text(key), |text, (name, value)| text.with(name, *value)).to_string(),
        None => key.into(),
    }
}

/// An error as the sentence people read; for the console, where no page is.
pub fn sentence(error: &Error) -> String {
    match *CONSOLE {
        Some(t) if error.kind != Kind::Internal => t.of(error).to_string(),
        _ => error.to_string(),
    }
}

/// What refuses a command as a whole, as its `--json` object.
pub fn refusal(error: &Error) -> Value {
    let text = sentence(error);
    json!({ "ok": false, "text": text, "rows": 0, "bad": [place(error, &text)] })
}

/// An error with the place it names, as programs read it.
pub fn place(error: &Error, text: &str) -> Value {
    let arg = |name: &str| error.args.iter().find(|(n, _)| *n == name).map(|(_, v)| v.clone());
    let row = arg("row").and_then(|r| r.parse::<u64>().ok());
    json!({ "row": row, "column": arg("column"), "value": arg("value"), "text": text })
}

/// A finding of a scheme as people read it.
pub fn finding(finding: &scheme::Finding) -> String {
    match *CONSOLE {
        Some(t) => standards::say(t, finding),
        None => finding.key.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_catalogue_loads_and_no_language_lacks_a_key() {
        let texts = Texts::load(of(&slices())).unwrap();
        assert_eq!(texts.gaps(), Vec::<String>::new());
    }
}
