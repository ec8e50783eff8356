//! The year 2025, finished: ledger, stars, and problems of which most are closed and some are late.
use super::Scene;
use super::chance::Chance;
use super::objection;
use super::people::Desk;
use super::story::{Play, by};
use super::values::{self, Year};
use assessment::cycle::open::Opening;
use assessment::draw;
use assessment::finalisation::{Ruling, propose};
use assessment::result::finalise;
use assessment::sheet::bulk::Filled;
use assessment::sheet::entry::Entry;
use assessment::sheet::write::Hand;
use assessment::{Approve, CycleLead, DrawSecond, inspection};
use audit::Event;
use kernel::{BusinessDate, Points, Result, TeamId};
use rectification::problem::act::Plan;
use rectification::problem::bulk::Course;
use rectification::problem::state::State;
use scoring::Layer;

const YEAR: i64 = 2025;

/// What the secretary one presses to be filled by hand, with a note where it is below full: this year's sheet can begin with it.
const BY_HAND: [(&str, &str, &str); 5] =
    [("B1", "4", ""), ("B4", "4", ""), ("C5", "2", "两次会议记录当时没有签名，已补签"), ("D5", "3", ""), ("F1", "3", "")];

fn day(month: i8, day: i8) -> Result<BusinessDate> {
    BusinessDate::of(if month > 8 { 2025 } else { 2026 }, month, day)
}

/// Plays the whole year; answers its cycle.
///
/// # Errors
/// What the operations refuse.
pub async fn play(scene: &Scene, chance: &mut Chance) -> Result<()> {
    let year = Year { year: YEAR, effective: day(12, 31)?, first: true };
    values::record(scene, chance, &year).await?;
    let (lead, second) = (scene.desk(scene.people.committee).await?, scene.desk(scene.people.reviewer).await?);
    let opening = Opening {
        scheme: scene.scheme,
        year: YEAR,
        root: scene.province.root,
        title: "2025年度机关党支部标准化规范化考评".into(),
        day: day(11, 24)?,
        self_until: day(12, 10)?,
    };
    let play = Play::open(scene, &lead, opening).await?;
    layers(&play, &lead, &second).await?;
    play.advance(&lead, day(1, 12)?, "").await?;
    play.advance(&lead, day(1, 19)?, "").await?;
    objection::asked_and_answered(&play, &lead, scene.province.hero()?, (day(1, 21)?, day(1, 23)?)).await?;
    made_final(&play, &lead, &second).await?;
    play.confirm_none(day(1, 30)?, |_| true).await?;
    put_right(&play, chance).await?;
    lead.leave(&scene.ground.db).await?;
    second.leave(&scene.ground.db).await
}

/// One proposes, another approves.
async fn made_final(play: &Play<'_>, lead: &Desk, second: &Desk) -> Result<()> {
    let (scene, today) = (play.scene, day(1, 28)?);
    scene.comes(today);
    let hand = |desk: &Desk| Hand { account: desk.caller.account(), name: desk.caller.name().into(), source: "page", today };
    let no = propose(&scene.ground.db, &lead.grant::<CycleLead>()?, play.id, &hand(lead), "公示期满，收到异议 1 件，已书面答复").await?;
    let t = crate::words::chinese().ok_or_else(|| kernel::Error::internal("catalogue"))?;
    let ruling = Ruling::parse(play.id, no, hand(second), "同意")?;
    finalise(&scene.ground.db, &second.grant::<Approve>()?, &scene.suppliers, (&scene.calendar, t), ruling).await.map(drop)
}

