//! A second calculation, slow and plain, that shares no code with `rules`: it reads the TOML into
//! generic values, uses its own fractions, and follows the words of the issue one after another.
use crate::province::Branch;
use toml::Value;

mod fraction;
pub use fraction::F;

#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub code: String,
    /// Hundredths; `None` where not applicable.
    pub scores: Vec<Option<i128>>,
    pub dimensions: Vec<Option<i128>>,
    pub total: i128,
    pub grade: String,
    pub star: Option<i128>,
    pub rank: usize,
    pub missing: Vec<String>,
}

struct Half {
    answer: Answer,
    d: i128,
    history: usize,
    fixed: Option<i128>,
    lowered: Option<i128>,
}

pub fn all(scheme: &Value, branches: &[Branch]) -> Vec<Answer> {
    let mut halves: Vec<Half> = branches.iter().map(|b| one(scheme, b)).collect();
    // Order: total as in the ledger, dimension D, last year's grade, branch code by bytes.
    halves.sort_by(|a, b| {
        (b.answer.total, b.d, b.history).cmp(&(a.answer.total, a.d, a.history)).then(a.answer.code.as_bytes().cmp(b.answer.code.as_bytes()))
    });
    for (i, half) in halves.iter_mut().enumerate() {
        half.answer.rank = i + 1;
    }
    let n = F::int(halves.len() as i128);
    let mut stars: Vec<&Value> = scheme["star"].as_array().unwrap().iter().collect();
    stars.sort_by_key(|s| -s["level"].as_integer().unwrap());
    for half in &mut halves {
        half.answer.star = half.fixed;
    }
    let mut left_over: Vec<usize> = Vec::new();
    for star in stars {
        let level = i128::from(star["level"].as_integer().unwrap());
        let mut candidates: Vec<usize> = (0..halves.len())
            .filter(|i| {
                let h = &halves[*i];
                let joins = left_over.contains(i);
                let reaches = h.answer.total.min(10_000) >= number(&star["min"]).hundredths();
                h.answer.star.is_none() && h.fixed.is_none() && h.lowered.is_none_or(|max| max >= level) && (reaches || joins)
            })
            .collect();
        candidates.sort_by_key(|i| halves[*i].answer.rank);
        let places = match star.get("quota_ratio") {
            Some(q) => (number(q) * n).floor() as usize,
            None => usize::MAX,
        };
        left_over.clear();
        for (k, i) in candidates.into_iter().enumerate() {
            if k < places {
                halves[i].answer.star = Some(level);
            } else {
                left_over.push(i);
            }
        }
    }
    halves.into_iter().map(|h| h.answer).collect()
}

fn one(scheme: &Value, branch: &Branch) -> Half {
    let indicators = scheme["indicator"].as_array().unwrap();
    let dimensions = scheme["dimension"].as_array().unwrap();
    let mut missing = Vec::new();
    let mut scores: Vec<Option<i128>> = vec![None; indicators.len()];
    let mut columns = Vec::new();
    let mut remaining = F::int(0);
    for dimension in dimensions {
        let code = dimension["code"].as_str().unwrap();
        let members: Vec<usize> = (0..indicators.len())
            .filter(|i| indicators[*i]["dimension"].as_str() == Some(code) && applies(&indicators[*i], branch))
            .collect();
        if members.is_empty() {
            columns.push(None);
            continue;
        }
        remaining = remaining + number(&dimension["points"]);
        // Share the dimension's points by largest remainder in hundredths.
        let sum = members.iter().fold(F::int(0), |s, i| s + number(&indicators[*i]["points"]));
        let exact: Vec<F> =
            members.iter().map(|i| number(&dimension["points"]) * F::int(100) * number(&indicators[*i]["points"]) / sum).collect();
        let mut cents: Vec<i128> = exact.iter().map(|f| f.floor()).collect();
        while F::int(cents.iter().sum()) < number(&dimension["points"]) * F::int(100) {
            let mut best = 0;
            for k in 1..members.len() {
                let rest = |k: usize| exact[k] - F::int(cents[k]);
                let by_code = indicators[members[k]]["code"].as_str() < indicators[members[best]]["code"].as_str();
                if rest(k) > rest(best) || (rest(k) == rest(best) && by_code) {
                    best = k;
                }
            }
            cents[best] += 1;
        }
        let mut column = 0;
        for (k, i) in members.iter().enumerate() {
            let raw = raw(&indicators[*i], branch, &mut missing);
            let score = (raw / number(&indicators[*i]["points"]) * F::new(cents[k], 100)).hundredths();
            scores[*i] = Some(score);
            column += score;
        }
        columns.push(Some(column));
    }
    let sum: i128 = scores.iter().flatten().sum();
    let base = if columns.iter().any(Option::is_none) {
        if remaining == F::int(0) { 0 } else { (F::new(sum, 100) * F::int(100) / remaining).hundredths() }
    } else {
        sum
    };
    let extra = |family: &str| {
        let rules = &scheme[family];
        let all = rules["item"].as_array().unwrap().iter().fold(F::int(0), |s, item| {
            let key = format!("{family}.{}", item["code"].as_str().unwrap());
            s + number(&item["points"]) * branch.facts.get(&key).map_or(F::int(0), |t| F::parse(t))
        });
        all.hundredths().min(number(&rules["cap"]).hundredths())
    };
    let cap = number(&scheme["scheme"]["total_cap"]).hundredths();
    let total = (base + extra("bonus") - extra("penalty")).clamp(0, cap);
    let grades = scheme["grade"].as_array().unwrap();
    let place = |name: &str| grades.iter().position(|g| g["name"].as_str() == Some(name));
    let by_points = grades.iter().position(|g| number(&g["min"]).hundredths() <= total.min(10_000)).unwrap();
    let vetoes: Vec<&Value> = scheme["veto"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|v| branch.facts.get(&format!("veto.{}", v["code"].as_str().unwrap())).is_some_and(|t| F::parse(t) != F::int(0)))
        .collect();
    // The file lists the best grade first, so the lowest of several is the largest place.
    let worst = |field: &str| vetoes.iter().filter_map(|v| v.get(field)).map(|v| place(v.as_str().unwrap()).unwrap()).max();
    let grade = match (worst("grade_fixed"), worst("max_grade")) {
        (Some(fixed), _) => fixed,
        (None, Some(max)) => max.max(by_points),
        (None, None) => by_points,
    };
    let least = |field: &str| vetoes.iter().filter_map(|v| v.get(field)).map(|v| i128::from(v.as_integer().unwrap())).min();
    let history = branch.facts.get("history.grade").and_then(|name| place(name)).map_or(0, |p| grades.len() - p);
    let d = dimensions.iter().position(|d| d["code"].as_str() == Some("D")).and_then(|i| columns[i]).unwrap_or(0);
    let answer = Answer {
        code: branch.code.clone(),
        scores,
        dimensions: columns,
        total,
        grade: grades[grade]["name"].as_str().unwrap().into(),
        star: None,
        rank: 0,
        missing,
    };
    Half { answer, d, history, fixed: least("star_fixed"), lowered: least("max_star") }
}

