//! Figures as SVG. Attributes only, since the content policy allows no inline style; the colours are
//! the variables of the style sheet, and the numbers always stand beside them.
use crate::{Html, T, texts::group};
use askama::Template;
use std::fmt::Display;

/// In percent of the bar, so that it stretches without distorting the numbers in it.
const WIDTH: f64 = 100.0;
/// A part narrower than this has no room for its number.
const ROOM: f64 = 12.0;
/// The gap between two parts.
const GAP: f64 = 0.5;

/// How many of each grade, best first: 好 较好 一般 差 (more than four share the last colour).
#[derive(Clone, Default, Debug)]
pub struct GradeBar {
    pub parts: Vec<(String, i64)>,
}

struct Part {
    x: String,
    width: String,
    middle: String,
    fill: u8,
    /// White on the dark ends, ink on the light middle.
    ink: &'static str,
    number: Option<String>,
}

#[derive(Template)]
#[template(path = "_part/grade_bar.html")]
struct GradeBarView {
    label: String,
    parts: Vec<Part>,
}

#[derive(Template)]
#[template(path = "_part/grade_row.html")]
struct GradeRow {
    parts: Vec<Part>,
    /// Grade, number, where its rows are.
    figures: Vec<(String, String, String)>,
}

#[derive(Template)]
#[template(path = "_part/grade_legend.html")]
struct Legend {
    entries: Vec<(u8, String, String)>,
    /// Where a grade's rows are: its name is added; empty: nowhere.
    rows: String,
}

impl Legend {
    fn of(bar: &GradeBar, rows: String) -> Self {
        let entries = bar.parts.iter().enumerate().map(|(i, (name, n))| (colour(i), name.clone(), group(&n.to_string())));
        Self { entries: entries.collect(), rows }
    }
    fn href(&self, name: &str) -> String {
        format!("{}&{}", self.rows, serde_urlencoded::to_string([("grade", name)]).unwrap_or_default())
    }
}

#[derive(Template)]
#[template(
    source = r#"<svg class="{{ class }}" viewBox="0 0 100 {{ height }}" preserveAspectRatio="none" {% if label == "" %}aria-hidden="true"{% else %}role="img" aria-label="{{ label }}"{% endif %}><rect width="{{ share }}" height="{{ height }}" fill="var(--{{ fill }})"/></svg>"#,
    ext = "html"
)]
struct Bar<'a> {
    class: &'a str,
    height: u8,
    share: String,
    fill: &'a str,
    label: String,
}

fn share(part: i64, whole: i64) -> f64 {
    if whole <= 0 { 0.0 } else { (part as f64 / whole as f64).clamp(0.0, 1.0) }
}

fn colour(index: usize) -> u8 {
    index.min(3) as u8 + 1
}

impl GradeBar {
    fn view(&self) -> GradeBarView {
        let total = self.parts.iter().map(|(_, n)| n).sum();
        let mut x = 0.0;
        let parts = self.parts.iter().enumerate().map(|(i, (_, n))| {
            let width = share(*n, total) * WIDTH;
            let part = Part {
                x: format!("{x:.1}"),
                width: format!("{:.1}", (width - GAP).max(0.0)),
                middle: format!("{:.1}", x + width / 2.0),
                fill: colour(i),
                ink: if i == 0 || i >= 3 { "#fff" } else { "#1a212b" },
                number: (width > ROOM).then(|| group(&n.to_string())),
            };
            x += width;
            part
        });
        let label = self.parts.iter().map(|(name, n)| format!("{name} {}", group(&n.to_string()))).collect::<Vec<_>>();
        GradeBarView { parts: parts.collect(), label: label.join(", ") }
    }
}

impl T {
    /// A stacked bar for a table row; the numbers inside are also its label.
    pub fn grade_bar(self, bar: &GradeBar) -> Html {
        Html::of(&bar.view())
    }

    /// A stacked bar for a table row with its numbers below, each leading to its rows as in [`Self::grade_links`]: a grade of
    /// few branches has a number too, which inside the bar would have no room.
    pub fn grade_row(self, bar: &GradeBar, rows: impl Display) -> Html {
        let some = GradeBar { parts: bar.parts.iter().filter(|(_, n)| *n > 0).cloned().collect() };
        let legend = Legend::of(&some, rows.to_string());
        let figures = legend.entries.iter().map(|(_, name, n)| (name.clone(), n.clone(), legend.href(name))).collect();
        Html::of(&GradeRow { parts: bar.view().parts, figures })
    }

    /// The colours with their words and numbers, above the table.
    pub fn grade_legend(self, bar: &GradeBar) -> Html {
        Html::of(&Legend::of(bar, String::new()))
    }

    /// The same, each number leading to its rows: `rows` is a list's address with a query, to which `grade` is added.
    pub fn grade_links(self, bar: &GradeBar, rows: impl Display) -> Html {
        Html::of(&Legend::of(bar, rows.to_string()))
    }

    /// A horizontal bar beside its number; `fill` is a colour's name (`star`, `blue`, `edge`).
    pub fn bar(self, value: &i64, max: &i64, fill: &str) -> Html {
        Html::of(&Bar { class: "bar", height: 18, share: format!("{:.1}", share(*value, *max) * 100.0), fill, label: String::new() })
    }

    /// How far a job or a form is.
    pub fn progress(self, done: &u64, total: &u64) -> Html {
        let label = self.text("progress-label").with("done", done).with("total", total).to_string();
        Html::of(&Bar {
            class: "prog",
            height: 1,
            share: format!("{:.1}", share(*done as i64, *total as i64) * 100.0),
            fill: "blue",
            label,
        })
    }
}
