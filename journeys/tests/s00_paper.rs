//! What is printed: a score sheet on one page with its signatures, a list with what it is limited to, the results in public
//! with who issues them and how to object; and nothing of the demo that does not say so.
use journeys::{Browser, Device, Product, Script};

/// The reader's sheets in the newest cycle that has any to print, by their addresses.
async fn sheets(person: &Browser) -> Vec<String> {
    person.go("/assess").await;
    let mut found = Vec::new();
    for cycle in person.links_in("main a[href^='/assess/']").await {
        person.go(&format!("{cycle}/sheets")).await;
        found.extend(person.links_in("main tbody th a[href^='/sheets/']").await.into_iter().take(2));
    }
    found
}

#[tokio::test]
async fn a_score_sheet_takes_one_page_with_its_total_and_signatures() {
    let product = Product::demo();
    let person = Browser::open(&product.address, Device::Desktop, Script::Off).await;
    person.enter("工委工作人员").await;
    let sheets = sheets(&person).await;
    assert!(sheets.len() >= 4, "of this year and of last: {sheets:?}");
    for sheet in sheets {
        person.go(&format!("{sheet}/print")).await;
        person.sees("党支部书记（签字）").await;
        assert_eq!(person.sheets_of_paper(), 1, "{sheet}");
    }
}

#[tokio::test]
async fn a_printed_list_says_what_it_is_limited_to_and_that_it_is_of_the_demo() {
    let product = Product::demo();
    let person = Browser::open(&product.address, Device::Desktop, Script::Off).await;
    person.enter("工委工作人员").await;
    person.go("/overview").await;
    person.does_not_see("筛选条件").await;
    person.show_paper();
    for (page, limits) in [
        ("/overview", "筛选条件：2026"),
        ("/ledger?star=5", "五星级"),
        ("/problems?view=list&f=late", "筛选条件：逾期"),
        ("/orgs?q=财政局", "筛选条件：查找“财政局”"),
        ("/confirmations", "筛选条件："),
        ("/assess", "演示数据"),
    ] {
        person.go(page).await;
        person.sees(limits).await;
        assert_eq!(person.texts(".made-up").await, ["演示数据"], "{page}: across every sheet of paper");
    }
}

#[tokio::test]
async fn results_in_public_are_printed_unit_by_unit_with_who_issues_them_and_how_to_object() {
    let product = Product::demo();
    for device in [Device::Desktop, Device::Phone] {
        let person = Browser::open(&product.address, device, Script::On).await;
        person.enter("工委工作人员").await;
        person.go("/ledger").await;
        let cycle =
            person.links_in("main .acts a").await.into_iter().find_map(|a| Some(a.split("cycle=").nth(1)?.split('&').next()?.to_owned()));
        person.go(&format!("/assess/{}/publicity", cycle.unwrap())).await;
        person.press("打印公示表").await;
        person.sees("请按单位打印").await;
        assert_eq!(person.complaints().await, Vec::<String>::new(), "and none weighs too much");
        let branches = person.texts("main td.num").await;
        let most = (0..branches.len()).max_by_key(|i| branches[*i].parse::<u32>().unwrap_or_default()).unwrap();
        let units = person.links_in("main tbody th a").await;
        person.go(&units[most]).await;
        person.sees(&format!("本页共 {} 个支部", branches[most])).await;
        assert_eq!(person.complaints().await, Vec::<String>::new(), "the longest notice");
        person.does_not_see("写明内容提交").await;
        person.show_paper();
        person.sees("写明内容提交").await;
        assert!(!person.texts("main .issued").await.is_empty());
    }
}

#[tokio::test]
async fn the_overview_of_a_finished_year_counts_its_stars_and_each_leads_to_its_rows() {
    let product = Product::demo();
    for device in [Device::Desktop, Device::Phone] {
        let person = Browser::open(&product.address, device, Script::On).await;
        person.enter("工委工作人员").await;
        person.go("/ledger").await;
        let year =
            person.links_in("main .acts a").await.into_iter().find_map(|a| Some(a.split("cycle=").nth(1)?.split('&').next()?.to_owned()));
        person.go(&format!("/overview?cycle={}", year.unwrap())).await;
        person.sees("星级分布").await;
        // On a phone the filters are one line until they are asked for.
        assert_eq!(person.shows("查询").await, device == Device::Desktop);
        if device == Device::Phone {
            person.press("修改").await;
            person.sees("查询").await;
        }
        let stars = person.links_in("main aside td.num a[href*='star=']").await;
        assert!(stars.len() >= 3, "{stars:?}");
        person.go(&stars[0]).await;
        person.sees("五星级").await;
        assert_eq!(person.complaints().await, Vec::<String>::new());
    }
}
