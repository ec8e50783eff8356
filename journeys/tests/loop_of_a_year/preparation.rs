//! The committee publishes a scheme and opens a cycle; a secretary without a password gets a code.
use crate::walk::{COMMITTEE, HERO, ORGAN, OTHER, SECRETARY, TITLE, Walk, beside};
use journeys::Browser;

pub async fn publish_the_scheme(walk: &Walk) {
    walk.become_(COMMITTEE).await;
    walk.person.go("/schemes/new").await;
    walk.person.attach("文件", &beside("scheme.toml")).await;
    walk.person.press("检查").await;
    walk.person.sees("共 4 项指标。 可以发布。").await;
    walk.person.press("发布考评细则").await;
    walk.person.sees("考评细则已发布。").await;
    walk.person.sees("四项考评细则（演练）").await;
}

/// Opened for the wrong year, and withdrawn before anybody has begun with it.
pub async fn withdraw_a_mistake(walk: &Walk) {
    ask_for_a_cycle(walk, "2027").await;
    walk.person.press("开展考评").await;
    walk.person.press("撤销这次考评").await;
    walk.person.sees("6 个支部不再参加这次考评").await;
    walk.is_sound().await;
    walk.person.fill("撤销原因", "年度选错").await;
    walk.person.press("撤销这次考评").await;
    walk.person.sees("已撤销这次考评").await;
    walk.person.sees("年度选错").await;
    walk.is_sound().await;
}

async fn ask_for_a_cycle(walk: &Walk, year: &str) {
    walk.person.go("/assess").await;
    walk.person.press("开展考评").await;
    walk.person.choose("考评细则", "四项考评细则（演练） 2026.1").await;
    walk.person.fill("年度", year).await;
    walk.person.fill("开展范围", ORGAN).await;
    walk.person.fill("自评截止", "2026-06-30").await;
    walk.person.press("开展考评").await;
    walk.person.sees("6 个支部").await;
}

pub async fn open_the_cycle(walk: &mut Walk) {
    ask_for_a_cycle(walk, "2026").await;
    walk.is_sound().await;
    walk.person.press("开展考评").await;
    walk.person.sees("已建立考评周期，参评支部已确定").await;
    walk.person.sees("四项考评细则（演练） 2026.1").await;
    walk.cycle = walk.person.path().await;
    walk.become_(SECRETARY).await;
    walk.need_not("填报 2026 年度自查自评").await;
    walk.advance("自评", "").await;
    walk.become_(SECRETARY).await;
    walk.has_to("填报 2026 年度自查自评").await;
    walk.person.go("/assess").await;
    walk.person.sees(TITLE).await;
}

/// The secretary of the other branch signs in for the first time.
pub async fn sign_in_the_neighbour(walk: &Walk) {
    sign_in_with_a_code(walk, &walk.neighbour, OTHER).await;
    walk.neighbour.sees("填报 2026 年度自查自评").await;
    walk.neighbour.does_not_see(HERO.1).await;
}

/// The system administrator issues a code; somebody signs in with it once and sets a password.
pub async fn sign_in_with_a_code(walk: &Walk, browser: &Browser, login: &str) {
    walk.become_("系统管理员").await;
    walk.person.go(&format!("/people?q={login}")).await;
    let name = walk.person.texts("tbody th a").await.remove(0);
    walk.person.press(&name).await;
    walk.person.press("重新发放代码").await;
    walk.person.sees("只显示这一次").await;
    let code = walk.person.texts("tbody td.b").await.remove(0);
    walk.person.press("已记下，继续").await;
    browser.go("/sign-in").await;
    browser.fill("登录名", login).await;
    browser.fill("密码", &code).await;
    browser.press("登录").await;
    browser.sees("一次性代码已核对").await;
    walk.shows_sound(browser).await;
    browser.fill("新密码", "秋天的白桦林很安静").await;
    browser.fill("再填一次新密码", "秋天的白桦林很安静").await;
    browser.press("设置密码").await;
}
