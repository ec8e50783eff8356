//! 变更记录 of one object, for whoever may see it: who, when, what, and from what to what.
use super::names::Thing;
use super::words::{Words, known};
use access::{Grant, Permission};
use audit::Line as Event;
use kernel::{OrgId, Result};
use serde_json::Value;
use web::{Moment, T, Ui};

/// Fields that are the house's own business.
const OURS: [&str; 1] = ["path"];

/// The events in their order. Organisations beyond the grant's reach are not named.
///
/// # Errors
/// The engine's own.
pub async fn history<P: Permission>(ui: &Ui, grant: &Grant<P>, events: Vec<Event>) -> Result<Vec<Moment>> {
    let read = |event: Event| (serde_json::from_str::<Value>(&event.body).map(without).unwrap_or_default(), event);
    let events: Vec<(Event, Value)> = events.into_iter().map(read).map(|(body, event)| (event, body)).collect();
    let mut words = Words::of(ui, &events).await?;
    let elsewhere = ui.t.text("history-elsewhere").to_string();
    for thing in words.known_of("org") {
        if !reaches(ui, grant, &thing).await? {
            words.call(thing, elsewhere.clone());
        }
    }
    Ok(events.iter().map(|(event, body)| moment(ui, &words, event, body)).collect())
}

async fn reaches<P: Permission>(ui: &Ui, grant: &Grant<P>, thing: &Thing) -> Result<bool> {
    let Ok(org) = OrgId::parse(&thing.id) else { return Ok(false) };
    Ok(tree::path(&ui.db, org).await?.is_some_and(|path| grant.admits(&path).is_ok()))
}

/// What was not done is not said.
fn without(mut body: Value) -> Value {
    for side in ["before", "after"] {
        if let Some(fields) = body.get_mut(side).and_then(Value::as_object_mut) {
            fields.retain(|name, value| !OURS.contains(&name.as_str()) && value.as_str() != Some("false"));
        }
    }
    body
}

fn moment(ui: &Ui, words: &Words, event: &Event, body: &Value) -> Moment {
    let t = ui.t;
    let (who, what) = (t.actor(&event.actor), known(t, &format!("event-{}", event.action.replace('.', "-")), &event.action));
    let mut said = vec![t.text("history-line").with("who", who).with("what", what).to_string()];
    said.extend(words.fields(body).into_iter().map(|(name, before, after)| change(t, &name, &before, &after)));
    let reason = body["reason"].as_str().unwrap_or_default();
    said.extend((!reason.is_empty()).then(|| t.text("history-reason").with("reason", reason).to_string()));
    Moment { when: ui.clock().business_time(event.at), text: said.join(&t.text("history-and").to_string()), done: true }
}

fn change(t: T, name: &str, before: &str, after: &str) -> String {
    if before.is_empty() && after == known(t, "audit-word-true", "true") {
        return name.to_owned();
    }
    if before.is_empty() {
        return t.text("history-set").with("name", name).with("after", after).to_string();
    }
    t.text("history-changed").with("name", name).with("before", before).with("after", after).to_string()
}
