//! What set-up asks for.
use kernel::{Error, Result};

/// Name, code of the organisation at the top, area, first year and the three administrators' names (system, security, audit); parsed.
#[derive(Clone, Debug)]
pub struct SetUpInput {
    pub(super) name: String,
    /// Empty founds no organisation.
    pub(super) code: String,
    pub(super) area: String,
    pub(super) year: i64,
    pub(super) administrators: [String; 3],
}

const NAME_MAX: usize = 40;

impl SetUpInput {
    /// # Errors
    /// `set-up-name`, `set-up-area`, `set-up-year` (2000 to 2100), `set-up-person`, each at its field: `name`, `area`,
    /// `year`, `system`, `security`, `audit`; all at once. `set-up-same` if one person is to be two administrators.
    /// Whether the code is one is asked where organisations are kept.
    pub fn parse(name: &str, code: &str, area: &str, year: &str, administrators: [&str; 3]) -> std::result::Result<Self, Vec<Error>> {
        let mut wrong = Vec::new();
        let mut take = |value: &str, key, field| line(value, key, field).map_err(|e| wrong.push(e)).unwrap_or_default();
        let (name, area) = (take(name, "set-up-name", "name"), take(area, "set-up-area", "area"));
        let [a, b, c] = administrators;
        let administrators = [take(a, "set-up-person", "system"), take(b, "set-up-person", "security"), take(c, "set-up-person", "audit")];
        let year = year.trim().parse().ok().filter(|y| (2000..=2100).contains(y));
        if year.is_none() {
            wrong.push(Error::invalid("set-up-year").at("year"));
        }
        // 三员分立: three duties, three persons.
        let [system, security, audit] = &administrators;
        for (one, other, field) in [(system, security, "security"), (system, audit, "audit"), (security, audit, "audit")] {
            if !one.is_empty() && one == other {
                wrong.push(Error::invalid("set-up-same").with("name", one).at(field));
            }
        }
        match year {
            Some(year) if wrong.is_empty() => Ok(Self { name, code: code.trim().into(), area, year, administrators }),
            _ => Err(wrong),
        }
    }
}

fn line(value: &str, key: &'static str, field: &'static str) -> Result<String> {
    let value = value.trim();
    let good = !value.is_empty() && value.chars().count() <= NAME_MAX && !value.chars().any(char::is_control);
    if good { Ok(value.into()) } else { Err(Error::invalid(key).with("max", NAME_MAX).at(field)) }
}
