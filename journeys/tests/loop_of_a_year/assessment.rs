//! A branch assesses itself, inspectors score on site, a sample is looked at again.
use crate::preparation::sign_in_with_a_code;
use crate::walk::{COMMITTEE, HERO, INSPECTOR, REVIEWER, SECRETARY, Walk, evidence};
use journeys::Browser;

pub async fn assess_oneself(walk: &Walk) {
    walk.become_(SECRETARY).await;
    walk.has_to("填报 2026 年度自查自评").await;
    walk.person.press("填报 2026 年度自查自评").await;
    walk.person.sees("需要您填 2 项，其余 2 项已自动取数").await;
    walk.person.press_near("支部设置合规", "取数依据 1 项").await;
    walk.person.sees("党员名册：正式党员").await;
    let sheet = walk.person.path().await;
    let folder = tempfile::tempdir().unwrap();
    walk.person.press("查看 D1 的佐证材料").await;
    walk.person.attach("文件", &evidence(folder.path())).await;
    walk.person.press("上传材料").await;
    walk.person.sees("已有 1 件").await;
    walk.person.go(&sheet).await;
    fill(&walk.person, &[("D1", "50", ""), ("D2", "30", "")], "提交自评").await;
    walk.person.sees("自填 2 项，自动取数 2 项").await;
    walk.is_sound().await;
    hand_in(&walk.person, "提交自评").await;
    walk.is_sound().await;
    walk.need_not("填报 2026 年度自查自评").await;
    walk.neighbour.go("/todo").await;
    walk.neighbour.press("填报 2026 年度自查自评").await;
    fill_and_submit(&walk.neighbour, &[("D1", "50", ""), ("D2", "28", "少一次")], "提交自评").await;
    walk.neighbour.press("回到待办").await;
    walk.neighbour.does_not_see("填报 2026 年度自查自评").await;
}

/// The team that accepts is drawn, the one that looks again is named; the rest of the organ has not handed in, which is
/// shown and needs a reason (S31).
pub async fn send_inspectors(walk: &Walk) {
    walk.become_(COMMITTEE).await;
    walk.go_to_cycle("").await;
    walk.person.press("验收组").await;
    walk.person.choose("环节", "复检").await;
    walk.person.fill("名称", "演练复检组").await;
    walk.person.fill("成员", "yanshou01").await;
    walk.person.press("新建验收组").await;
    walk.person.sees("演练复检组").await;
    let drawn = draw_a_team(walk).await;
    sign_in_the_drawn(walk, &drawn).await;
    walk.become_(COMMITTEE).await;
    walk.go_to_cycle("/phase").await;
    walk.person.sees("还有 4 个没有完成").await;
    walk.go_to_cycle("/reminders").await;
    walk.person.sees("将提醒").await;
    walk.is_sound().await;
    walk.advance("验收", "其余支部另行安排").await;
}

/// S45: one team of two for all branches of the organ, from a list published before the number. Answers their names.
async fn draw_a_team(walk: &Walk) -> Vec<String> {
    walk.go_to_cycle("/draws").await;
    walk.person.choose("环节", "验收").await;
    walk.person.fill("组数", "1").await;
    walk.person.fill("每组人数", "2").await;
    walk.person.press_near("从验收人员中抽取分组", "公布候选名单").await;
    walk.person.sees("名单已公布").await;
    let draw = walk.person.path().await;
    walk.become_(REVIEWER).await;
    walk.has_to("分组抽取名单已公布").await;
    walk.person.go(&draw).await;
    walk.person.fill("数字", "7").await;
    walk.person.press("填入数字并抽取").await;
    walk.person.sees("已按记录重新计算，结果一致").await;
    walk.is_sound().await;
    let drawn = walk.person.texts("main p .tag").await;
    assert_eq!(drawn.len(), 2, "{drawn:?}");
    drawn
}

/// Whoever the number made an inspector signs in by an account of their own.
async fn sign_in_the_drawn(walk: &Walk, drawn: &[String]) {
    walk.become_("系统管理员").await;
    walk.person.go(&format!("/people?q={}", drawn[0])).await;
    let logins = walk.person.texts("tbody td[data-l=登录名] span").await;
    let login = logins.into_iter().find(|login| login.starts_with("yanshou")).expect("an inspector");
    sign_in_with_a_code(walk, &walk.inspector, &login).await;
}

