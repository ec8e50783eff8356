//! S45: nobody inspects where they belong; teams can be drawn in the open.
mod small_cycle;

#[tokio::test]
async fn a_team_is_not_given_a_branch_of_its_members_own_unit() {
    let cycle = small_cycle::open("21.001").await;
    let person = &cycle.person;
    person.enter("工委工作人员").await;
    cycle.go("/teams").await;
    person.fill("名称", "互检组").await;
    person.fill("成员", "yanshou01").await;
    person.press("新建验收组").await;
    person.press_near("互检组", "分配支部").await;
    person.fill_near("互检组", "要分给这个组的支部", "21.001.001").await;
    person.press_near("互检组", "分给这个组").await;
    person.sees("应当回避").await;
}

#[tokio::test]
async fn teams_are_drawn_from_a_list_published_before_the_number() {
    let cycle = small_cycle::open("21.001").await;
    let person = &cycle.person;
    person.enter("工委工作人员").await;
    cycle.go("/draws").await;
    person.fill("组数", "1").await;
    person.fill("每组人数", "2").await;
    person.press("公布候选名单").await;
    person.sees("名单已公布").await;
    let draw = person.path().await;
    person.enter("工委复核人").await;
    person.go(&draw).await;
    person.fill("数字", "7").await;
    person.press("填入数字并抽取").await;
    person.sees("已按记录重新计算，结果一致").await;
    person.sees("第1组").await;
    let drawn = person.texts("main p .tag").await;
    assert_eq!(drawn.len(), 2, "{drawn:?}");
    person.enter("系统管理员").await;
    person.go("/people?q=yanshou").await;
    let (logins, names) = (person.texts("tbody td[data-l=登录名] span").await, person.texts("tbody th a").await);
    let own: Vec<_> =
        logins.iter().zip(&names).filter(|(login, _)| ["yanshou01", "yanshou02", "yanshou03"].contains(&login.as_str())).collect();
    assert_eq!(own.len(), 3, "{logins:?}");
    assert!(!own.iter().any(|(_, name)| drawn.contains(name)), "lent by the organ itself: {drawn:?} {own:?}");
}

#[tokio::test]
async fn too_few_inspectors_are_counted_and_a_second_draw_keeps_the_first_with_its_reason() {
    let cycle = small_cycle::open("21.001").await;
    let person = &cycle.person;
    person.enter("工委工作人员").await;
    cycle.go("/draws").await;
    let publish = async |teams: &str, reason: &str| {
        person.fill("组数", teams).await;
        person.fill("每组人数", "2").await;
        if !reason.is_empty() {
            person.fill("重新抽取的理由", reason).await;
        }
        person.press("公布候选名单").await;
    };
    publish("90", "").await;
    person.sees("验收人员不足：还差").await;
    publish("1", "").await;
    let first = draw(person, "7").await;
    let drawn = person.texts("main p .tag").await;
    person.enter("工委工作人员").await;
    cycle.go("/draws").await;
    publish("1", "").await;
    person.sees("已抽取过，重新抽取请写明理由").await;
    publish("1", "一名组员调离").await;
    let second = draw(person, "8").await;
    assert_ne!(first, second);
    person.sees("一名组员调离").await;
    person.press("看上一次抽取").await;
    assert_eq!(person.path().await, first);
    assert_eq!(person.texts("main p .tag").await, drawn, "the first stands as it was");
}

/// A second person enters the number; the record's address.
async fn draw(person: &journeys::Browser, number: &str) -> String {
    person.sees("名单已公布").await;
    let record = person.path().await;
    person.enter("工委复核人").await;
    person.go(&record).await;
    person.fill("数字", number).await;
    person.press("填入数字并抽取").await;
    person.sees("已按记录重新计算，结果一致").await;
    record
}
