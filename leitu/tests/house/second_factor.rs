//! Who must sign in with a second factor: it follows from what the slices declare, and stands here once more, by hand.
use leitu::house::{roles, slices};

#[test]
fn the_administrators_and_whoever_publishes_need_a_second_factor_and_nobody_else() {
    let roles = roles(&slices()).unwrap();
    let asked: Vec<&str> = roles.iter().map(|(name, _)| name).filter(|name| roles.asks_second_factor(name)).collect();
    assert_eq!(asked, ["audit_administrator", "committee", "reviewer", "security_administrator", "system_administrator"]);
}
