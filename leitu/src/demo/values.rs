//! What is known of each branch in a year: a value for every metric of the scheme that no register supplies.
use super::Scene;
use super::chance::Chance;
use audit::Event;
use facts::{NewFact, Suppliers};
use kernel::{BusinessDate, Instant, OrgId, Result};
use scheme::{Method, Scheme};

pub const SOURCE: &str = "演示数据";
/// Branches recorded in one unit of work: about 500 values.
const CHUNK: usize = 10;

/// A value of a branch.
#[derive(Clone, Debug)]
struct Value {
    org: OrgId,
    key: String,
    value: String,
}

/// How a year went for the branches.
pub struct Year {
    pub year: i64,
    pub effective: BusinessDate,
    /// The first one: what a former year would supply is recorded too.
    pub first: bool,
}

/// What nobody records of the branch whose secretary one presses to be: filled by hand last year, and still to be filled this year.
const LEFT_TO_FILL: [&str; 5] = [
    "plan.tasks_assigned_all",
    "mass.participation_ratio",
    "talk.required_pairs_done_ratio",
    "superior.contact_visit_ge_1",
    "meeting.minutes_complete_ratio",
];

/// # Errors
/// The engine's own.
pub async fn record(scene: &Scene, chance: &mut Chance, of: &Year) -> Result<()> {
    let (db, year, effective) = (&scene.ground.db, of.year, of.effective);
    let scheme = standards::scheme(db, scene.scheme).await?;
    let hero = scene.province.branches[scene.province.hero()?].id;
    for chunk in scene.province.branches.chunks(CHUNK) {
        let mut values: Vec<Value> = chunk.iter().flat_map(|b| of_branch(chance, &scheme, &scene.suppliers, b.id)).collect();
        if of.first {
            values.extend(chunk.iter().flat_map(|b| former(chance, b.id)));
        }
        values.retain(|v| v.org != hero || !LEFT_TO_FILL.contains(&v.key.as_str()));
        let at = Instant::now();
        audit::change(db, &super::loader(), async move |tx| {
            let facts = values.iter().map(|v| NewFact {
                org: v.org,
                year,
                key: &v.key,
                value: &v.value,
                source: SOURCE,
                evidence: "",
                effective,
                received: at,
                by: SOURCE,
            });
            facts::record_many(tx, &facts.collect::<Vec<_>>()).await?;
            Ok(((), Event::new("fact.record-many", "facts").with("year", year).with("count", values.len())))
        })
        .await?;
    }
    Ok(())
}

/// Most branches are good; a tail is not. `weak` is the share of things that went wrong, in thousandths.
fn of_branch(chance: &mut Chance, scheme: &Scheme, suppliers: &Suppliers, org: OrgId) -> Vec<Value> {
    let u = chance.below(1000);
    let weak = 18 + u * u / 1000 * u / 1000 * 540 / 1000;
    let mut values = Vec::new();
    let mut put = |key: &str, value: String| values.push(Value { org, key: key.into(), value });
    for part in scheme.indicators.iter().flat_map(|i| &i.parts).filter(|p| !suppliers.supplies(&p.key)) {
        put(&part.key, value(chance, &part.method, weak));
    }
    for condition in scheme.indicators.iter().filter_map(|i| i.not_applicable.as_ref()).filter(|c| !suppliers.supplies(&c.key)) {
        // Half of the branches have a leading official among them.
        put(&condition.key, chance.below(2).to_string());
    }
    for (item, share) in [("bonus.P4", 3), ("bonus.P2", 4), ("penalty.N3", 5)] {
        if chance.percent(share) {
            put(item, "1".into());
        }
    }
    if weak > 380 && chance.percent(20) {
        put("veto.V5", "1".into());
    }
    values
}

/// The year before the first.
fn former(chance: &mut Chance, org: OrgId) -> [Value; 2] {
    let grade = match chance.below(100) {
        0..45 => "好",
        45..75 => "较好",
        75..96 => "一般",
        _ => "差",
    };
    let closed = format!("0.{}", chance.between(80, 99));
    let value = |key: &str, value: String| Value { org, key: key.into(), value };
    [value("history.grade", grade.into()), value("problem.closed_ratio", closed)]
}

fn value(chance: &mut Chance, method: &Method, weak: u32) -> String {
    let wrong = chance.below(1000) < weak * 3 / 2;
    match method {
        Method::Boolean => u32::from(chance.below(1000) >= weak).to_string(),
        Method::PerEvent { .. } => if wrong { chance.between(1, 2) } else { 0 }.to_string(),
        Method::PerMissing { expected, .. } => {
            let (whole, missing) = (expected.to_string().parse::<u32>().unwrap_or(0), if wrong { chance.between(1, 3) } else { 0 });
            whole.saturating_sub(missing).to_string()
        }
        Method::Ratio { target } => share(chance, target.to_string().parse().unwrap_or(1), wrong),
        Method::Band { .. } => share(chance, 1, wrong),
    }
}

/// A share of the target with two decimals.
fn share(chance: &mut Chance, target: u32, wrong: bool) -> String {
    let hundredths = target * if wrong { chance.between(30, 80) } else { 100 };
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}
