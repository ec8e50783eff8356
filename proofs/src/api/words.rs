//! What is there, by the names that parameters and fields have: as one role sees it, so that most of a case's words mean something
//! to whoever sends it.
use crate::visitor::Visitor;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Of what others see, so many of each.
const OTHERS: usize = 12;
/// Tables are made for so many organisations.
const SEEN: usize = 6;

pub type Words = Map<String, Value>;

/// What an identity of the demo is shown.
pub async fn shown_to(address: &str, role: &str) -> Words {
    let mut visitor = Visitor::at(address).await.expect("a connection");
    visitor.get("/").await.expect("an answer");
    let begun = visitor.post(&format!("/start/{role}"), "").await.expect("an answer");
    assert_eq!(begun.status, 303, "{}", begun.body);
    seen(visitor).await
}

/// What somebody is shown by the API, beside words that mean the same to everybody.
pub async fn seen(mut visitor: Visitor) -> Words {
    let mut words = plain();
    let cycles = listed(&mut visitor, "/api/v1/cycles", "").await;
    let ids = |rows: &[Value], name: &str| -> Vec<Value> { rows.iter().map(|row| row[name].clone()).collect() };
    let mut sheets = Vec::new();
    for cycle in ids(&cycles, "id") {
        let path = format!("/api/v1/cycles/{}/sheets", cycle.as_str().unwrap_or_default());
        sheets.extend(listed(&mut visitor, &path, "sheets").await);
    }
    let problems = listed(&mut visitor, "/api/v1/problems", "problems").await;
    let asked = listed(&mut visitor, "/api/v1/confirmations", "confirmations").await;
    let seen = listed(&mut visitor, "/api/v1/orgs", "organisations").await;
    let orgs: Vec<Value> = [ids(&seen, "id"), ids(&asked, "org")].concat();
    let csv = words.get_mut("csv").and_then(Value::as_array_mut).expect("tables");
    csv.extend(ids(&seen, "code").iter().filter_map(Value::as_str).take(SEEN).flat_map(tables).map(Value::from));
    words.insert("cycle".into(), ids(&cycles, "id").into());
    words.insert("board".into(), ids(&cycles, "id").into());
    words.insert("sheet".into(), ids(&sheets, "id").into());
    words.insert("problem".into(), ids(&problems, "id").into());
    words.insert("org".into(), orgs.into());
    words
}

/// The operations that the description names, as `GET /api/v1/cycles`.
pub async fn described(address: &str) -> BTreeSet<String> {
    let reply = Visitor::at(address).await.expect("a connection").get("/api/openapi.json").await.expect("an answer");
    let doc: Value = serde_json::from_str(&reply.body).expect("a description");
    let paths = doc["paths"].as_object().expect("paths").iter();
    paths
        .flat_map(|(path, methods)| methods.as_object().into_iter().flatten().map(move |(m, _)| format!("{} {path}", m.to_uppercase())))
        .collect()
}

/// One page of a list; nothing where this role may not read it.
async fn listed(visitor: &mut Visitor, path: &str, field: &str) -> Vec<Value> {
    let reply = visitor.get(path).await.expect("an answer");
    assert!(matches!(reply.status, 200 | 403 | 404), "{path}: {}", reply.status);
    let Ok(whole) = serde_json::from_str::<Value>(&reply.body) else { return Vec::new() };
    let rows = if field.is_empty() { &whole } else { &whole[field] };
    rows.as_array().cloned().unwrap_or_default()
}

/// One's own as often as what others see.
pub fn mixed(mut own: Words, all: &Words) -> Words {
    for (name, words) in &mut own {
        let (Some(mine), Some(theirs)) = (words.as_array_mut(), all.get(name).and_then(Value::as_array)) else { continue };
        let theirs: Vec<Value> = theirs.iter().filter(|word| !mine.contains(word)).take(OTHERS).cloned().collect();
        let (once, mut turn) = (mine.clone(), 0);
        while !once.is_empty() && mine.len() < theirs.len() {
            mine.push(once[turn % once.len()].clone());
            turn += 1;
        }
        mine.extend(theirs);
    }
    own
}

/// Tables that can be brought in at an organisation.
fn tables(code: &str) -> [String; 2] {
    [
        format!("code,name,type,parent_code\n{code}-97,第九十七支部,631,{code}\n"),
        format!("branch_code,name,id_number,status\n{code},王强,,预备\n"),
    ]
}

/// Words that mean something whoever says them.
fn plain() -> Words {
    let csv = ["编码,名称\n21-9,某支部\n", "组织编码,姓名,身份证号\n21-1-1,某人,\n", "\u{feff}a,b\n\"1\",\"=2\"\n", ""];
    let words = json!({
        "indicator": ["A1", "A2", "B1", "A3", "1", "Z9"],
        "score": ["0", "1", "2", "0.5", "27.0", "-1", "", "999", "１"],
        "reason": ["材料不全", "", "=1+1", "现场核实"],
        "rev": [0, 0, 0, 1, 2],
        "text": ["已整改完毕", "", "请补充材料"],
        "owner": ["", "某人"],
        "measure": ["逐项补齐台账", ""],
        "due": ["2026-12-31", "2027-02-29", "2026-11-27", ""],
        "on": ["2026-11-27", "2018-10-28", "9999-12-31", "0001-01-01"],
        "kind": ["organisations", "members", "facts", "scores", "ledger", "nothing"],
        "choice": ["", "2026", "2025"],
        "file": ["名册.csv", "../x.csv", ""],
        "csv": csv,
        "f": ["open", "late", "soon", "mine", "closed", "withdrawn", "631", "standing", "waiting", "confirmed", "overtaken"],
        "layer": ["self", "acceptance", "recheck", "mutual"],
        "state": ["untouched", "begun", "submitted", "returned"],
        "category": ["机关"],
        "schemes": [["LN-JG-27", "2025.1"]],
        "standards": [["REG-ZB", "2018"], ["LN-SZ-XZ", "2018"], ["REG-JG", "2019"]],
    });
    words.as_object().cloned().unwrap_or_default()
}