fn applies(indicator: &Value, branch: &Branch) -> bool {
    let Some(condition) = indicator.get("not_applicable") else { return true };
    let (key, literal) = condition.as_str().unwrap().split_once(" == ").unwrap();
    match branch.facts.get(key) {
        None => true,
        Some(value) => F::parse(value) != F::parse(literal),
    }
}

fn raw(indicator: &Value, branch: &Branch, missing: &mut Vec<String>) -> F {
    let code = indicator["code"].as_str().unwrap();
    for layer in ["committee", "recheck", "acceptance", "mutual", "self"] {
        if let Some(score) = branch.layers.get(&(code.to_owned(), layer.to_owned())) {
            return F::parse(score);
        }
    }
    if indicator["method"].as_str() == Some("composite") {
        indicator["parts"].as_array().unwrap().iter().fold(F::int(0), |sum, part| sum + part_score(part, "key", branch, missing))
    } else {
        part_score(indicator, "metric", branch, missing)
    }
}

fn part_score(part: &Value, key: &str, branch: &Branch, missing: &mut Vec<String>) -> F {
    let key = part[key].as_str().unwrap();
    let points = number(&part["points"]);
    let Some(actual) = branch.facts.get(key).map(|t| F::parse(t)) else {
        missing.push(key.to_owned());
        return F::int(0);
    };
    let zero = F::int(0);
    let score = match part["method"].as_str().unwrap() {
        "per_missing" => {
            let lacking = number(&part["expected"]) - actual;
            points - number(&part["unit"]) * if lacking > zero { lacking } else { zero }
        }
        "per_event" => points - number(&part["unit"]) * actual,
        "ratio" => {
            let share = actual / number(&part["target"]);
            points * if share < F::int(1) { share } else { F::int(1) }
        }
        "band" => {
            let mut best: Option<(F, F)> = None;
            for band in part["bands"].as_array().unwrap() {
                let (min, score) = (number(&band["min"]), number(&band["score"]));
                if actual >= min && best.is_none_or(|(high, _)| min > high) {
                    best = Some((min, score));
                }
            }
            best.map_or(zero, |(_, score)| score)
        }
        "boolean" => {
            if actual == zero {
                zero
            } else {
                points
            }
        }
        other => panic!("{other}"),
    };
    if score < zero {
        zero
    } else if score > points {
        points
    } else {
        score
    }
}

fn number(value: &Value) -> F {
    match value {
        Value::Integer(n) => F::int(i128::from(*n)),
        // The shortest text of a double is the decimal that was written.
        Value::Float(x) => F::parse(&format!("{x}")),
        other => panic!("{other}"),
    }
}
