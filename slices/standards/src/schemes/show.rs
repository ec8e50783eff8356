//! /schemes/{code}/v/{version}: dimensions, indicators, rules; grouped by dimension or by another view (S43).
use super::judged::{Judged, judged};
use super::spoken;
use super::store::{named, scheme};
use crate::editions::titles;
use crate::published::published;
use access::{Grant, SignedIn};
use askama::Template;
use kernel::{Points, Quantity};
use scheme::{Indicator, Scheme, Veto};
use scoring::Prepared;
use serde::Deserialize;
use std::sync::Arc;
use web::{Asked, At, Page, T, Ui};

#[derive(Deserialize, Default)]
pub struct Shown {
    view: Option<String>,
}

#[derive(Template)]
#[template(path = "scheme/show.html")]
struct Show {
    t: T,
    scheme: Arc<Prepared>,
    /// `None`: by dimension.
    view: Option<String>,
    groups: Vec<Group>,
    total: Points,
    /// What decides between equals, first things first.
    order: Vec<String>,
    /// The cycles it judges, of those the reader may open.
    judged: Vec<Judged>,
    published: Option<String>,
}

impl Show {
    fn effect(&self, v: &Veto) -> String {
        spoken::effect(self.t, v)
    }
    fn percent(&self, ratio: &Quantity) -> String {
        spoken::percent(*ratio)
    }
}

/// Indicators that stand together, with their sum.
pub struct Group {
    pub code: String,
    pub title: String,
    pub points: Points,
    pub indicators: Vec<Line>,
}

pub struct Line {
    pub indicator: Indicator,
    /// Its articles as addresses with their names.
    pub articles: Vec<(String, String)>,
}

pub async fn show(_: Grant<SignedIn>, ui: Ui, At((code, version)): At<(String, String)>, Asked(q): Asked<Shown>) -> web::Result<Page> {
    let id = named(&ui.db, &code, &version).await?;
    let (scheme, judged) = (scheme(&ui.db, id).await?, judged(&ui, id).await?);
    let published = published(&ui, format!("scheme:{id}"), "scheme.publish").await?;
    let order = spoken::order(ui.t, &scheme);
    let titles = titles(&ui.db).await?;
    let view = q.view.filter(|v| scheme.view(v).is_some());
    let groups = groups(&scheme, view.as_deref(), |i| titles.cite(ui.t, &i.articles));
    let (total, title) = (groups.iter().map(|g| g.points).sum(), scheme.title.clone());
    ui.titled("standards/scheme/show.html", title, Show { t: ui.t, scheme, view, groups, total, order, judged, published }).await
}

/// By dimension, or by the groups of a view; both have every indicator once and so the same sum.
pub fn groups(scheme: &Scheme, view: Option<&str>, cite: impl Fn(&Indicator) -> Vec<(String, String)>) -> Vec<Group> {
    let line = |indicator: &Indicator| Line { indicator: indicator.clone(), articles: cite(indicator) };
    let of = |codes: Vec<&str>| codes.into_iter().filter_map(|c| scheme.indicator(c)).map(line).collect::<Vec<_>>();
    let made = |code: &str, title: &str, indicators: Vec<Line>| Group {
        code: code.into(),
        title: title.into(),
        points: indicators.iter().map(|l| l.indicator.points).sum(),
        indicators,
    };
    match view.and_then(|v| scheme.view(v)) {
        Some(view) => view.groups.iter().map(|g| made(&g.code, &g.title, of(g.indicators.iter().map(String::as_str).collect()))).collect(),
        None => {
            let codes = |d: &str| scheme.indicators.iter().filter(|i| i.dimension == d).map(|i| i.code.as_str()).collect();
            scheme.dimensions.iter().map(|d| made(&d.code, &d.title, of(codes(&d.code)))).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::groups;
    use crate::shipped;
    use kernel::Points;

    #[test]
    fn s43_the_same_27_indicators_add_to_100_by_six_dimensions_and_by_five_aspects() {
        let scheme = shipped::schemes().unwrap().remove(0);
        for (view, count) in [(None, 6), (Some("five-aspects"), 5)] {
            let groups = groups(&scheme, view, |_| Vec::new());
            assert_eq!(groups.len(), count);
            assert_eq!(groups.iter().map(|g| g.indicators.len()).sum::<usize>(), 27);
            assert_eq!(groups.iter().map(|g| g.points).sum::<Points>(), Points::hundredths(10_000));
        }
    }
}
