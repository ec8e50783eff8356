//! The year 2026, half way: self-assessment has closed, acceptance is running, some are late with permission.
use super::Scene;
use super::chance::Chance;
use super::evidence;
use super::people::Desk;
use super::story::{Play, by};
use super::values::{self, Year};
use assessment::cycle::late::{Late, permit};
use assessment::cycle::open::Opening;
use assessment::cycle::remind::remind;
use assessment::inspection::store::{Assignment, assign, insert_team};
use assessment::ledger::target::{self, Typed};
use assessment::sheet::bulk::Filled;
use assessment::sheet::{hand_over, write};
use assessment::{CycleLead, draw};
use audit::Event;
use kernel::{BusinessDate, Instant, Result, TeamId};
use rectification::problem::act::Plan;
use rectification::problem::bulk::Course;
use rectification::problem::state::State;
use scoring::Layer;
use std::path::Path;

const YEAR: i64 = 2026;
/// Inspectors of one team.
const TEAM: usize = 3;

fn june(day: i8) -> Result<BusinessDate> {
    BusinessDate::of(2026, 6, day)
}

/// How far a branch has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fate {
    OnTime,
    /// Handed in with permission, after the closing day.
    Late,
    /// At it, with permission.
    Begun,
    /// Sent back for correction.
    Returned,
    /// 漏评.
    Missed,
}

/// # Errors
/// What the operations refuse.
pub async fn play(scene: &Scene, chance: &mut Chance, data_dir: &Path) -> Result<()> {
    values::record(scene, chance, &Year { year: YEAR, effective: BusinessDate::of(2026, 5, 31)?, first: false }).await?;
    let lead = scene.desk(scene.people.committee).await?;
    let opening = Opening {
        scheme: scene.scheme,
        year: YEAR,
        root: scene.province.root,
        title: "2026年度机关党支部标准化规范化考评".into(),
        day: BusinessDate::of(2026, 5, 18)?,
        self_until: june(5)?,
    };
    let play = Play::open(scene, &lead, opening).await?;
    let hero = scene.province.hero()?;
    let fates: Vec<Fate> = (0..play.sheets.len()).map(|i| if i == hero { Fate::Begun } else { fate(chance) }).collect();
    self_assessment(&play, &lead, &fates).await?;
    scene.comes(june(9)?);
    teams(&play, &lead).await?;
    scene.comes(june(12)?);
    acceptance(&play, chance, &fates).await?;
    // Not on the demo's own day: whoever presses 催办 then reminds somebody.
    remind(&scene.ground.db, &lead.grant::<CycleLead>()?, play.cycle().await?, access::Reach::everything(), june(12)?).await?;
    // Every other of those who were asked has answered.
    play.confirm_none(june(14)?, |i| i % 2 == 0).await?;
    scene.comes(scene.today);
    recheck_list(&play, &lead).await?;
    scene.comes(BusinessDate::of(2026, 5, 26)?);
    evidence::attach(&play, hero, data_dir, BusinessDate::of(2026, 5, 26)?).await?;
    scene.comes(june(10)?);
    targets(&play, hero).await?;
    lead.leave(&scene.ground.db).await
}

fn fate(chance: &mut Chance) -> Fate {
    match chance.below(100) {
        0..74 => Fate::OnTime,
        74..81 => Fate::Late,
        81..87 => Fate::Begun,
        87..91 => Fate::Returned,
        _ => Fate::Missed,
    }
}

async fn self_assessment(play: &Play<'_>, lead: &Desk, fates: &[Fate]) -> Result<()> {
    let sheets = |fate: Fate, day: BusinessDate, submit: bool| -> Vec<Filled> {
        let those = play.sheets.iter().enumerate().filter(move |(i, _)| fates[*i] == fate);
        those.map(|(i, s)| Filled { sheet: s.id, hand: play.secretary(i, day), entries: vec![], rest: false, submit }).collect()
    };
    let on_time = [sheets(Fate::OnTime, june(3)?, true), sheets(Fate::Returned, june(4)?, true)].concat();
    play.scene.comes(june(3)?);
    play.fill(Layer::SelfAssessment, &on_time).await?;
    play.advance(lead, june(8)?, "自评已截止，未提交的支部列入漏评名单，经书面许可的可以补报").await?;
    play.scene.comes(june(9)?);
    for (i, sheet) in play.sheets.iter().enumerate() {
        if matches!(fates[i], Fate::Late | Fate::Begun) {
            let (grant, why) = (lead.grant::<CycleLead>()?, "因机构改革人员调整，书面申请延期补报".to_owned());
            permit(&play.scene.ground.db, &grant, sheet.clone(), play.id, Late { until: june(22)?, reason: why }, june(9)?).await?;
        }
        if fates[i] == Fate::Returned {
            returned(play, lead, i).await?;
        }
    }
    play.scene.comes(june(11)?);
    play.fill(Layer::SelfAssessment, &sheets(Fate::Late, june(11)?, true)).await?;
    play.scene.comes(june(12)?);
    play.fill(Layer::SelfAssessment, &sheets(Fate::Begun, june(12)?, false)).await
}

/// Sent back by the deputy above.
async fn returned(play: &Play<'_>, lead: &Desk, i: usize) -> Result<()> {
    let context = assessment::sheet::context::any(&play.scene.ground.db, play.sheets[i].id).await?;
    let hand = play.scene.deputy(&play.scene.province.branches[i], june(9)?);
    let (reason, at) = ("第四季度党员大会缺少签到，请补充后重新提交", Instant::now());
    audit::change(&play.scene.ground.db, &lead.grant::<CycleLead>()?, async move |tx| {
        let event = write::give_back(tx, &context, Layer::SelfAssessment, &hand, reason, at).await?;
        hand_over::returned(tx, &context, reason, &hand, at).await?;
        Ok(((), event))
    })
    .await
}