/// Self-assessment, acceptance, and a re-check of branches that were drawn.
async fn layers(play: &Play<'_>, lead: &Desk, second: &Desk) -> Result<()> {
    let all = |hand: &dyn Fn(usize) -> Hand| -> Vec<Filled> {
        let one = |(i, s): (usize, &assessment::sheet::store::Sheet)| Filled {
            sheet: s.id,
            hand: hand(i),
            entries: vec![],
            rest: false,
            submit: true,
        };
        play.sheets.iter().enumerate().map(one).collect()
    };
    let (handed_in, seen) = (day(12, 8)?, day(12, 22)?);
    play.scene.comes(handed_in);
    let mut own = all(&|i| play.secretary(i, handed_in));
    if let Some(hero) = own.get_mut(play.scene.province.hero()?) {
        hero.entries = by_hand()?;
    }
    play.fill(Layer::SelfAssessment, &own).await?;
    play.advance(lead, day(12, 11)?, "").await?;
    let inspector = |i: usize| play.scene.inspector(i, seen);
    let accepted: Vec<Filled> = all(&inspector).into_iter().map(|f| Filled { rest: true, ..f }).collect();
    play.scene.comes(seen);
    play.fill(Layer::Acceptance, &accepted).await?;
    play.advance(lead, day(1, 5)?, "").await?;
    recheck(play, lead, second).await
}

fn by_hand() -> Result<Vec<Entry>> {
    let entry = |(code, points, note): (&str, &str, &str)| {
        Ok(Entry { indicator: code.into(), points: Some(Points::parse(points)?), reason: note.into(), seen: 0 })
    };
    BY_HAND.into_iter().map(entry).collect()
}

async fn recheck(play: &Play<'_>, lead: &Desk, second: &Desk) -> Result<()> {
    let (db, cycle, team) = (&play.scene.ground.db, play.id, TeamId::new());
    let members: Vec<_> = play.scene.people.inspectors.iter().take(3).map(|i| (i.account, i.name.clone())).collect();
    audit::change(db, &lead.grant::<CycleLead>()?, async move |tx| {
        inspection::store::insert_team(tx, team, cycle, Layer::Recheck, "复检一组", &members).await?;
        Ok(((), Event::new("team.create", format!("cycle:{cycle}")).with("team", team)))
    })
    .await?;
    let ratio = play.scheme.parameters.spot_recheck_ratio;
    let id = draw::recheck::publish(db, &lead.grant::<CycleLead>()?, cycle, ratio, team, String::new()).await?;
    draw::complete(db, &second.grant::<DrawSecond>()?, id, "20260105", day(1, 9)?, |n| n.to_string()).await?;
    let drawn = db.read(async move |tx| draw::store::one(tx, id).await).await?.result.unwrap_or_default();
    let drawn: std::collections::BTreeSet<&str> = drawn.lines().collect();
    let hand = play.scene.inspector(0, day(1, 8)?);
    play.scene.comes(day(1, 8)?);
    let one = |s: &assessment::sheet::store::Sheet| Filled { sheet: s.id, hand: hand.clone(), entries: vec![], rest: false, submit: true };
    let filled: Vec<Filled> = play.sheets.iter().filter(|s| drawn.contains(s.code.as_str())).map(one).collect();
    play.fill(Layer::Recheck, &filled).await
}

/// Nine of ten are closed; of the rest some wait for verification, some are late, some have not begun.
async fn put_right(play: &Play<'_>, chance: &mut Chance) -> Result<()> {
    let (done, checked, hero) = (day(2, 20)?, day(2, 27)?, play.scene.province.hero()?);
    play.scene.comes(done);
    for i in 0..play.sheets.len() {
        let handler = play.secretary(i, done);
        let verifier = by(&play.scene.deputy(&play.scene.province.branches[i], checked));
        play.problems(i, |problem| {
            let roll = chance.below(100);
            let to = match roll {
                // Whoever begins as its secretary finds one that is late (S36).
                _ if i == hero => {
                    if problem.number.ends_with("-0001") {
                        State::Doing
                    } else {
                        State::Closed
                    }
                }
                0..90 => State::Closed,
                90..94 => State::Review,
                94..98 => State::Doing,
                _ => return None,
            };
            let owner = handler.name.clone();
            let plan = Plan { owner, measure: format!("对照要求补齐{}，每月自查一次", problem.title), due: None };
            let closing = format!("{}已按措施整改到位，资料归档", problem.title);
            Some(Course { problem, to, plan, closing, handler: by(&handler), verifier: verifier.clone() })
        })
        .await?;
    }
    Ok(())
}
