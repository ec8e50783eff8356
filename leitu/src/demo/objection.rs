//! Last year's publicity: a member asks about the own branch, and the committee answers in writing.
use super::people::Desk;
use super::story::Play;
use access::SignedIn;
use assessment::Review;
use assessment::publicity::answer::{Reply, answer};
use assessment::publicity::raise::{NewObjection, raise};
use assessment::publicity::store;
use assessment::sheet::write::Hand;
use kernel::{BusinessDate, Error, Instant, Result};

/// Asked on one day and answered on a later one: about the first point that the branch has lost.
///
/// # Errors
/// What objecting and answering refuse; `internal` for a branch that has lost none.
pub async fn asked_and_answered(play: &Play<'_>, lead: &Desk, branch: usize, days: (BusinessDate, BusinessDate)) -> Result<()> {
    let (db, cycle) = (&play.scene.ground.db, play.id);
    let member = play.scene.desk(play.scene.people.member).await?;
    let lost = play.found(branch).await?.into_iter().next().ok_or_else(|| Error::internal("the demo objects to nothing"))?;
    let asked = format!("公示中本支部“{}”一项扣了 {} 分，请说明扣分依据。", lost.title, lost.lost);
    let answered = format!("经复核，验收时的记录为：{}。已与支部书记核对，扣分无误。", lost.text.trim_end_matches('。'));
    let hand =
        |desk: &Desk, today: BusinessDate| Hand { account: desk.caller.account(), name: desk.caller.name().into(), source: "page", today };
    let (asks, new) = (hand(&member, days.0), NewObjection::parse(&play.sheets[branch].code, &asked)?);
    play.scene.comes(days.0);
    let id = new.id;
    audit::change(db, &member.grant::<SignedIn>()?, async move |tx| Ok(((), raise(tx, cycle, &new, &asks, Instant::now()).await?))).await?;
    let (answers, reply, suppliers, now) =
        (hand(lead, days.1), Reply::parse(&answered)?, play.scene.suppliers.clone(), play.cycle().await?);
    play.scene.comes(days.1);
    audit::change(db, &lead.grant::<Review>()?, async move |tx| {
        let objection = store::one(tx, id).await?;
        Ok(((), answer(tx, &now, &objection, &reply, &suppliers, &answers, Instant::now()).await?))
    })
    .await?;
    member.leave(db).await
}