/// Teams of three; nobody inspects under the committee of their own branch.
async fn teams(play: &Play<'_>, lead: &Desk) -> Result<()> {
    let teams: Vec<_> = play.scene.people.inspectors.chunks(TEAM).map(|members| (TeamId::new(), members.to_vec())).collect();
    let given = (0..play.sheets.len()).map(|i| team_of(play, i)).collect::<Result<Vec<_>>>()?;
    for (n, (team, members)) in teams.iter().enumerate() {
        let sheets: Vec<_> = given.iter().zip(&play.sheets).filter(|(given, _)| **given == n).map(|(_, sheet)| sheet.id).collect();
        let (cycle, team, due, at) = (play.id, *team, Some(june(30)?), Instant::now());
        let (name, people) = (format!("验收{}组", n + 1), members.iter().map(|m| (m.account, m.name.clone())).collect::<Vec<_>>());
        audit::change(&play.scene.ground.db, &lead.grant::<CycleLead>()?, async move |tx| {
            insert_team(tx, team, cycle, Layer::Acceptance, &name, &people).await?;
            for sheet in &sheets {
                assign(tx, &Assignment { sheet: *sheet, layer: Layer::Acceptance, team, cycle, due }, at).await?;
            }
            Ok(((), Event::new("team.create", format!("cycle:{cycle}")).with("team", team).with("sheets", sheets.len())))
        })
        .await?;
    }
    Ok(())
}

/// Which team goes to a branch: a team's branches lie together, its own organ's are inspected by the next team. The first
/// team, of the inspector whose place one takes, goes to the branch of the secretary whose place one takes.
fn team_of(play: &Play<'_>, i: usize) -> Result<usize> {
    let (inspectors, branches, all) = (&play.scene.people.inspectors, &play.scene.province.branches, play.sheets.len());
    let teams = inspectors.len().div_ceil(TEAM);
    let at = |i: usize| i * teams / all;
    let mine = (at(i) + teams - at(play.scene.province.hero()?)) % teams;
    let own = inspectors.chunks(TEAM).nth(mine).is_some_and(|members| members.iter().any(|m| m.unit == branches[i].unit));
    Ok((mine + usize::from(own)) % teams)
}

/// Half of what was handed in has been accepted on site; the first of what was found is being put right.
async fn acceptance(play: &Play<'_>, chance: &mut Chance, fates: &[Fate]) -> Result<()> {
    let mut accepted = Vec::new();
    let mut filled = Vec::new();
    for (i, sheet) in play.sheets.iter().enumerate().filter(|(i, _)| matches!(fates[*i], Fate::OnTime | Fate::Late)) {
        let submit = match chance.below(100) {
            0..48 => true,
            48..54 => false,
            _ => continue,
        };
        let team = team_of(play, i)?;
        filled.push(Filled { sheet: sheet.id, hand: play.scene.inspector(team * TEAM, june(12)?), entries: vec![], rest: submit, submit });
        accepted.extend(submit.then_some(i));
    }
    play.fill(Layer::Acceptance, &filled).await?;
    for i in accepted {
        let handler = play.secretary(i, june(15)?);
        let verifier = by(&play.scene.deputy(&play.scene.province.branches[i], june(15)?));
        play.problems(i, |problem| {
            // What was carried over from last year stays as it was left (S36).
            if problem.year != YEAR {
                return None;
            }
            let to = match chance.below(100) {
                0..12 => State::Closed,
                12..20 => State::Review,
                20..45 => State::Doing,
                _ => return None,
            };
            // Some promise to be quick, so that lights are not all green.
            let due = chance.percent(30).then(|| june(17)).transpose().ok().flatten();
            let plan = Plan { owner: handler.name.clone(), measure: format!("本月内补齐{}", problem.title), due };
            let closing = format!("{}已补齐，附会议记录和签到", problem.title);
            Some(Course { problem, to, plan, closing, handler: by(&handler), verifier: verifier.clone() })
        })
        .await?;
    }
    Ok(())
}

/// What some branches want to reach this year; the secretary whose place one takes has yet to say so.
async fn targets(play: &Play<'_>, hero: usize) -> Result<()> {
    const EVERY: usize = 24;
    let branches = &play.scene.province.branches;
    let unit = branches.get(hero).map(|b| b.unit);
    for (i, branch) in branches.iter().enumerate().filter(|(i, b)| *i != hero && (Some(b.unit) == unit || i % EVERY == 0)) {
        let target =
            Typed {
                grade: "好".into(), measures: "对照考评细则逐项补短板，每季度自查一次，年底前全部销号".into(), ..Typed::default()
            };
        let name = play.secretary(i, june(10)?).name;
        target::set(&play.scene.ground.db, &super::loader(), branch.id, YEAR, &name, &target).await?;
    }
    Ok(())
}

/// The first batch of the re-check: the list is out, the second person has yet to enter the number (S44).
async fn recheck_list(play: &Play<'_>, lead: &Desk) -> Result<()> {
    let (db, cycle, team) = (&play.scene.ground.db, play.id, TeamId::new());
    let last = play.scene.people.inspectors.iter().rev().take(TEAM).map(|i| (i.account, i.name.clone())).collect::<Vec<_>>();
    audit::change(db, &lead.grant::<CycleLead>()?, async move |tx| {
        insert_team(tx, team, cycle, Layer::Recheck, "复检一组", &last).await?;
        Ok(((), Event::new("team.create", format!("cycle:{cycle}")).with("team", team)))
    })
    .await?;
    let ratio = play.scheme.parameters.spot_recheck_ratio;
    draw::recheck::publish(db, &lead.grant::<CycleLead>()?, cycle, ratio, team, String::new()).await.map(drop)
}
