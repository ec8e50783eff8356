//! `scheme check` and `scheme publish`.
use super::{code, read};
use crate::actor::actor;
use crate::ground::Ground;
use crate::options::{Place, SchemeCommand};
use crate::words;
use kernel::Result;
use standards::Published;
use standards::schemes::{Report, Source, check_shipped, publish_file};
use std::path::Path;
use std::process::ExitCode;

pub async fn run(place: &Place, command: SchemeCommand) -> Result<ExitCode> {
    let (report, json) = match command {
        SchemeCommand::Check { file, json } => (check_shipped(&source(&file).await?)?, json),
        SchemeCommand::Publish { file, json } => {
            let source = source(&file).await?;
            let ground = Ground::open(place).await?;
            (publish_file(&ground.db, &actor(), &source).await?, json)
        }
    };
    for finding in &report.findings {
        eprintln!("{}", words::finding(finding));
    }
    if json {
        println!("{}", report.json(words::finding))
    } else {
        show(&report)
    }
    Ok(code(report.passed()))
}

async fn source(file: &Path) -> Result<Source> {
    Source::of(read(file)?, &tabular::Reader::this_program()?).await
}

fn show(report: &Report) {
    let Some(scheme) = report.scheme.as_ref().filter(|_| report.passed()) else { return };
    let n = scheme.indicators.len().to_string();
    let named = [("code", scheme.code.as_str()), ("version", scheme.version.as_str()), ("n", n.as_str())];
    let key = match report.published {
        None => "scheme-passed",
        Some(Published::New(_)) => "scheme-now-published",
        Some(Published::Already(_)) => "scheme-was-published",
    };
    println!("{}", words::say(key, &named));
}
