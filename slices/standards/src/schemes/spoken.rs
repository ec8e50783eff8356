//! What a scheme's figures and keys mean, in words.
use kernel::Quantity;
use scheme::{OrderKey, Scheme, Veto};
use web::T;

/// What a veto does to grade and star.
pub fn effect(t: T, v: &Veto) -> String {
    let star = |n: u8| t.text("stars-label").with("n", n).to_string();
    let said = |key: &str, value: String| t.text(key).with("value", value).to_string();
    let all = [
        v.grade_fixed.clone().map(|grade| said("veto-grade-fixed", grade)),
        v.max_grade.clone().map(|grade| said("veto-grade-most", grade)),
        v.star_fixed.map(|n| said("veto-star-fixed", star(n))),
        v.max_star.map(|n| said("veto-star-most", star(n))),
    ];
    all.into_iter().flatten().collect::<Vec<_>>().join(&t.text("list-comma").to_string())
}

/// What decides who comes first, the most important first.
pub fn order(t: T, scheme: &Scheme) -> Vec<String> {
    let word = |key: &OrderKey| match key {
        OrderKey::Total => t.text("order-total").to_string(),
        OrderKey::Dimension(code) => {
            let title = scheme.dimensions.iter().find(|d| d.code == *code).map_or(code.as_str(), |d| d.title.as_str());
            t.text("order-dimension").with("title", title).to_string()
        }
        OrderKey::HistoryGrade => t.text("order-history").to_string(),
        OrderKey::BranchCode => t.text("order-code").to_string(),
    };
    let mut all: Vec<String> = scheme.order.iter().map(word).collect();
    if scheme.order.last() != Some(&OrderKey::BranchCode) {
        all.push(t.text("order-code").to_string());
    }
    all
}

/// `0.125` as `12.5`.
pub fn percent(ratio: Quantity) -> String {
    let (n, decimals) = ratio.parts();
    let Some(cut) = decimals.checked_sub(2).filter(|cut| *cut > 0) else { return (n * 10_i128.pow(2 - decimals)).to_string() };
    let one = 10_i128.pow(cut);
    format!("{}.{:0width$}", n / one, n % one, width = cut as usize)
}

#[cfg(test)]
mod tests {
    use super::percent;
    use kernel::Quantity;

    #[test]
    fn a_share_is_said_in_percent_with_the_decimals_it_has() {
        for (ratio, said) in [("0.1", "10"), ("0.40", "40"), ("1", "100"), ("0.125", "12.5"), ("0.05", "5"), ("0.0125", "1.25"), ("0", "0")]
        {
            assert_eq!(percent(Quantity::parse(ratio).unwrap()), said, "{ratio}");
        }
    }
}
