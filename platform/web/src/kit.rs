//! `/kit`: every component once. It is what developers copy from and what the visual and
//! accessibility regression looks at.
use crate::{Crumb, Errors, Flash, FormFields, GradeBar, Light, Moment, Mood, Pager, Steps, SumRow, T};
use askama::Template;
use kernel::Error;

/// The component page; its forms lead nowhere.
#[derive(Template)]
#[template(path = "kit.html")]
pub struct Kit {
    t: T,
    crumbs: Vec<Crumb>,
    tags: Vec<(&'static str, String)>,
    lights: [Light; 5],
    done: Flash,
    messages: [(Mood, &'static str); 3],
    form: FormFields,
    errors: Errors,
    steps: Steps,
    sum: Vec<SumRow>,
    grades: GradeBar,
    stars: [(u8, i64); 3],
    facts: Vec<(String, String)>,
    moments: Vec<Moment>,
    pager: Pager,
}

impl Kit {
    /// `form` is what every form on it begins with.
    pub fn new(t: T, form: FormFields) -> Self {
        let word = |key: &str| t.text(key).to_string();
        let number = |n: i64| crate::group(&n.to_string());
        let moment = |when: &str, key: &str, done| Moment { when: when.into(), text: word(key), done };
        Self {
            t,
            crumbs: vec![Crumb::link(t.text("group-desk"), "/"), Crumb::here(t.text("kit"))],
            tags: vec![
                ("", word("kit-tag-open")),
                ("info", word("kit-tag-doing")),
                ("ok", word("kit-tag-passed")),
                ("warn", word("kit-tag-missing")),
                ("bad", word("kit-tag-late")),
            ],
            lights: [Light::left(-3), Light::left(0), Light::left(2), Light::left(9), Light::Closed],
            done: Flash::done("kit-flash-ok").undo("/kit"),
            messages: [(Mood::Info, "kit-flash-info"), (Mood::Warn, "kit-flash-warn"), (Mood::Bad, "kit-flash-bad")],
            form,
            errors: Error::invalid("kit-due-missing").at("due").into(),
            steps: Steps { labels: ["kit-step-1", "kit-step-2", "kit-step-3", "kit-step-4"].map(word).to_vec(), current: 1 },
            sum: vec![
                SumRow { label: word("kit-sum-self"), value: "99.5".into(), href: Some("#due".into()) },
                SumRow { label: word("kit-sum-files"), value: "86".into(), href: Some("#due".into()) },
            ],
            grades: GradeBar {
                parts: vec![(word("grade-good"), 1702), (word("grade-fair"), 861), (word("grade-plain"), 198), (word("grade-poor"), 46)],
            },
            stars: [(5, 212), (4, 861), (0, 46)],
            facts: vec![(word("kit-fact-branches"), number(2807)), (word("kit-fact-share"), "95.9%".into())],
            moments: vec![
                moment("2026-05-20", "kit-moment-1", true),
                moment("2026-05-21", "kit-moment-2", true),
                moment("", "kit-moment-3", false),
            ],
            pager: Pager { before: Some("?before=20".into()), after: Some("?after=40".into()), note: word("kit-pager-note") },
        }
    }
}
