//! Pages beside the loop: a suggestion and its answer, the calendar and the job it starts, a past year brought in, the
//! page that is not there, the component page.
use journeys::{Browser, Device, Product, Script};

async fn is_sound(person: &Browser) {
    assert_eq!(person.complaints().await, Vec::<String>::new(), "{}", person.path().await);
}

#[tokio::test]
async fn a_suggestion_reaches_the_committee_and_is_answered() {
    let product = Product::demo();
    let person = Browser::open(&product.address, Device::Desktop, Script::On).await;
    person.go("/start").await;
    is_sound(&person).await;
    person.press("投诉建议").await;
    person.fill("内容", "公示页希望能按单位查看").await;
    person.press("提交").await;
    person.sees("已提交，工委会办理").await;
    person.enter("工委工作人员").await;
    person.go("/todo").await;
    person.sees("办理投诉建议：公示页希望能按单位查看").await;
    let waiting = person.texts("main ul.todo strong").await.len();
    person.go("/suggestions").await;
    person.press("公示页希望能按单位查看").await;
    person.sees("匿名").await;
    is_sound(&person).await;
    person.fill("办理情况", "已转软件组，下个版本提供").await;
    person.press("办结").await;
    person.sees("已办结").await;
    person.go("/todo").await;
    assert_eq!(person.texts("main ul.todo strong").await.len() + 1, waiting, "it has left the list of what is to do");
}

#[tokio::test]
async fn a_calendar_is_brought_in_and_the_job_that_recounts_is_shown() {
    let product = Product::demo();
    let person = Browser::open(&product.address, Device::Desktop, Script::On).await;
    person.enter("系统管理员").await;
    person.go("/calendars").await;
    let file = product.data().join("放假.csv");
    std::fs::write(&file, "date,kind,name\n2027-01-01,holiday,元旦\n2027-01-02,holiday,元旦\n2027-01-03,holiday,元旦\n").unwrap();
    person.attach("文件", &file).await;
    person.press("导入放假安排").await;
    person.sees("已导入 3 天").await;
    person.go("/jobs").await;
    person.press("重算工作日期限").await;
    person.sees("完成").await;
    is_sound(&person).await;
}

#[tokio::test]
async fn a_past_year_that_was_brought_in_is_shown_as_external() {
    let product = Product::demo();
    let file = product.data().join("2024.csv");
    std::fs::write(&file, "branch_code,branch_name,total,grade,star,rank\n2107.001.005,锦州市财政局业务一科党支部,83.5,较好,4,1\n")
        .unwrap();
    let brought = product.command(&["import", "ledger", &file.to_string_lossy(), "--year", "2024"]);
    assert!(brought.status.success(), "{}", String::from_utf8_lossy(&brought.stderr));
    let person = Browser::open(&product.address, Device::Desktop, Script::On).await;
    person.enter("支部书记").await;
    person.go("/ledger").await;
    person.press("2024 年度台账").await;
    person.sees("83.5").await;
    person.sees("外部结果").await;
    is_sound(&person).await;
}

#[tokio::test]
async fn what_is_not_there_offers_a_way_on_and_the_components_are_sound() {
    let product = Product::demo();
    let person = Browser::open(&product.address, Device::Desktop, Script::On).await;
    person.enter("党员").await;
    person.go("/members/01a214b5748976d9a8dc9fa34bda5067").await;
    person.sees("没有找到").await;
    person.sees("权限由安全管理员管理").await;
    is_sound(&person).await;
    person.go("/kit").await;
    person.sees("复制这里的写法，不要另造").await;
    is_sound(&person).await;
}

#[tokio::test]
async fn a_file_with_a_bad_row_is_not_taken_and_says_which() {
    let product = Product::demo();
    let person = Browser::open(&product.address, Device::Desktop, Script::On).await;
    person.enter("工委工作人员").await;
    person.go("/imports/new?kind=organisations").await;
    let file = product
        .file("组织.csv", "code,name,type,parent_code,category\n2107.990,锦州市新设机关党委,611,2107,\n2107.991,没有上级,631,9999,机关\n");
    person.attach("文件", std::path::Path::new(&file)).await;
    person.press("上传并检查").await;
    person.sees("没有上级组织 9999").await;
    is_sound(&person).await;
}
