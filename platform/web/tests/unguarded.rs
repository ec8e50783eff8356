//! A handler that anybody could call, or whose form's token nobody compares, does not compile, and for that reason alone.
#![allow(clippy::restriction, reason = "in a test, what is missing is a failure")]

#[test]
fn an_unguarded_handler_does_not_compile() {
    trybuild::TestCases::new().compile_fail("tests/unguarded/*.rs");
    let said = |case: &str| std::fs::read_to_string(format!("tests/unguarded/{case}.stderr")).unwrap();
    for (case, door, what) in [
        ("reader_without_a_grant", "Routes::get", "GuardedBy"),
        ("writer_without_a_checked_body", "Routes::post", "WrittenBy"),
        ("writer_without_a_body", "Routes::post", "WrittenBy"),
    ] {
        let said = said(case);
        let errors = said.lines().filter(|line| line.starts_with("error")).count();
        let bound = format!("required by a bound in `{door}`");
        assert!(errors == 1 && said.contains(&bound) && said.contains(&format!("{what}<")), "{case}: {said}");
    }
}
