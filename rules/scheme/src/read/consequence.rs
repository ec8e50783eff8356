//! What follows from a total: grades, stars, vetoes.
use super::table::Table;
use crate::{Grade, Star, Veto};
use kernel::Quantity;
use std::collections::BTreeMap;

pub(super) fn veto(t: Table<'_>) -> Veto {
    let read = Veto {
        code: t.text("code"),
        title: t.text("title"),
        max_grade: t.text_option("max_grade"),
        max_star: t.star("max_star"),
        grade_fixed: t.text_option("grade_fixed"),
        star_fixed: t.star("star_fixed"),
        source: t.text_option("source"),
    };
    if read.max_grade.is_none() && read.max_star.is_none() && read.grade_fixed.is_none() && read.star_fixed.is_none() {
        t.report("scheme-veto-empty", "", "");
    }
    t.finish();
    read
}

pub(super) fn grade(t: Table<'_>) -> Grade {
    let read = Grade {
        name: t.text("name"),
        min: t.points("min"),
        max_inclusive: t.points_option("max_inclusive"),
        max_exclusive: t.points_option("max_exclusive"),
    };
    t.finish();
    read
}

pub(super) fn star(t: Table<'_>) -> Star {
    if !t.has("level") {
        t.report("scheme-field-missing", "level", "");
    }
    let read = Star {
        level: t.star("level").unwrap_or_default(),
        min: t.points_option("min").unwrap_or_default(),
        quota_ratio: t.quantity_option("quota_ratio"),
    };
    if let Some(ratio) = read.quota_ratio.filter(|r| *r > Quantity::ONE) {
        t.report("scheme-field-value", "quota_ratio", &ratio.to_string());
    }
    t.finish();
    read
}

/// Where the rules speak of the calculation they may only say what is calculated.
const FIXED: [(&str, &str); 4] =
    [("quota_base", "参评支部总数"), ("quota_rounding", "floor"), ("cascade_overflow", "1"), ("demote_if_below_line", "1")];

pub(super) fn star_rules(t: &Table<'_>) -> BTreeMap<String, String> {
    let rules = super::described(t);
    for (key, only) in FIXED {
        if let Some(value) = rules.get(key).filter(|v| *v != only) {
            t.report("scheme-unsupported", key, value);
        }
    }
    rules
}
