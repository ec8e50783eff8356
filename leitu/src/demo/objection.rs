//! Last year's publicity: a member asks about the own branch, and the committee answers in writing.
use super::people::Desk;
use super::story::Play;
use access::SignedIn;
use assessment::Review;
use assessment::publicity::answer::{Reply, answer};
use assessment::publicity::raise::{NewObjection, raise};
use assessment::publicity::store;
use assessment::sheet::write::Hand;
use kernel::{BusinessDate, Instant, Result};

const ASKED: &str = "公示中本支部“党员教育管理”一项的得分，请说明扣分依据。";
const ANSWERED: &str = "经复核，第三季度有两次党课没有签到记录，验收组现场已与支部书记核对，扣分无误。";

/// # Errors
/// What objecting and answering refuse.
pub async fn asked_and_answered(play: &Play<'_>, lead: &Desk, branch: usize, today: BusinessDate) -> Result<()> {
    let (db, cycle) = (&play.scene.ground.db, play.id);
    let member = play.scene.desk(play.scene.people.member).await?;
    let hand = |desk: &Desk| Hand { account: desk.caller.account(), name: desk.caller.name().into(), source: "page", today };
    let (asks, new) = (hand(&member), NewObjection::parse(&play.sheets[branch].code, ASKED)?);
    let id = new.id;
    audit::change(db, &member.grant::<SignedIn>()?, async move |tx| Ok(((), raise(tx, cycle, &new, &asks, Instant::now()).await?))).await?;
    let (answers, reply, suppliers, now) = (hand(lead), Reply::parse(ANSWERED, None)?, play.scene.suppliers.clone(), play.cycle().await?);
    audit::change(db, &lead.grant::<Review>()?, async move |tx| {
        let objection = store::one(tx, id).await?;
        Ok(((), answer(tx, &now, &objection, &reply, &suppliers, &answers, Instant::now()).await?))
    })
    .await?;
    member.leave(db).await
}
