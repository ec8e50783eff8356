//! Whom the owner's field offers: the branch's secretary, whoever that is at the time, then everybody in its register.
use members::Enrolled;
use web::T;

/// A line of the choice.
pub struct Choice {
    /// A member's id; empty for the post of secretary.
    pub value: String,
    pub words: String,
    pub chosen: bool,
}

/// `now` is what was chosen: an id, a name from before, or nobody. None where the register has nobody: then a name is typed.
pub fn choices(t: T, all: &[Enrolled], secretary: Option<&str>, now: &str) -> Vec<Choice> {
    if all.is_empty() {
        return Vec::new();
    }
    let post = match secretary {
        Some(name) => t.text("problem-owner-post").with("name", name).to_string(),
        None => t.text("problem-secretary").to_string(),
    };
    let alone = all.iter().filter(|e| e.name == now).count() == 1;
    let member = |e: &Enrolled| {
        let value = e.member.to_string();
        let chosen = value == now || (alone && e.name == now);
        Choice { value, words: words(t, e), chosen }
    };
    let mut choices = vec![Choice { value: String::new(), words: post, chosen: now.is_empty() }];
    choices.extend(all.iter().map(member));
    if !choices.iter().any(|c| c.chosen) {
        let words = t.text("problem-owner-elsewhere").with("name", now).to_string();
        choices.push(Choice { value: now.to_owned(), words, chosen: true });
    }
    choices
}

fn words(t: T, e: &Enrolled) -> String {
    match e.posts.is_empty() {
        true => e.name.clone(),
        false => t.text("problem-owner-with").with("name", &e.name).with("posts", t.list(&e.posts)).to_string(),
    }
}
