//! Wrong usage in words: a sentence in the console's language, then what the parser itself says, with the usage.
use crate::words;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::error::Error;

/// The sentence alone; that of the parser where it has already been written by us.
pub fn sentence(e: &clap::Error) -> String {
    told(e).unwrap_or_else(|| e.to_string())
}

/// What goes to standard error.
pub fn whole(e: &clap::Error) -> String {
    match told(e) {
        Some(text) => format!("{text}\n\n{e}"),
        None => e.to_string(),
    }
}

/// `None` if the parser gives no reason to be put into words.
fn told(e: &clap::Error) -> Option<String> {
    let asked = [ContextKind::InvalidArg, ContextKind::InvalidSubcommand].into_iter().find_map(|kind| found(e, kind));
    let what = asked.unwrap_or_default();
    let value = found(e, ContextKind::InvalidValue).unwrap_or_default();
    let named = [("what", what.as_str()), ("value", value.as_str())];
    let text = match e.kind() {
        ErrorKind::InvalidSubcommand => words::say("usage-command", &named),
        ErrorKind::UnknownArgument => words::say("usage-option", &named),
        ErrorKind::InvalidValue if value.is_empty() => words::say("usage-value-missing", &named),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => words::say("usage-value", &named),
        ErrorKind::MissingRequiredArgument if !what.is_empty() => words::say("usage-missing", &named),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => words::say("usage-word-missing", &[]),
        ErrorKind::ArgumentConflict if !what.is_empty() => {
            let other = found(e, ContextKind::PriorArg).unwrap_or_default();
            words::say("usage-conflict", &[("what", what.as_str()), ("other", other.as_str())])
        }
        ErrorKind::ArgumentConflict | ErrorKind::MissingRequiredArgument => return None,
        _ => words::say("usage-other", &[]),
    };
    Some([Some(text), hint(e)].into_iter().flatten().collect::<Vec<_>>().join(&words::say("usage-between", &[])))
}

/// What was probably meant, or may stand there, or how it is written.
fn hint(e: &clap::Error) -> Option<String> {
    let meant = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    if let Some(meant) = meant.into_iter().find_map(|kind| found(e, kind)) {
        return Some(words::say("usage-meant", &[("what", &meant)]));
    }
    if let Some(all) = [ContextKind::ValidValue, ContextKind::ValidSubcommand].into_iter().find_map(|kind| found(e, kind)) {
        return Some(words::say("usage-possible", &[("what", &all)]));
    }
    // Our own parsers say it in the console's language; the library's say it in English, below.
    e.source().map(ToString::to_string).filter(|text| !text.is_ascii())
}

fn found(e: &clap::Error, kind: ContextKind) -> Option<String> {
    let text = match e.get(kind)? {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(all) => all.join(&words::say("usage-and", &[])),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::Number(n) => n.to_string(),
        _ => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}
