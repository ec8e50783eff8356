//! What a change would do, by the same function that scores: nobody sets a grade, they see which change moves it.
use super::change::{Change, title};
use kernel::Points;
use scheme::{Fact, Scheme};
use scoring::{BranchInput, Layer, Scorer};

/// Total, grade and star before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// What stands at the target now, as text; `0` for a bonus nobody confirmed.
    pub stands: String,
    pub total: (Points, Points),
    pub grade: (String, String),
    /// By the points alone, before how many get one is settled for the whole cycle; 0 for none.
    pub star: (u8, u8),
    /// False for an indicator that is not applicable: a score has no effect there.
    pub applicable: bool,
}

impl Effect {
    pub fn moves_grade(&self) -> bool {
        self.grade.0 != self.grade.1
    }
    pub fn moves_star(&self) -> bool {
        self.star.0 != self.star.1
    }
}

/// The input as it would be.
pub fn applied(input: &BranchInput, change: &Change) -> BranchInput {
    let mut after = input.clone();
    match (change, change.fact()) {
        (Change::Score { indicator, points }, _) => {
            after.score(indicator, Layer::Committee, *points);
        }
        (_, Some(key)) => {
            after.fact(key, Fact::of_text(&change.value()));
        }
        (_, None) => {}
    }
    after
}

pub fn effect(scheme: &Scheme, input: &BranchInput, change: &Change) -> Effect {
    let scorer = Scorer::new(scheme);
    let (before, after) = (scorer.score(input), scorer.score(&applied(input, change)));
    let trail = match change {
        Change::Score { indicator, .. } => before.indicator(indicator),
        _ => None,
    };
    let fact = change.fact().and_then(|key| input.facts.get(&key).map(ToString::to_string));
    Effect {
        stands: trail.map_or_else(|| fact.unwrap_or_else(|| "0".into()), |t| t.raw.rounded().to_string()),
        total: (before.outcome.total, after.outcome.total),
        grade: (before.outcome.grade.to_owned(), after.outcome.grade.to_owned()),
        star: (before.outcome.star_before_quota.unwrap_or(0), after.outcome.star_before_quota.unwrap_or(0)),
        applicable: trail.is_none_or(|t| t.applicable),
    }
}

/// One change that would move the grade by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    pub target: String,
    pub title: String,
    pub value: String,
    pub total: Points,
    pub grade: String,
}

/// Every single change that moves the grade: a score raised to full or lowered to none, a bonus or penalty once more or
/// taken away, a veto found or lifted.
pub fn ways(scheme: &Scheme, input: &BranchInput) -> Vec<Way> {
    let scorer = Scorer::new(scheme);
    let now = scorer.outcome(input);
    let way = |change: Change| {
        let after = scorer.outcome(&applied(input, &change));
        let target = change.target();
        let moved = after.grade != now.grade;
        moved.then(|| Way {
            title: title(scheme, &target),
            target,
            value: change.value(),
            total: after.total,
            grade: after.grade.to_owned(),
        })
    };
    candidates(scheme, input).into_iter().filter_map(way).collect()
}

fn candidates(scheme: &Scheme, input: &BranchInput) -> Vec<Change> {
    let number = |key: String| input.facts.get(&key).map_or(0, |f| f.to_string().parse::<u32>().unwrap_or(0));
    let mut all = Vec::new();
    for veto in &scheme.vetoes {
        all.push(Change::Veto { code: veto.code.clone(), holds: number(scheme::veto_key(&veto.code)) == 0 });
    }
    for item in &scheme.bonus.items {
        let n = number(scheme::bonus_key(&item.code));
        all.extend(steps(n).map(|n| Change::Bonus { item: item.code.clone(), count: n.to_string() }));
    }
    for item in &scheme.penalty.items {
        let n = number(scheme::penalty_key(&item.code));
        all.extend(steps(n).map(|n| Change::Penalty { item: item.code.clone(), count: n.to_string() }));
    }
    for indicator in &scheme.indicators {
        all.extend([indicator.points, Points::ZERO].map(|points| Change::Score { indicator: indicator.code.clone(), points }));
    }
    all
}

fn steps(n: u32) -> impl Iterator<Item = u32> {
    std::iter::once(n + 1).chain(n.checked_sub(1))
}
