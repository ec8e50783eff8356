//! One line a row: what | ours | limit | raw limit or peer of the same run.
use std::fmt::Write;
use std::time::Duration;

#[derive(Default)]
pub struct Report(Vec<[String; 4]>);

impl Report {
    pub fn row(&mut self, what: &str, ours: String, limit: &str, raw: String) {
        println!("{what} | {ours} | {limit} | {raw}");
        self.0.push([what.into(), ours, limit.into(), raw]);
    }
    /// A whole run is written where `LEITU_BENCH_OUT` says: docs/benchmarks.md keeps the last one.
    pub fn keep(&self, whole: bool) {
        let Some(file) = std::env::var_os("LEITU_BENCH_OUT").filter(|_| whole) else { return };
        let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
        let mut text =
            String::from("# Benchmarks\n\nThe last whole run of `cargo xtask bench`; the client shares the machine with the server. ");
        let _ = writeln!(text, "Cores: {cores}. Date: {}.\n", today());
        text.push_str("| work | ours | limit | raw limit or peer, same run |\n|---|---|---|---|\n");
        for row in &self.0 {
            let _ = writeln!(text, "| {} |", row.join(" | "));
        }
        std::fs::write(file, text).unwrap();
    }
}

/// The day in UTC.
fn today() -> String {
    let days = kernel::Instant::now().0.div_euclid(86_400_000);
    kernel::BusinessDate::of(1970, 1, 1).unwrap().plus_days(days).to_string()
}

pub fn rate(n: usize, took: Duration) -> f64 {
    n as f64 / took.as_secs_f64()
}

/// The value below which `share` of the sorted times lie.
pub fn quantile(sorted: &[Duration], share: f64) -> Duration {
    let at = ((sorted.len() as f64 * share) as usize).min(sorted.len().saturating_sub(1));
    sorted.get(at).copied().unwrap_or_default()
}

pub fn ms(d: Duration) -> String {
    format!("{:.1} ms", d.as_secs_f64() * 1000.0)
}
