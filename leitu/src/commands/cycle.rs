//! `cycle open`, `cycle grade`, `explain`.
use crate::actor::actor;
use crate::ground::Ground;
use crate::house::suppliers;
use crate::options::{CycleCommand, Explain, Place};
use crate::words;
use assessment::cycle::open::{Opening, open};
use assessment::result::{Grading, grade, grade_json};
use assessment::why::explain_json;
use db::Db;
use kernel::{CycleId, Error, Result, SchemeId};
use serde_json::{Value, json};
use std::process::ExitCode;

pub async fn run(place: &Place, command: CycleCommand) -> Result<ExitCode> {
    let ground = Ground::settled(place).await?;
    match command {
        CycleCommand::Open { scheme, year, root, json } => {
            let id = opened(&ground, &scheme, year, root).await?.to_string();
            if json {
                println!("{}", json!({ "ok": true, "id": id, "year": year }))
            } else {
                println!("{}", words::say("cycle-is-open", &[("id", &id)]))
            }
        }
        CycleCommand::Grade { id, json } => {
            super::cycle(&ground.db, id).await?;
            let grading = grade(&ground.db, &suppliers(), id, ground.clock.today()).await?;
            if json { println!("{}", serde_json::to_string(&grade_json(&grading)).map_err(Error::internal)?) } else { show(&grading) }
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn opened(ground: &Ground, scheme: &str, year: i64, root: String) -> Result<CycleId> {
    let (db, day) = (&ground.db, ground.clock.today());
    let scheme = scheme_of(db, scheme).await?;
    let days = i64::from(standards::scheme(db, scheme).await?.parameters.self_assessment_days);
    let code = root.clone();
    let top = db.read(async move |tx| organisations::by_code(tx, &code).await).await?;
    let top = top.ok_or_else(|| Error::invalid("root-unknown").with("code", root))?.id;
    let title = words::say("cycle-of-year", &[("year", &year.to_string())]);
    open(db, &actor(), Opening { scheme, year, root: top, title, day, self_until: day.plus_days(days) }).await
}

/// `CODE@VERSION`, or the newest version of `CODE`.
async fn scheme_of(db: &Db, text: &str) -> Result<SchemeId> {
    let found = match text.split_once('@') {
        Some((code, version)) => standards::schemes::named(db, code, version).await,
        None => standards::schemes::newest(db, text).await,
    };
    found.map_err(|e| if e.kind == kernel::Kind::NotFound { Error::invalid("scheme-unknown").with("scheme", text) } else { e })
}

fn show(grading: &Grading) {
    for line in &grading.lines {
        let total = line.total.map(|t| t.to_string()).unwrap_or_default();
        let star = line.star.map(|s| s.to_string()).unwrap_or_default();
        println!("{}\t{}\t{}\t{total}\t{}\t{star}", line.rank, line.code, line.name, line.grade);
    }
}

pub async fn explain(place: &Place, asked: Explain) -> Result<ExitCode> {
    let ground = Ground::settled(place).await?;
    super::cycle(&ground.db, asked.id).await?;
    let why = explain_json(&ground.db, &suppliers(), asked.id, &asked.branch_code, ground.clock.today()).await?;
    if asked.json {
        println!("{why}");
    } else {
        tell(&why);
    }
    Ok(ExitCode::SUCCESS)
}

/// Indicator, score, full marks, a line each; then the total.
fn tell(why: &Value) {
    for i in why["indicators"].as_array().into_iter().flatten() {
        // What does not apply has no score: 0.0 would read as one.
        let score = if i["applicable"] == false { words::say("not-applicable", &[]) } else { plain(&i["score"]) };
        println!("{}\t{}\t{score}\t{}", plain(&i["code"]), plain(&i["title"]), plain(&i["points"]));
    }
    println!("{}\t{}", plain(&why["total"]), plain(&why["grade"]));
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
