//! Roles and what they may: read from content, checked against what the slices declare.
use crate::PermissionInfo;
use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// `administrator` roles and `business` roles are never held by one account together.
    pub kind: Kind,
    pub permissions: Vec<String>,
    /// Held at an organisation of one of these types; empty: held at the installation, or anywhere.
    #[serde(default)]
    pub at: Vec<String>,
    /// Follows from the two above, and stands in no file: see [`Roles::ask_second_factor`].
    #[serde(skip)]
    second_factor: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Administrator,
    Business,
}

impl Role {
    pub fn is_administrator(&self) -> bool {
        self.kind == Kind::Administrator
    }
}

/// All roles of the installation. A word nobody declared, or a permission nobody holds, stops the start.
#[derive(Clone, Debug)]
pub struct Roles(BTreeMap<String, Role>);

impl Roles {
    /// # Errors
    /// A sentence for the console naming the role and the code.
    pub fn parse(text: &str, declared: &[PermissionInfo]) -> Result<Self, String> {
        let mut roles: BTreeMap<String, Role> = toml::from_str(text).map_err(|e| format!("roles.toml: {e}"))?;
        Self::ask_second_factor(&mut roles, declared);
        let known: HashSet<&str> = declared.iter().map(|p| p.code).collect();
        let mut unheld = known.clone();
        for (name, role) in &roles {
            for code in &role.permissions {
                if !known.contains(code.as_str()) {
                    return Err(format!("roles.toml: {name} holds {code}, which no slice declares"));
                }
                unheld.remove(code.as_str());
            }
        }
        if unheld.is_empty() { Ok(Self(roles)) } else { Err(format!("roles.toml: no role holds {unheld:?}")) }
    }
    /// For tests of single slices: codes that none of `declared` declares are left out instead of refused.
    ///
    /// # Errors
    /// A sentence, if the text is no list of roles.
    pub fn parse_partly(text: &str, declared: &[PermissionInfo]) -> Result<Self, String> {
        let mut roles: BTreeMap<String, Role> = toml::from_str(text).map_err(|e| format!("roles.toml: {e}"))?;
        for role in roles.values_mut() {
            role.permissions.retain(|code| declared.iter().any(|p| p.code == code));
        }
        Self::ask_second_factor(&mut roles, declared);
        Ok(Self(roles))
    }
    /// Who must sign in with a second factor: the three administrators (等保 8.1.4.1 d), and every role that publishes or makes
    /// final. The only place where it is said; no list of roles can forget one.
    fn ask_second_factor(roles: &mut BTreeMap<String, Role>, declared: &[PermissionInfo]) {
        let publishes = |code: &String| declared.iter().any(|p| p.publishes && p.code == code);
        for role in roles.values_mut() {
            role.second_factor = role.is_administrator() || role.permissions.iter().any(publishes);
        }
    }
    /// Whether who holds this role must sign in with a second factor.
    pub fn asks_second_factor(&self, role: &str) -> bool {
        self.0.get(role).is_some_and(|r| r.second_factor)
    }
    pub fn holds(&self, role: &str, code: &str) -> bool {
        self.0.get(role).is_some_and(|r| r.permissions.iter().any(|p| p == code))
    }
    /// The roles that hold a permission, for the sentence that tells who can.
    pub fn holding(&self, code: &str) -> Vec<&str> {
        self.0.iter().filter(|(_, r)| r.permissions.iter().any(|p| p == code)).map(|(n, _)| n.as_str()).collect()
    }
    pub fn get(&self, name: &str) -> Option<&Role> {
        self.0.get(name)
    }
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Role)> {
        self.0.iter().map(|(n, r)| (n.as_str(), r))
    }
    /// Whether one account may hold both: administrators hold one administrator's role and nothing else.
    pub fn compatible(&self, a: &str, b: &str) -> bool {
        let kind = |n: &str| self.0.get(n).map(|r| r.kind);
        a == b || (kind(a) == Some(Kind::Business) && kind(b) == Some(Kind::Business))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DECLARED: &[PermissionInfo] = &[PermissionInfo { code: "a", publishes: false }, PermissionInfo { code: "b", publishes: true }];

    fn roles(text: &str) -> Result<Roles, String> {
        Roles::parse(text, DECLARED)
    }

    #[test]
    fn an_undeclared_permission_and_one_nobody_holds_stop_the_start() {
        assert!(roles("[x]\nkind = \"business\"\npermissions = [\"a\", \"b\", \"c\"]").unwrap_err().contains('c'));
        assert!(roles("[x]\nkind = \"business\"\npermissions = [\"a\"]").unwrap_err().contains('b'));
    }

    #[test]
    fn administrators_hold_nothing_beside_their_role() {
        let r = roles("[s]\nkind = \"administrator\"\npermissions = [\"a\"]\n[t]\nkind = \"administrator\"\npermissions = []\n[x]\nkind = \"business\"\npermissions = [\"b\"]\n[y]\nkind = \"business\"\npermissions = []").unwrap();
        assert!(r.compatible("x", "y") && !r.compatible("s", "x") && !r.compatible("s", "t"));
        assert_eq!(r.holding("b"), ["x"]);
    }

    #[test]
    fn administrators_and_whoever_publishes_sign_in_with_a_second_factor() {
        let text = "[s]\nkind = \"administrator\"\npermissions = []\n[x]\nkind = \"business\"\npermissions = [\"b\"]\n[y]\nkind = \"business\"\npermissions = [\"a\"]";
        for roles in [roles(text).unwrap(), Roles::parse_partly(text, DECLARED).unwrap()] {
            assert_eq!(["s", "x", "y", "nobody"].map(|r| roles.asks_second_factor(r)), [true, true, false, false]);
        }
    }
}
