//! The pure rules: 100,000 branches by 27 indicators from facts in memory, beside a plain loop over as many cells.
use crate::report::{Report, ms};
use scheme::{Fact, Method, Scheme, parse_toml};
use scoring::{BranchInput, Known, Scorer};
use std::hint::black_box;
use std::time::Instant;

const BRANCHES: usize = 100_000;

/// What gives each metric its full points.
fn full(method: &Method) -> String {
    match method {
        Method::PerMissing { expected, .. } => expected.to_string(),
        Method::PerEvent { .. } => "0".into(),
        Method::Ratio { target } => target.to_string(),
        Method::Band { .. } | Method::Boolean => "1".into(),
    }
}

fn branch(scheme: &Scheme, n: usize) -> BranchInput {
    let mut input = BranchInput::new(format!("21-{n}"));
    for (i, part) in scheme.indicators.iter().flat_map(|i| &i.parts).enumerate() {
        let value = if (n + i).is_multiple_of(17) { "0".into() } else { full(&part.method) };
        input.fact(&part.key, Fact::of_text(&value));
    }
    input
}

pub fn rows(report: &mut Report) {
    let scheme = parse_toml(include_str!("../../../content/schemes/LN-JG-27.toml")).unwrap();
    let scorer = Scorer::new(&scheme);
    let inputs: Vec<Known> = (0..BRANCHES).map(|n| scorer.known(&branch(&scheme, n))).collect();
    let began = Instant::now();
    let total: i64 = inputs.iter().map(|input| scorer.outcome_of(input).total.as_hundredths()).sum();
    let took = began.elapsed();
    black_box(total);
    let columns: Vec<Vec<i64>> = (0..27).map(|c| (0..BRANCHES as i64).map(|n| (n * 7 + c) % 500).collect()).collect();
    let began = Instant::now();
    let mut totals = vec![0_i64; BRANCHES];
    for column in &columns {
        for (sum, cell) in totals.iter_mut().zip(column) {
            *sum += (*cell).min(400);
        }
    }
    black_box(&totals);
    let plain = began.elapsed();
    report.row("pure scoring of 100,000 × 27, one thread", ms(took), "≤ 300 ms", format!("plain columnar loop {}", ms(plain)));
}
