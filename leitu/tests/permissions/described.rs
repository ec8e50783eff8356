//! The description of the API, and whether it is true: what it says of a route, and whether every answer that came is one it names.
use serde_json::Value;
use testkit::Answer;

/// The description, as the program hands it out.
pub fn description() -> Value {
    let routes = leitu::house::slices().into_iter().map(|s| s.routes).reduce(web::Routes::merge).unwrap();
    serde_json::from_str(&routes.openapi().to_json().unwrap()).unwrap()
}

#[test]
fn every_route_of_the_api_is_described_with_its_permission() {
    let routes = leitu::house::slices().into_iter().map(|s| s.routes).reduce(web::Routes::merge).unwrap();
    let doc = description();
    let ours: Vec<_> = routes.inventory().iter().filter(|r| r.path.starts_with("/api/v1")).collect();
    for route in &ours {
        let said = &doc["paths"][&route.path][route.method.as_str().to_lowercase()];
        assert_eq!(said["x-permission"], route.permission, "{} {}", route.method, route.path);
        assert!(said["responses"].as_object().is_some_and(|r| r.contains_key("200")), "{} {}", route.method, route.path);
    }
    let described: usize = doc["paths"].as_object().unwrap().values().map(|p| p.as_object().unwrap().len()).sum();
    assert_eq!(described, ours.len());
    assert!(doc["components"]["securitySchemes"]["token"]["scheme"] == "bearer" && doc["info"]["title"] != "");
}

#[test]
fn what_an_operation_may_answer_follows_from_what_it_is() {
    let doc = description();
    for (method, path, expected) in [
        ("get", "/api/v1/cycles", "200 401 403 429 503"),
        ("get", "/api/v1/orgs", "200 401 403 404 422 429 503"),
        ("get", "/api/v1/sheets/{sheet}", "200 401 404 429 503"),
        ("get", "/api/v1/sheets/{sheet}/adjustments", "200 401 403 404 429 503"),
        ("post", "/api/v1/imports", "200 303 401 403 404 409 413 422 429 503"),
        ("put", "/api/v1/sheets/{sheet}/self/{indicator}", "200 303 401 403 404 409 413 422 429 503"),
    ] {
        let operation = &doc["paths"][path][method];
        let answers: Vec<&str> = operation["responses"].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(answers.join(" "), expected, "{method} {path}");
        let takes_key = operation["parameters"].as_array().is_some_and(|all| all.iter().any(|p| p["name"] == "Idempotency-Key"));
        assert_eq!(takes_key, method != "get", "{method} {path}");
    }
    // What an operation refers to is there.
    let referred = doc.to_string();
    for place in referred.split("\"$ref\":\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(doc.pointer(place).is_some(), "{place}");
    }
}

/// What is wrong with an answer of the API, if the description does not name it.
pub fn undescribed(doc: &Value, (method, path): (&str, &str), answer: &Answer) -> Option<String> {
    let operation = doc["paths"].get(path)?.get(method.to_lowercase())?;
    let named = operation["responses"].get(answer.status.as_str()).is_some();
    (!named).then(|| format!("answered {}, which the description does not name", answer.status))
}
