//! From an empty database to people at work: the code on the console, three administrators, their first sign-in,
//! accounts, roles, their telephones, one's own password and tokens; each page on the way is examined.
#![allow(clippy::indexing_slicing, clippy::panic, reason = "in a test, what is missing is a failure")]
use journeys::{Browser, Device, Product, Script, Telephone};

const PASSWORD: &str = "春天的白桦林很安静";
const OTHER: &str = "冬天的白桦林更安静";

async fn is_sound(person: &Browser) {
    assert_eq!(person.complaints().await, Vec::<String>::new(), "{}", person.path().await);
}

/// What stands in bold in the row of `who` on the page of codes.
async fn code_of(person: &Browser, who: &str) -> String {
    let rows = person.texts("tbody tr").await;
    let at = rows.iter().position(|row| row.contains(who)).unwrap_or_else(|| panic!("no code for {who}: {rows:?}"));
    person.texts("tbody td.b").await.remove(at).replace("一次性代码", "").trim().to_owned()
}

/// What somebody has beside their password: a telephone, and codes on paper.
struct Has {
    telephone: Telephone,
    papers: Vec<String>,
}

/// Signs in with a one-time code, sets the password and the telephone that the role asks for.
async fn first_sign_in(person: &Browser, login: &str, code: &str, examine: bool) -> Has {
    person.go("/sign-in").await;
    person.fill("登录名", login).await;
    person.fill("密码", code).await;
    person.press("登录").await;
    person.sees("一次性代码已核对").await;
    person.fill("新密码", "短").await;
    person.fill("再填一次新密码", "短").await;
    person.press("设置密码").await;
    person.sees("密码至少").await;
    if examine {
        is_sound(person).await;
    }
    person.fill("新密码", PASSWORD).await;
    person.fill("再填一次新密码", PASSWORD).await;
    person.press("设置密码").await;
    person.sees("请先设置，设置后才能进入系统").await;
    let telephone = Telephone::of(person).await;
    person.fill("验证器显示的 6 位数字", "12345").await;
    person.press("完成设置").await;
    person.sees("与验证器现在应当显示的数字不符").await;
    if examine {
        is_sound(person).await;
    }
    person.fill("验证器显示的 6 位数字", &telephone.shows().await).await;
    person.press("完成设置").await;
    person.sees("只显示这一次").await;
    if examine {
        is_sound(person).await;
    }
    let papers = person.texts(".codes li").await;
    assert_eq!(papers.len(), 10);
    person.press("已记下，继续").await;
    person.sees("您好").await;
    Has { telephone, papers }
}

/// Signs in with the password; what is asked after it is given.
async fn sign_in(person: &Browser, login: &str, given: &str, examine: bool) {
    person.fill("登录名", login).await;
    person.fill("密码", PASSWORD).await;
    person.press("登录").await;
    person.sees("密码已核对").await;
    if examine {
        is_sound(person).await;
    }
    person.fill("动态码或备用码", given).await;
    person.press("登录").await;
}

async fn set_up(product: &Product, person: &Browser, examine: bool) -> [String; 3] {
    let code = product.printed(|line| line.split("一次性代码 ").nth(1).and_then(|rest| rest.split(' ').next()).map(str::to_owned));
    person.go("/").await;
    person.sees("这是一个新的系统，还没有账号。").await;
    person.fill("一次性代码", "000000").await;
    person.press("下一步").await;
    person.sees("代码不对").await;
    if examine {
        is_sound(person).await;
    }
    person.fill("一次性代码", &code).await;
    person.press("下一步").await;
    for (field, value) in [("名称", "松江省直机关工委"), ("地区", "松江省"), ("首个考评年度", "2026")] {
        person.fill(field, value).await;
    }
    for (field, value) in [("系统管理员", "林宇航"), ("安全管理员", "许静"), ("审计管理员", "叶长青")] {
        person.fill(field, value).await;
    }
    if examine {
        is_sound(person).await;
    }
    person.press("开始使用").await;
    person.sees("只显示这一次").await;
    if examine {
        is_sound(person).await;
    }
    [code_of(person, "林宇航").await, code_of(person, "许静").await, code_of(person, "叶长青").await]
}

#[tokio::test]
async fn an_empty_installation_gets_its_administrators_and_they_let_people_in() {
    let product = Product::start(&["--empty"]);
    let system = Browser::open(&product.address, Device::Desktop, Script::On).await;
    let [code, security_code, _] = set_up(&product, &system, true).await;
    system.go("/sign-in").await;
    is_sound(&system).await;
    let of_system = first_sign_in(&system, "system", &code, true).await;
    system.sees("按顺序办这几步").await;
    is_sound(&system).await;
    system.press("去办理").await;
    system.is_at("/people/new").await;
    nobody_is_chosen_nowhere(&system).await;
    system.go("/people").await;
    system.press("新建账号").await;
    system.fill("姓名", "周立新").await;
    system.fill("登录名", "zhoulixin").await;
    system.press("新建账号").await;
    let code = code_of(&system, "zhoulixin").await;
    let security = Browser::open(&product.address, Device::Desktop, Script::On).await;
    first_sign_in(&security, "security", &security_code, false).await;
    security.go("/roles").await;
    security.press("周立新").await;
    security.choose("角色", "工委").await;
    // There is one organisation, which set-up founded by the installation's name.
    security.fill("组织", "松江省直机关工委").await;
    security.press("授予角色").await;
    security.sees("已授予角色").await;
    let committee = Browser::open(&product.address, Device::Desktop, Script::On).await;
    let of_committee = first_sign_in(&committee, "zhoulixin", &code, false).await;
    bring_the_organisations(&product, &committee).await;
    committee.go("/orgs").await;
    committee.sees("松江省档案馆党支部").await;
    one_s_own(&committee, &of_committee).await;
    a_session_ends_over_a_form(&product, &system, &of_system).await;
    a_telephone_is_lost(&system, &committee).await;
    for person in [&system, &security, &committee] {
        let said = person.console_errors().await.into_iter().filter(|e| !e.contains("status of 4")).collect::<Vec<_>>();
        assert_eq!(said, Vec::<String>::new());
    }
}

