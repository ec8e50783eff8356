//! S32: points become one of four grades; a grade is not changed without a reason and a second person.
#![allow(clippy::indexing_slicing, clippy::panic, reason = "in a test, what is missing is a failure")]
mod small_cycle;

#[tokio::test]
async fn points_become_grades_and_a_changed_grade_needs_a_reason() {
    let cycle = small_cycle::open(small_cycle::ORGAN).await;
    let wanted = [("001", "43", "93", "好"), ("002", "35", "85", "较好"), ("003", "16", "66", "一般"), ("004", "8", "58", "差")];
    let branches: Vec<(String, &str)> = wanted.iter().map(|(n, d1, ..)| (format!("2107.001.{n}"), *d1)).collect();
    let rows: Vec<(&str, &str, &str, &str)> = branches
        .iter()
        .flat_map(|(code, d1)| {
            let code = code.as_str();
            [
                (code, "A1", "acceptance", "10"),
                (code, "A2", "acceptance", "10"),
                (code, "D1", "acceptance", *d1),
                (code, "D2", "acceptance", "30"),
            ]
        })
        .collect();
    cycle.score(&rows);
    for phase in ["自评", "验收", "复检", "审定"] {
        cycle.advance(phase).await;
    }
    cycle.go("/review").await;
    let lines = cycle.person.texts("main tbody tr").await;
    for (code, _, total, grade) in wanted {
        let line = lines.iter().find(|line| line.contains(&format!("2107.001.{code} "))).unwrap_or_else(|| panic!("{code}: {lines:?}"));
        assert!(line.contains(&format!("{total} {grade}")), "{line}");
    }
    let worst = cycle.person.texts("main tbody th a").await.remove(3);
    cycle.person.press(&worst).await;
    cycle.person.choose("调整事项", "D1").await;
    cycle.person.fill("调整为", "50").await;
    cycle.person.press("提交复核").await;
    cycle.person.sees("等次将由差变为好，请写明理由").await;
    cycle.person.fill("理由", "补交的记录已核实").await;
    cycle.person.press("提交复核").await;
    cycle.person.sees("复核人会在待办里看到").await;
    assert!(grade_of(&cycle, &worst).await.contains("58 差"), "nothing has changed before the second person agrees");
    cycle.person.enter("工委复核人").await;
    cycle.person.go("/todo").await;
    cycle.person.press(&format!("{worst}的审定调整待复核")).await;
    cycle.person.press("同意调整").await;
    assert!(grade_of(&cycle, &worst).await.contains("100 好"));
}

/// The branch's line of the review, as the committee sees it.
async fn grade_of(cycle: &small_cycle::SmallCycle, branch: &str) -> String {
    cycle.person.enter("工委工作人员").await;
    cycle.go("/review").await;
    let lines = cycle.person.texts("main tbody tr").await;
    lines.into_iter().find(|line| line.starts_with(branch)).unwrap_or_else(|| panic!("{branch} is not reviewed"))
}
