//! What a database keeps beside an event's body, so that it can be searched. It says nothing the body does not say; where
//! the two differ, somebody has changed what the pages show and left what the hash covers.
use crate::hex::hex;
use serde::Deserialize;
use std::borrow::Cow;

/// The columns of one event.
#[derive(Clone, Copy, Debug)]
pub struct Columns<'a> {
    pub at: i64,
    pub actor: &'a str,
    pub action: &'a str,
    pub object: &'a str,
    pub org: Option<&'a [u8]>,
}

#[derive(Deserialize)]
struct Said<'a> {
    at: i64,
    #[serde(borrow)]
    actor: Cow<'a, str>,
    #[serde(borrow)]
    action: Cow<'a, str>,
    #[serde(borrow)]
    object: Cow<'a, str>,
    org: Option<String>,
}

/// The first column that says something else than the body; `body` if that is no event.
pub fn unlike(columns: &Columns<'_>, body: &str) -> Option<&'static str> {
    let Ok(said) = serde_json::from_str::<Said<'_>>(body) else { return Some("body") };
    let pairs = [
        ("at", said.at == columns.at),
        ("actor", said.actor == columns.actor),
        ("action", said.action == columns.action),
        ("object", said.object == columns.object),
        ("org", said.org == columns.org.map(hex)),
    ];
    pairs.iter().find(|(_, same)| !same).map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_column_is_compared_with_the_body() {
        let body = r#"{"at":7,"account":null,"actor":"王\"五","action":"a.b","object":"x:1","org":"0102","reason":null}"#;
        let same = Columns { at: 7, actor: "王\"五", action: "a.b", object: "x:1", org: Some(&[1, 2]) };
        assert_eq!(unlike(&same, body), None);
        for (name, changed) in [
            ("at", Columns { at: 8, ..same }),
            ("actor", Columns { actor: "李四", ..same }),
            ("action", Columns { action: "a.c", ..same }),
            ("object", Columns { object: "x:2", ..same }),
            ("org", Columns { org: None, ..same }),
            ("org", Columns { org: Some(&[1, 3]), ..same }),
        ] {
            assert_eq!(unlike(&changed, body), Some(name));
        }
        assert_eq!(unlike(&same, "[]"), Some("body"));
        assert_eq!(unlike(&Columns { org: None, ..same }, &body.replace("\"0102\"", "null")), None);
    }
}
