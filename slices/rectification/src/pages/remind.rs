//! 提醒责任人 from the list: who would be told of what and who not stands on a page before anything is sent (guide §10.11).
use super::query::Query;
use crate::ProblemVerify;
use crate::problem::reminder::{Outlook, outlook, remind};
use crate::problem::{Problem, store};
use access::Grant;
use askama::Template;
use audit::Event;
use kernel::{Instant, ProblemId};
use web::{Asked, Crumb, Fields, Flash, Form, FormFields, Page, See, T, Ui};

/// Rows of one press.
const MANY: usize = 100;

struct Line {
    p: Problem,
    outlook: Outlook,
    to: String,
}

#[derive(Template)]
#[template(path = "problem/reminders.html")]
struct Preview {
    t: T,
    form: FormFields,
    crumbs: Vec<Crumb>,
    /// Those that go first.
    lines: Vec<Line>,
    goes: usize,
    /// Where it goes on.
    list: String,
}

/// The list it was pressed on, as its address; nothing but what a list is asked for.
fn list(fields: &[(String, String)]) -> String {
    let asked = fields.iter().find(|(n, _)| n == "list").and_then(|(_, v)| v.strip_prefix("/problems?"));
    let q: Query = asked.and_then(|asked| serde_urlencoded::from_str(asked).ok()).unwrap_or_default();
    q.path("list", q.filter())
}

fn chosen(fields: &[(String, String)]) -> Vec<ProblemId> {
    let mut ids: Vec<ProblemId> = fields.iter().filter(|(n, _)| n == "no").filter_map(|(_, v)| ProblemId::parse(v).ok()).collect();
    ids.truncate(MANY);
    ids
}

pub async fn preview(grant: Grant<ProblemVerify>, ui: Ui, Asked(f): Asked<Vec<(String, String)>>) -> web::Result<Page> {
    let (ids, today, list) = (chosen(&f), ui.today(), list(&f));
    let mut lines = ui
        .db
        .read(async move |tx| {
            let mut lines = Vec::with_capacity(ids.len());
            for id in &ids {
                let p = store::one(tx, &grant, *id).await?;
                let (outlook, to) = outlook(tx, &p, today).await?;
                lines.push(Line { p, outlook, to: to.join("、") });
            }
            Ok(lines)
        })
        .await?;
    lines.sort_by_key(|l| !l.outlook.goes());
    let crumbs = vec![Crumb::link(ui.t.text("menu-problems"), list.as_str()), Crumb::here(ui.t.text("problem-remind"))];
    let goes = lines.iter().filter(|l| l.outlook.goes()).count();
    ui.page("rectification/problem/reminders.html", "problem-remind", Preview { t: ui.t, form: ui.form(), crumbs, lines, goes, list }).await
}

pub async fn post(grant: Grant<ProblemVerify>, ui: Ui, Form(f): Form<Fields>) -> web::Result<See> {
    let ids = chosen(&f);
    let all = ids.len();
    let (g, today, at) = (grant.clone(), ui.today(), Instant::now());
    let sent = audit::change(&ui.db, &grant, async move |tx| {
        let (mut sent, mut numbers) = (0_usize, Vec::new());
        for id in &ids {
            let problem = store::one(tx, &g, *id).await?;
            sent += usize::from(remind(tx, &problem, today, at).await?);
            numbers.push(problem.number);
        }
        let event = Event::new("problem.remind", "problems").with("chosen", ids.len()).with("sent", sent);
        Ok((sent, event.with("numbers", numbers.join(" "))))
    })
    .await?;
    let said = if sent == all { Flash::done("problem-reminded") } else { Flash::done("problem-reminded-some").with("left", all - sent) };
    Ok(See::to(list(&f)).flash(&said.with("n", sent)))
}
