//! The components as a slice uses them: from a template of another crate (this test is one).
#![allow(clippy::restriction, reason = "helpers of tests")]
use askama::Template;
use kernel::Error;
use web::{Crumb, Errors, Flash, FormFields, GradeBar, Light, Moment, Pager, SumRow, T, Texts, WORDS};

fn t() -> T {
    Texts::load(WORDS.iter().copied()).unwrap().of("zh")
}

#[derive(Template)]
#[template(
    source = r#"{{ t.crumbs(crumbs) }}|{% for (name, light) in rows %}{{ name }} {{ t.light(light) }}{% endfor %}|{{ t.tag("ok", name) }}|{{ form.another() }}|{{ t.stars(stars) }}"#,
    ext = "html"
)]
struct Body {
    t: T,
    crumbs: Vec<Crumb>,
    rows: Vec<(String, Light)>,
    name: String,
    form: FormFields,
    stars: u8,
}

#[test]
fn paper_says_what_a_list_is_limited_to_in_the_words_of_its_file() {
    let asked = ["2025 年度".to_owned(), "五星级".to_owned()];
    assert_eq!(t().printed(&asked).to_string(), r#"<p class="printonly sm">筛选条件：2025 年度；五星级</p>"#);
    assert!(t().printed(&[]).to_string().contains("筛选条件：全部"));
    assert!(t().folded("filters", &asked).to_string().contains("<a class=\"btn btn-sm\" href=\"#filters\">2025 年度 · 五星级 · 修改</a>"));
}

#[test]
fn a_name_in_the_way_here_is_marked_as_chinese_on_an_english_page_only() {
    let crumbs = [Crumb::link("锦州市财政局", "/orgs/1"), Crumb::here("Members")];
    let of = |lang: &str| Texts::load(WORDS.iter().copied()).unwrap().of(lang).crumbs(&crumbs).to_string();
    assert!(of("en").contains(r#"<a href="/orgs/1" lang="zh-CN">锦州市财政局</a>"#), "{}", of("en"));
    assert!(of("en").contains(r#"<span aria-current="page">Members</span>"#) && !of("zh").contains("lang="));
}

#[test]
fn a_template_of_another_crate_uses_them_without_import_or_safe_and_data_stay_escaped() {
    let body = Body {
        t: t(),
        crumbs: vec![Crumb::link("A<B", "/x?a=1&b=2"), Crumb::here("C")],
        rows: vec![("<b>".into(), Light::left(-3))],
        name: "<i>".into(),
        form: FormFields::new("token"),
        stars: 2,
    };
    let html = body.render().unwrap();
    assert!(html.contains(r#"<a href="/x?a=1&#38;b=2">A&#60;B</a>"#), "{html}");
    assert!(html.contains(r#"<span aria-current="page">C</span>"#));
    assert!(html.contains("&#60;b&#62; <span class=\"light bad\"><svg"));
    assert!(html.contains("逾期 3 个工作日</span>"));
    assert!(html.contains(r#"<span class="tag ok">&#60;i&#62;</span>"#));
    assert!(html.contains(r#"<input type="hidden" name="_csrf" value="token"><input type="hidden" name="_key" value=""#));
    assert_eq!(html.matches("<path").count(), 3, "one alert and two stars");
}

#[test]
fn a_light_goes_by_the_working_days_left() {
    let lights = [(-1, Light::Late(1)), (0, Light::Today), (1, Light::Soon(1)), (3, Light::Soon(3)), (4, Light::Fine(4))];
    for (days, light) in lights {
        assert_eq!(Light::left(days), light);
    }
    let words = |light| t().light(&light).to_string();
    assert!(words(Light::Today).contains("warn") && words(Light::Today).contains("今天到期"));
    assert!(words(Light::Fine(9)).contains("ok") && words(Light::Fine(9)).contains("还剩 9 个工作日"));
    assert!(words(Light::Closed).contains("idle") && words(Light::Closed).contains("已销号"));
}

#[test]
fn a_date_in_a_sentence_is_kept_on_one_line_and_the_rest_is_escaped() {
    let said = |text: &str| t().dated(text).to_string();
    assert_eq!(said("<b>，2026-01-26 前"), "&#60;b&#62;，<span class=\"date\">2026-01-26</span> 前");
    assert_eq!(said("2026 年 6 月 15 日 · 12026-01-26"), "<span class=\"date\">2026 年 6 月 15 日</span> · 12026-01-26");
    assert_eq!(said("没有日期"), "没有日期");
}

#[test]
fn a_sentence_repeats_what_was_typed_as_far_as_anybody_needs_it() {
    let typed = "长".repeat(5_000);
    let said = t().of(&Error::invalid("date-format").with("value", &typed)).to_string();
    assert!(said.contains("长…") && said.chars().count() < 200, "{said}");
    assert!(t().of(&Error::invalid("date-format").with("value", "2026-2-30")).to_string().contains("2026-2-30"));
    // What stands now is told whole: somebody has to choose between the two.
    assert!(
        t().of(&Error { kind: kernel::Kind::Conflict, ..Error::invalid("date-format").with("value", &typed) }).to_string().contains(&typed)
    );
}

#[test]
fn a_form_s_fields_are_read_one_by_one_and_what_is_no_fault_of_theirs_is_handed_on() {
    let mut errors = Errors::none();
    assert_eq!(errors.take(Ok(3)).unwrap(), Some(3));
    assert_eq!(errors.take::<u8>(Err(Error::invalid("internal").at("a"))).unwrap(), None);
    assert_eq!(errors.take::<u8>(Err(Error::invalid("internal").at("b"))).unwrap(), None);
    assert!(errors.take::<u8>(Err(Error::internal("the disk"))).is_err());
    assert_eq!(errors.into_iter().map(|e| e.field).collect::<Vec<_>>(), [Some("a"), Some("b")]);
}

#[test]
fn a_wrong_field_is_named_above_and_beside_and_tied_to_its_message() {
    let errors: Errors = vec![Error::invalid("not-found").at("due"), Error::invalid("internal")].into();
    let summary = t().errsum(&errors).to_string();
    assert!(summary.contains("有 2 处需要更正") && summary.contains(r##"<a href="#due">"##) && summary.matches("<li>").count() == 2);
    let field = t().input("due", "期限", "<x>", &errors).kind("date").hint("例").to_string();
    assert!(field.contains(r#"class="field err""#) && field.contains(r#"aria-invalid="true" aria-describedby="due-h due-e""#), "{field}");
    assert!(field.contains(r#"id="due-e" data-error-for="due""#) && field.contains(r#"value="&#60;x&#62;""#));
    assert_eq!(errors.attrs("due", "due-h").to_string(), r#"aria-invalid="true" aria-describedby="due-h due-e""#);
    assert_eq!(errors.attrs("other", "").to_string(), "");
    assert_eq!(errors.attrs("other", "h").to_string(), r#"aria-describedby="h""#);
    let right = t().input("measure", "措施", "两行\n文字", &errors).long().optional().to_string();
    assert!(
        right.contains(r#"<div class="field"><label for="measure">措施（选填）</label><textarea"#)
            && right.contains(">两行\n文字</textarea>")
    );
    assert!(t().errsum(&Errors::none()).is_empty() && t().errmsg(&Errors::none(), "due").is_empty());
}

#[test]
fn bars_share_their_width_by_the_numbers_and_survive_zero() {
    let bar = |counts: [i64; 4]| {
        let parts = counts.map(|n| ("x".to_owned(), n)).to_vec();
        t().grade_bar(&GradeBar { parts }).to_string()
    };
    let half = bar([1300, 1300, 0, 0]);
    assert!(half.contains(r#"<rect x="0.0%" y="0" width="49.5%""#) && half.contains(r#"<rect x="50.0%" y="0" width="49.5%""#), "{half}");
    assert!(half.contains(">1,300</text>") && half.contains("x 1,300, x 1,300, x 0, x 0"));
    assert!(!bar([0; 4]).contains("NaN") && !bar([0; 4]).contains("<text"));
    assert!(t().progress(&0, &0).as_str().contains(r#"<rect width="0.0""#));
    assert!(t().progress(&3, &4).as_str().contains(r#"<rect width="75.0""#) && t().progress(&3, &4).as_str().contains("已处理 3，共 4"));
    assert!(t().bar(&9, &3, "star").as_str().contains(r#"<rect width="100.0""#));
}

#[test]
fn a_row_s_grades_have_their_numbers_below_however_few_and_each_leads_to_its_rows() {
    let parts = [("好", 1300), ("较好", 2), ("一般", 0)].map(|(name, n)| (name.to_owned(), n)).to_vec();
    let row = t().grade_row(&GradeBar { parts }, "/x?under=/1/").to_string();
    assert_eq!(row.matches("<rect").count(), 3, "{row}");
    assert!(row.contains(">好</span> 1,300</a>") && row.contains(">较好</span> 2</a>") && !row.contains("一般"), "{row}");
    assert!(row.contains("/x?under=/1/&") && row.contains("grade=%E8%BE%83%E5%A5%BD"), "{row}");
}

#[test]
fn what_is_not_there_leaves_no_empty_shell() {
    assert!(t().pager(&Pager::default()).is_empty());
    let first = Pager { after: Some("?after=x".into()), ..Pager::default() };
    assert!(t().pager(&first).as_str().contains("下一页") && !t().pager(&first).as_str().contains("上一页"));
    assert!(!t().stars(&0).as_str().contains("<svg") && t().stars(&0).as_str().contains("未达星级"));
    let rows = [SumRow { label: "甲".into(), value: "1".into(), href: None }];
    assert!(!t().sumlist(&rows).as_str().contains("<a "));
    let moments = [Moment { when: String::new(), text: "甲".into(), done: false }];
    assert_eq!(t().timeline(&moments).as_str(), r#"<ol class="tl"><li>甲</li></ol>"#);
    assert!(t().icon("no such icon").as_str().contains(r#"d="""#));
}

#[test]
fn a_message_says_how_it_is_meant_and_carries_its_undo() {
    let form = FormFields::new("token");
    let done = t().flash(&Flash::done("todo").undo("/x/undo"), &form).to_string();
    assert!(
        done.contains(r#"class="flash ok" role="status""#) && done.contains(r#"action="/x/undo"><input type="hidden" name="_csrf""#),
        "{done}"
    );
    let failed = t().flash(&Flash::failed(&Error::not_found()), &form).to_string();
    assert!(failed.contains(r#"class="flash bad" role="alert""#) && !failed.contains("<form"));
}