/// Accounts in bulk: a press that names no organisation is answered beside the field.
async fn nobody_is_chosen_nowhere(system: &Browser) {
    system.go("/people/from-members").await;
    system.press("列出还没有账号的人").await;
    system.sees("请填写组织").await;
    is_sound(system).await;
}

/// What stands below comes in by the page that set-up promises.
async fn bring_the_organisations(product: &Product, committee: &Browser) {
    let file = product
        .file("organisations.csv", "code,name,type,parent_code,category,valid_from\n1.1,松江省档案馆党支部,631,1,事业单位,1988-05-04\n");
    committee.go("/imports").await;
    committee.press("导入组织").await;
    committee.attach("文件", file.as_ref()).await;
    committee.press("上传并检查").await;
    committee.sees("检查通过").await;
    committee.press("确认导入").await;
    committee.sees("撤销这次导入").await;
}

/// Signed out elsewhere while a form is being filled: what was entered is there after signing in again.
async fn a_session_ends_over_a_form(product: &Product, person: &Browser, has: &Has) {
    person.go("/people/new").await;
    person.fill("姓名", "韩雪梅").await;
    person.fill("登录名", "hanxuemei").await;
    let elsewhere = Browser::open(&product.address, Device::Desktop, Script::Off).await;
    elsewhere.go("/sign-in").await;
    sign_in(&elsewhere, "system", &has.telephone.shows().await, false).await;
    elsewhere.go("/me").await;
    elsewhere.press("在所有设备上退出").await;
    person.press("新建账号").await;
    person.sees("刚才填写的内容还在").await;
    sign_in(person, "system", &has.papers[0], true).await;
    person.sees("韩雪梅").await;
    is_sound(person).await;
    person.press("提交").await;
    person.sees("只显示这一次").await;
}

/// Whoever lost telephone and papers is signed out, and sets another with the next sign-in.
async fn a_telephone_is_lost(system: &Browser, committee: &Browser) {
    system.go("/people?q=zhoulixin").await;
    system.press("周立新").await;
    system.sees("手机和备用码都丢了的人").await;
    is_sound(system).await;
    system.press("取消动态码").await;
    system.sees("已取消动态码").await;
    system.does_not_see("手机和备用码都丢了的人").await;
    committee.go("/sign-in").await;
    committee.fill("登录名", "zhoulixin").await;
    committee.fill("密码", OTHER).await;
    committee.press("登录").await;
    committee.sees("请先设置，设置后才能进入系统").await;
}

/// Another telephone, other papers, another password, and a token that is shown once.
async fn one_s_own(person: &Browser, has: &Has) {
    person.go("/me").await;
    person.sees("备用码还剩 10 个").await;
    person.does_not_see("停用动态码").await;
    person.press("更换手机").await;
    person.sees("原来的备用码都作废").await;
    is_sound(person).await;
    let new = Telephone::of(person).await;
    person.fill("验证器显示的 6 位数字", &new.shows().await).await;
    person.fill("现在的密码", PASSWORD).await;
    person.fill("现在的动态码或备用码", &has.papers[0]).await;
    person.press("完成设置").await;
    let papers = person.texts(".codes li").await;
    person.press("已记下，继续").await;
    person.press("换新备用码").await;
    is_sound(person).await;
    person.fill("现在的密码", PASSWORD).await;
    person.fill("动态码或备用码", &papers[0]).await;
    person.press("换新备用码").await;
    person.sees("只显示这一次").await;
    person.go("/me").await;
    person.fill("用途", "门户取台账").await;
    person.fill("有效天数", "30").await;
    person.press("新建令牌").await;
    person.sees("只显示这一次，请立即保存").await;
    is_sound(person).await;
    person.press("已记下，继续").await;
    person.press("作废").await;
    person.sees("已作废令牌").await;
    person.press("修改密码").await;
    is_sound(person).await;
    person.fill("现在的密码", "不是这个密码").await;
    person.fill("新密码", OTHER).await;
    person.fill("再填一次新密码", OTHER).await;
    person.press("修改密码").await;
    person.sees("现在的密码不对").await;
    person.fill("现在的密码", PASSWORD).await;
    person.fill("新密码", OTHER).await;
    person.fill("再填一次新密码", OTHER).await;
    person.press("修改密码").await;
    person.does_not_see("现在的密码不对").await;
}

#[tokio::test]
async fn a_first_sign_in_works_on_a_phone_without_scripts() {
    let product = Product::start(&["--empty"]);
    let person = Browser::open(&product.address, Device::Phone, Script::Off).await;
    let [_, _, code] = set_up(&product, &person, false).await;
    let has = first_sign_in(&person, "audit", &code, false).await;
    person.go("/audit").await;
    person.sees("建立系统").await;
    let again = Browser::open(&product.address, Device::Phone, Script::Off).await;
    again.go("/sign-in").await;
    sign_in(&again, "audit", &has.papers[9].to_lowercase(), false).await;
    again.sees("您好").await;
}
