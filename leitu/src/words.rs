//! All catalogues of the house. A slice hands over its own; those of the floors below stand here.
use crate::house::slices;
use kernel::{Error, Kind};
use web::{Slice, Texts};

type Catalogue = (&'static str, &'static str);

macro_rules! both {
    ($($name:literal),*) => { &[$(
        ("zh", include_str!(concat!("../../content/locales/zh/", $name, ".ftl"))),
        ("en", include_str!(concat!("../../content/locales/en/", $name, ".ftl")))
    ),*] };
}

/// The program's own.
const OWN: &[Catalogue] = both!("leitu");

pub fn of(slices: &[Slice]) -> Vec<Catalogue> {
    let lent = slices.iter().flat_map(|s| s.texts);
    OWN.iter()
        .chain(web::WORDS)
        .chain(db::WORDS)
        .chain(jobs::WORDS)
        .chain(files::WORDS)
        .chain(tabular::WORDS)
        .chain(lent)
        .copied()
        .collect()
}

/// A sentence for the console, in Chinese.
pub fn say(key: &str, args: &[(&str, &str)]) -> String {
    match Texts::load(of(&slices())) {
        Ok(texts) => args.iter().fold(texts.of("zh").text(key), |text, (name, value)| text.with(name, *value)).to_string(),
        Err(_) => key.into(),
    }
}

/// An error as the sentence people read, in Chinese; for the console, where no page is.
pub fn sentence(error: &Error) -> String {
    match Texts::load(of(&slices())) {
        Ok(texts) if error.kind != Kind::Internal => texts.of("zh").of(error).to_string(),
        _ => error.to_string(),
    }
}
