//! What is wrong with a program's JSON, in words: which field, or which place of the text.
use kernel::Error;

/// The words of a serde error about `body`, the text it was read from.
pub fn json_fault(body: &[u8], e: &serde_json::Error) -> Error {
    let said = e.to_string();
    let place = |error: Error| Error { detail: said.clone(), ..error.with("line", e.line()).with("column", e.column()) };
    let quoted = |begin: &str| said.strip_prefix(begin).and_then(|rest| rest.split('`').next()).map(str::to_owned);
    if let Some(field) = quoted("missing field `") {
        return place(Error::invalid("json-missing").with("name", field));
    }
    if !e.is_data() {
        return place(Error::invalid("json-syntax"));
    }
    match before(body, e) {
        Some(field) => place(Error::invalid("json-value").with("name", field)),
        None => place(Error::invalid("json-shape")),
    }
}

/// The name of the field whose value ends where the error was found.
fn before(body: &[u8], e: &serde_json::Error) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?;
    let start: usize = text.split_inclusive('\n').take(e.line().saturating_sub(1)).map(str::len).sum();
    let read = body.get(..(start + e.column()).min(body.len()))?;
    let colon = read.iter().rposition(|b| *b == b':')?;
    let name = std::str::from_utf8(read.get(..colon)?).ok()?.trim_end().strip_suffix('"')?;
    name.rsplit('"').next().filter(|n| !n.is_empty() && n.len() <= 64).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Deserialize, Debug)]
    #[allow(dead_code, reason = "only whether it can be read is asked")]
    struct Sent {
        kind: String,
        rev: i64,
    }

    #[test]
    fn a_program_is_told_which_field_is_missing_or_wrong_and_where_the_text_breaks() {
        for (body, key, name) in [
            (r#"{"kind":"members"}"#, "json-missing", "rev"),
            ("{\n \"kind\": \"a\",\n \"rev\": \"0\"}", "json-value", "rev"),
            (r#"{"kind":7,"rev":0}"#, "json-value", "kind"),
            (r#"{"kind":"a:b","rev":1.5}"#, "json-value", "rev"),
            ("null", "json-shape", ""),
            (r#"{"kind":"a""#, "json-syntax", ""),
            ("", "json-syntax", ""),
        ] {
            let error = serde_json::from_str::<Sent>(body).map_err(|e| json_fault(body.as_bytes(), &e)).unwrap_err();
            let named = error.args.iter().find(|(n, _)| *n == "name").map_or("", |(_, v)| v.as_str());
            assert_eq!((error.key, named), (key, name), "{body}");
        }
    }
}
