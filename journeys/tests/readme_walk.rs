//! The walk of ten minutes as the READMEs tell it: every identity in bold is taken, everything set as code is pressed, in
//! the order of the text. What the text does not say is not done,
//! except for typing.
#![allow(clippy::restriction, reason = "in a test, what is missing is a failure")]
#[path = "readme_walk/guide.rs"]
mod guide;
#[path = "readme_walk/text.rs"]
mod text;

use guide::Guide;
use journeys::{Browser, Device, Product, Script};
use text::Told;

async fn walk(product: Product, readme: &str, device: Device, script: Script) {
    let person = Browser::open(&product.address, device, script).await;
    person.go("/").await;
    person.sees("选一个身份开始体验").await;
    let mut guide = Guide::new(&person, device, text::told(readme));
    assess(&mut guide).await;
    accept(&mut guide).await;
    draw(&mut guide).await;
    review(&mut guide).await;
    publish(&mut guide).await;
    put_right(&mut guide).await;
    read(&mut guide).await;
    assert_eq!(guide.left(), 0, "{readme} tells more than this test does");
}

/// The secretary hands in what the system could not fill.
async fn assess(guide: &mut Guide<'_>) {
    guide.become_one().await;
    guide.press().await;
    guide.person.sees("已自动取数").await;
    guide.person.sees("复制去年的填写（5 项）").await;
    let mut left = guide.offered("button[name=full]").await;
    while left > 0 {
        guide.person.press("满分").await;
        left = guide.fewer("button[name=full]", left).await;
    }
    guide.press().await;
    guide.person.sees("已保存").await;
    guide.press().await;
    guide.person.sees("提交以后").await;
    guide.press().await;
    guide.person.sees("接下来由下一环节的人员办理").await;
}

/// The inspector takes the self scores over, lowers one and says why.
async fn accept(guide: &mut Guide<'_>) {
    guide.become_one().await;
    guide.press().await;
    guide.press().await;
    guide.person.sees("已保存").await;
    guide.person.fill("D1 得分", "1").await;
    guide.reason("D1").await;
    guide.press().await;
    guide.person.sees("提交以后").await;
    guide.press().await;
    guide.person.sees("个扣分项已转为问题，由支部整改").await;
}

async fn draw(guide: &mut Guide<'_>) {
    guide.become_one().await;
    guide.press().await;
    guide.person.fill("数字", "20260615").await;
    guide.press().await;
    guide.person.sees("已按记录重新计算，结果一致").await;
}

/// The committee moves the year on to its review, and lowers one score there with the reviewer's approval.
async fn review(guide: &mut Guide<'_>) {
    guide.become_one().await;
    guide.press_each(&["the cycles", "this year's", "its sheets", "the reminder"]).await;
    guide.person.sees("将提醒").await;
    let before = guide.person.path().await;
    guide.press().await;
    guide.person.has_left(&before).await;
    guide.press().await;
    for phase in ["复检", "审定"] {
        guide.press().await;
        guide.person.sees("周期只能往前走").await;
        guide.person.fill("理由", "其余支部另行安排").await;
        guide.press().await;
        guide.person.sees(&format!("已进入{phase}阶段")).await;
    }
    guide.press().await;
    let branch = guide.person.texts("main tbody th a").await.remove(0);
    guide.person.press(&branch).await;
    guide.person.choose("调整事项", "D1").await;
    guide.person.fill("调整为", "1.5").await;
    guide.person.fill("理由", "补交的会议记录已核实").await;
    guide.press().await;
    guide.person.sees("复核人会在待办里看到").await;
    guide.become_one().await;
    guide.press().await;
    guide.person.sees("补交的会议记录已核实").await;
    guide.press().await;
    guide.person.sees("已同意").await;
}

/// Everybody may object; what is final stands in the ledger.
async fn publish(guide: &mut Guide<'_>) {
    guide.become_one().await;
    guide.press_each(&["the cycles", "this year's", "the phase"]).await;
    guide.person.sees("周期只能往前走").await;
    guide.press().await;
    guide.person.sees("已进入公示阶段").await;
    guide.become_one().await;
    guide.press_each(&["this year's", "what is public"]).await;
    guide.person.fill("异议内容", "请再核对一次会议记录").await;
    guide.press().await;
    guide.person.sees("异议已提交").await;
    guide.become_one().await;
    guide.press_each(&["the desk", "the objection"]).await;
    guide.person.fill("书面答复", "已再次核对，记录无误").await;
    guide.person.choose("处理结果", "不采纳").await;
    guide.press().await;
    guide.person.sees("提出人会收到通知").await;
    guide.press().await;
    guide.person.sees("演示日期已到").await;
    guide.press_each(&["the cycles", "this year's", "final"]).await;
    guide.person.sees("复核人会在待办里看到").await;
    guide.become_one().await;
    guide.press_each(&["what is proposed", "agreed"]).await;
    guide.person.sees("已定稿，结果进入台账").await;
}

/// A lost point is put right, and somebody else closes it.
async fn put_right(guide: &mut Guide<'_>) {
    guide.become_one().await;
    guide.press().await;
    let problem = guide.person.texts("main article h3 a").await.remove(0);
    guide.person.press(&problem).await;
    guide.press().await;
    guide.person.sees("已转到“整改中”").await;
    guide.person.fill("整改措施", "补齐缺少的记录").await;
    guide.press().await;
    guide.person.sees("责任人、措施和期限已保存").await;
    guide.person.fill("整改情况", "记录已补齐").await;
    guide.press().await;
    guide.person.sees("已提交复核").await;
    guide.become_one().await;
    guide.press().await;
    guide.person.press(&format!("{problem}（锦州市财政局业务一科党支部）")).await;
    guide.press().await;
    guide.person.sees("已销号").await;
}

/// This year beside last year, and the sums of every level.
async fn read(guide: &mut Guide<'_>) {
    guide.become_one().await;
    guide.press().await;
    guide.person.is_at("/ledger").await;
    guide.person.sees("晋位支部占比").await;
    guide.press().await;
    guide.person.is_at("/overview").await;
    assert!(guide.person.texts("main tbody tr").await.len() > 14, "the province's organs and cities");
}

#[tokio::test]
async fn the_chinese_readme_is_walked_on_a_phone_without_scripts() {
    // Nobody asks for the demo: a new database gets it.
    walk(Product::by(&text::command("README.zh-CN.md")), "README.zh-CN.md", Device::Phone, Script::Off).await;
}

#[tokio::test]
async fn the_english_readme_is_walked_at_the_desk() {
    walk(Product::demo(), "README.md", Device::Desktop, Script::On).await;
}

#[test]
fn both_tell_the_same() {
    let chinese: Vec<Told> = text::told("README.zh-CN.md").into();
    assert_eq!(chinese, Vec::from(text::told("README.md")));
    assert_eq!(text::command("README.zh-CN.md"), text::command("README.md"));
    assert!(chinese.len() > 30, "{chinese:?}");
}
