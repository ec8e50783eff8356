//! The pages that say why something did not happen: one heading, one sentence, one way on.
use crate::{T, menu};
use askama::Template;
use kernel::{Error, Kind};

/// Which page, with what only that page knows.
#[derive(Clone, Debug)]
pub enum Trouble {
    /// Missing or outside one's scope, never told apart; names those who administer access.
    NotFound {
        administrators: Vec<String>,
    },
    /// Visible, but the step is another role's.
    Denied {
        roles: Vec<String>,
    },
    /// As things stand it cannot be done. Changed meanwhile, if there are both values, line by line.
    Conflict {
        lines: Vec<Difference>,
    },
    /// A body that cannot be accepted and has no form of its own to show again.
    Invalid,
    /// What an address says in its query cannot be read; nothing was to be saved.
    Address,
    SignIn,
    /// The number stands in the log beside the reason.
    Internal {
        number: String,
    },
    Busy {
        seconds: u32,
    },
    Maintenance,
}

/// What I entered beside what is there now.
#[derive(Clone, Debug)]
pub struct Difference {
    pub label: String,
    pub yours: String,
    pub theirs: String,
}

/// The body of an error page; the frame is bare for who is not signed in.
#[derive(Template)]
#[template(path = "error.html")]
pub struct ErrorPage<'a> {
    pub t: T,
    pub trouble: &'a Trouble,
    /// The error's own sentence ([`T::of`]); empty if the heading says it all.
    pub sentence: String,
}

/// Which page an error gets: `number` is what the log knows it by, `reading` that nothing was to be saved, `administrators`
/// are those who give access.
pub(crate) fn trouble(t: T, error: &Error, number: Option<&str>, reading: bool, administrators: Vec<String>) -> Trouble {
    match error.kind {
        Kind::NotFound => Trouble::NotFound { administrators },
        Kind::Denied => Trouble::Denied { roles: role_names(t, error) },
        Kind::Conflict => Trouble::Conflict { lines: Vec::new() },
        Kind::Invalid if reading => Trouble::Address,
        Kind::Invalid => Trouble::Invalid,
        Kind::SignIn => Trouble::SignIn,
        Kind::Internal => Trouble::Internal { number: number.unwrap_or_default().to_owned() },
        Kind::Busy => Trouble::Busy { seconds: 5 },
    }
}

/// The body of the page for an error.
pub(crate) fn error_page(t: T, error: &Error, trouble: &Trouble) -> String {
    let page = ErrorPage { t, trouble, sentence: t.of(error).to_string() };
    // Rendering into a String cannot fail; the bare sentence is still an answer.
    page.render().unwrap_or(page.sentence)
}

/// The codes of the roles that may, as the catalogue's `role-…` names them.
fn role_names(t: T, error: &Error) -> Vec<String> {
    let codes = error.args.iter().find(|(name, _)| *name == "roles").map_or("", |(_, codes)| codes);
    let name = |code: &str| t.text(&format!("role-{code}")).to_string();
    codes.split(',').filter(|code| !code.is_empty()).map(name).collect()
}

/// The sentence that names the roles that may, if the refusal knows them.
pub(crate) fn who_can(t: T, error: &Error) -> Option<String> {
    let roles = role_names(t, error);
    (error.kind == Kind::Denied && !roles.is_empty()).then(|| t.text("error-denied-roles").with("roles", t.list(&roles)).to_string())
}

impl Trouble {
    /// Text key of the heading, which is also the page's title.
    pub fn head(&self) -> &'static str {
        match self {
            Trouble::NotFound { .. } => "error-not-found-head",
            Trouble::Denied { .. } => "error-denied-head",
            Trouble::Conflict { lines } if !lines.is_empty() => "error-conflict-head",
            Trouble::Conflict { .. } => "error-refused-head",
            Trouble::Invalid => "error-invalid-head",
            Trouble::Address => "error-address-head",
            Trouble::SignIn => "error-sign-in-head",
            Trouble::Internal { .. } => "error-internal-head",
            Trouble::Busy { .. } => "error-busy-head",
            Trouble::Maintenance => "error-maintenance-head",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Texts, WORDS};

    fn words() -> T {
        let words = [("zh", "role-audit_administrator = 审计管理员\nrole-committee = 工委")];
        Texts::load(WORDS.iter().copied().chain(words)).unwrap().of("zh")
    }

    fn said(error: &Error) -> Option<String> {
        who_can(words(), error)
    }

    fn page(error: &Error, number: Option<&str>) -> String {
        error_page(words(), error, &trouble(words(), error, number, false, Vec::new()))
    }

    #[test]
    fn a_refusal_names_the_roles_that_may_by_the_words_of_the_catalogue() {
        let html = page(&Error::denied("no-permission").with("roles", "audit_administrator,committee"), None);
        assert!(html.contains("这一步由审计管理员、工委办理。"), "{html}");
        assert_eq!(said(&Error::denied("no-permission").with("roles", "committee")).as_deref(), Some("这一步由工委办理。"));
        assert_eq!(said(&Error::denied("other-site")), None);
        assert!(!page(&Error::denied("other-site"), None).contains("这一步由"));
    }

    #[test]
    fn our_own_fault_shows_its_number_and_never_its_detail() {
        let html = page(&Error::internal("no such table: secret"), Some("7f3a"));
        assert!(html.contains("7f3a") && !html.contains("secret"), "{html}");
    }

    #[test]
    fn what_a_rule_refuses_does_not_claim_that_somebody_changed_it_and_promises_no_values() {
        let html = page(&Error::conflict("key-reused"), None);
        assert!(html.contains("现在不能办理") && html.contains("什么都没有保存"), "{html}");
        assert!(!html.contains("内容已被改动") && !html.contains("两边的值"), "{html}");
    }

    #[test]
    fn what_is_missing_offers_the_search() {
        assert!(page(&Error::not_found(), None).contains("href=\"/search\""));
    }

    #[test]
    fn what_is_missing_names_whoever_gives_access() {
        let missing = Error::not_found();
        let html = error_page(words(), &missing, &trouble(words(), &missing, None, true, vec!["许静".into()]));
        assert!(html.contains("权限由安全管理员管理：许静。"), "{html}");
    }

    #[test]
    fn an_address_that_cannot_be_read_does_not_speak_of_saving() {
        let error = Error::invalid("date-format").with("value", "abc");
        let html = error_page(words(), &error, &trouble(words(), &error, None, true, Vec::new()));
        assert!(html.contains("地址里的内容有误") && html.contains("abc"), "{html}");
        assert!(!html.contains("保存"), "{html}");
    }
}
