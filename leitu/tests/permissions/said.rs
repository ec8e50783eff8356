//! What the events of a whole round say is said in words on the audit page, and their objects by name: every route's change is
//! among them.
use super::Round;
use std::collections::BTreeSet;

/// Fields that hold what people wrote.
const WRITTEN: [&str; 11] = ["name", "area", "file", "code", "version", "first", "second", "indicator", "indicators", "item", "claim"];

impl Round {
    pub(super) async fn everything_said_has_words(&self) {
        let bodies: Vec<String> = self.world.app.db.lookup("SELECT body FROM event", &[]).await.unwrap();
        let mut wanted: BTreeSet<(String, String)> = BTreeSet::new();
        let plain = |value: &str| !value.is_empty() && value.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        for body in bodies.iter().map(|body| serde_json::from_str::<serde_json::Value>(body).unwrap()) {
            let action = body["action"].as_str().unwrap();
            if action.starts_with("test.") {
                continue;
            }
            let object = body["object"].as_str().unwrap();
            let (kind, id) = object.split_once(':').unwrap_or((object, ""));
            wanted.insert((format!("event-{}", action.replace('.', "-")), String::new()));
            wanted.insert((format!("audit-about-{kind}"), String::new()));
            if plain(id) {
                wanted.insert((format!("audit-word-object-{id}"), format!("audit-word-{id}")));
            }
            for (field, value) in ["before", "after"].iter().flat_map(|side| body[side].as_object().unwrap()) {
                wanted.insert((format!("audit-field-{}", field.replace('_', "-")), String::new()));
                match (field.as_str(), value.as_str().unwrap()) {
                    ("role", role) => wanted.insert((format!("role-{role}"), String::new())),
                    ("subject", "total") => wanted.insert(("audit-aim-total".into(), String::new())),
                    // Two words, one beside the other.
                    ("layers", _) => false,
                    (field, word) if plain(word) && !WRITTEN.contains(&field) => {
                        wanted.insert((format!("audit-word-{field}-{word}"), format!("audit-word-{word}")))
                    }
                    _ => false,
                };
            }
        }
        for lang in ["zh", "en"] {
            let t = self.world.app.app.texts(lang);
            let missing: Vec<_> = wanted.iter().filter(|(own, common)| !t.has(own) && !t.has(common)).collect();
            assert!(missing.is_empty(), "content/locales/{lang}/events.ftl lacks {missing:#?}");
        }
        assert!(wanted.len() > 100, "the round said less than it should: {}", wanted.len());

        let auditor = self.world.app.person("audit_administrator", None).await;
        let org = self.world.org("21-1");
        let page = self.world.app.get(&auditor, &format!("/audit?object=org:{org}")).await.body;
        assert!(page.contains("组织 ") && !page.contains("组织 …"), "{page}");
    }
}
