//! 提醒责任人 from the list: at most once a day for each branch or owner, and it says how many were not reminded.
use crate::ProblemVerify;
use crate::problem::{Problem, matter, store};
use access::Grant;
use audit::Event;
use db::Tx;
use inbox::{Addressee, Notice};
use kernel::{BusinessDate, Instant, NoticeId, ProblemId};
use web::{Fields, Flash, Form, See, Ui};

/// Rows of one press.
const MANY: usize = 100;

pub async fn post(grant: Grant<ProblemVerify>, ui: Ui, Form(f): Form<Fields>) -> web::Result<See> {
    let ids: Vec<ProblemId> = f.iter().filter(|(n, _)| n == "no").filter_map(|(_, v)| ProblemId::parse(v).ok()).take(MANY).collect();
    let all = ids.len();
    let (g, today, at) = (grant.clone(), ui.today(), Instant::now());
    let sent = audit::change(&ui.db, &grant, async move |tx| {
        let mut sent = 0_usize;
        for id in &ids {
            let problem = store::one(tx, &g, *id).await?;
            sent += usize::from(problem.state.is_pending() && remind(tx, &problem, today, at).await?);
        }
        Ok((sent, Event::new("problem.remind", "problems").with("chosen", ids.len()).with("sent", sent)))
    })
    .await?;
    let said = if sent == all { Flash::done("problem-reminded") } else { Flash::done("problem-reminded-some").with("left", all - sent) };
    Ok(See::to("/problems?view=list").flash(&said.with("n", sent)))
}

async fn remind(tx: &mut Tx<'_>, p: &Problem, today: BusinessDate, at: Instant) -> db::Result<bool> {
    let to = p.owner.map_or_else(|| matter::secretary(p.org), Addressee::Account);
    if !inbox::remind(tx, &matter::of_one(p), &to, today).await? {
        return Ok(false);
    }
    let href = format!("/problems/{}", p.id);
    let args = vec![("title", p.title.clone()), ("day", p.due.to_string())];
    inbox::tell(tx, &Notice { id: NoticeId::new(), to, key: "notice-problem-remind", args, href: &href }, at).await?;
    Ok(true)
}
