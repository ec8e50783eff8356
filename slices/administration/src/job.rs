//! One's own jobs and how far they are.
use access::{Grant, SignedIn};
use askama::Template;
use jobs::Job;
use kernel::JobId;
use serde::Deserialize;
use web::{Asked, At, Page, Pager, T, Ui};

const PAGE: i64 = 50;

/// A job in words.
struct Line {
    id: JobId,
    name: String,
    kind: &'static str,
    state: String,
    running: bool,
    done: u64,
    total: u64,
    failure: String,
}

#[derive(Deserialize, Default)]
pub struct Query {
    after: Option<JobId>,
}

#[derive(Template)]
#[template(path = "job/list.html")]
struct List {
    t: T,
    rows: Vec<Line>,
    pager: Pager,
}

pub async fn list(grant: Grant<SignedIn>, ui: Ui, Asked(q): Asked<Query>) -> web::Result<Page> {
    let found = jobs::owned_by(&ui.db, &grant.account()?, q.after, PAGE).await?;
    let more = found.len() as i64 == PAGE;
    let pager = Pager { after: found.last().filter(|_| more).map(|j| format!("/jobs?after={}", j.id)), ..Pager::default() };
    let rows = found.iter().map(|job| line(&ui, job)).collect();
    ui.page("administration/job/list.html", "jobs-title", List { t: ui.t, rows, pager }).await
}

#[derive(Template)]
#[template(path = "job/show.html")]
struct Show {
    t: T,
    job: Line,
}

pub async fn show(grant: Grant<SignedIn>, ui: Ui, At((id,)): At<(JobId,)>) -> web::Result<Page> {
    let job = line(&ui, &jobs::own(&ui.db, &id, &grant.account()?).await?);
    ui.titled("administration/job/show.html", job.name.clone(), Show { t: ui.t, job }).await
}

fn line(ui: &Ui, job: &Job) -> Line {
    let t = ui.t;
    let key = format!("job-{}", job.kind);
    let failure = job.failure().map(|f| f.args.iter().fold(t.text(&f.key), |text, (n, v)| text.with(n, v)).to_string());
    let (kind, state) = match (job.ended_at, &failure, job.attempt) {
        (Some(at), None, _) => ("ok", t.text("job-ended").with("at", ui.clock().date_time(at)).to_string()),
        (Some(_), Some(_), _) => ("bad", t.text("job-failed").to_string()),
        (None, _, 0) => ("", t.text("job-waiting").to_string()),
        (None, ..) => ("info", t.text("job-running").to_string()),
    };
    let steps = |n: i64| u64::try_from(n).unwrap_or(0);
    Line {
        id: job.id,
        name: if t.has(&key) { t.text(&key).to_string() } else { job.kind.clone() },
        kind,
        state,
        running: !job.has_ended(),
        done: steps(job.done),
        total: steps(job.total),
        failure: failure.unwrap_or_default(),
    }
}