pub async fn accept_on_site(walk: &Walk) {
    let (inspector, item) = (&walk.inspector, format!("实地验收：{}", HERO.1));
    inspector.go("/todo").await;
    inspector.press(&item).await;
    walk.shows_sound(inspector).await;
    let wanting = [("A1", "10", ""), ("A2", "10", ""), ("D1", "40", "缺两次会议记录"), ("D2", "26", "两次没有签到")];
    fill(inspector, &wanting, "提交验收结果").await;
    inspector.sees("2 个扣分项转为问题").await;
    walk.shows_sound(inspector).await;
    hand_in(inspector, "提交验收结果").await;
    inspector.go("/todo").await;
    inspector.does_not_see(&item).await;
    open_the_other(inspector).await;
    fill_and_submit(inspector, &[("A1", "10", ""), ("A2", "10", ""), ("D1", "50", ""), ("D2", "30", "")], "提交验收结果").await;
    walk.become_(SECRETARY).await;
    walk.has_to("2026 年有 2 个问题待整改").await;
    confirm_that_there_is_nothing(&walk.neighbour).await;
    walk.shows_sound(&walk.neighbour).await;
}

/// Of the six branches only two had handed in. Who was drawn may have something to do in the demo's own cycle too, even at a
/// branch of this organ; the sheet of this one has four items.
async fn open_the_other(inspector: &Browser) {
    let (items, links) = (inspector.texts("main ul.todo li a").await, inspector.links_in("main ul.todo li a").await);
    for (_, link) in items.iter().zip(links).filter(|(item, _)| item.starts_with("实地验收：锦州市财政局")) {
        inspector.go(&link).await;
        if !inspector.shows("B1").await {
            return;
        }
    }
    panic!("the other branch is on the inspector's list: {items:?}");
}

/// S33: where nothing was found, the branch says so.
async fn confirm_that_there_is_nothing(neighbour: &Browser) {
    let item = "2026 年度验收没有发现问题，请确认无问题";
    neighbour.go("/todo").await;
    neighbour.press(item).await;
    neighbour.press("确认无问题").await;
    neighbour.sees("已确认无问题").await;
    neighbour.go("/todo").await;
    neighbour.does_not_see(item).await;
}

/// S44: the list first, then a number from somebody else; the record can be run again.
pub async fn look_again(walk: &Walk) -> bool {
    walk.advance("复检", "其余支部另行安排").await;
    walk.go_to_cycle("/draws").await;
    walk.person.choose("复检组", "演练复检组").await;
    walk.person.press_near("公布后名单不能再改", "公布候选名单").await;
    walk.person.sees("名单已公布").await;
    let draw = walk.person.path().await;
    walk.become_(REVIEWER).await;
    assert_eq!(walk.lists("复检支部抽取名单已公布").await, 2, "the demo's own draw, and this one");
    walk.person.go(&draw).await;
    walk.person.fill("数字", "20260615").await;
    walk.person.press("填入数字并抽取").await;
    walk.person.sees("已按记录重新计算，结果一致").await;
    assert_eq!(walk.lists("复检支部抽取名单已公布").await, 1, "this one is done");
    walk.person.go(&draw).await;
    let hero_drawn = walk.person.texts("#drawn li .mut").await.iter().any(|code| code == HERO.0);
    walk.become_(INSPECTOR).await;
    walk.has_to("抽查复检：锦州市财政局").await;
    walk.person.press("抽查复检：锦州市财政局").await;
    let seen = if hero_drawn { ("D1", "45", "补看一次会议记录") } else { ("D1", "50", "") };
    let rest = if hero_drawn { ("D2", "26", "两次没有签到") } else { ("D2", "30", "") };
    fill_and_submit(&walk.person, &[("A1", "10", ""), ("A2", "10", ""), seen, rest], "提交复检结果").await;
    walk.need_not("抽查复检：锦州市财政局").await;
    hero_drawn
}

async fn fill_and_submit(person: &Browser, scores: &[(&str, &str, &str)], submit: &str) {
    fill(person, scores, submit).await;
    hand_in(person, submit).await;
}

async fn fill(person: &Browser, scores: &[(&str, &str, &str)], submit: &str) {
    for (code, points, reason) in scores {
        person.fill(&format!("{code} 得分"), points).await;
        if !reason.is_empty() {
            person.fill(&format!("{code} 的理由"), reason).await;
        }
    }
    person.press(submit).await;
    person.sees("核对后提交").await;
}

/// On the page that says what follows.
async fn hand_in(person: &Browser, submit: &str) {
    person.press(submit).await;
    let next = if submit == "提交自评" { "接下来由下一环节的人员办理" } else { "由支部" };
    person.sees("已提交").await;
    person.sees(next).await;
}
