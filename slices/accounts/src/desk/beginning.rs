//! What comes first in a new installation and whose it is, on the desks of its three administrators. Each of them does one part and
//! waits for another, and their 待办 are empty until somebody has an account. It goes once somebody holds a business role.
use crate::{PeopleManage, PermissionsRead, RolesManage};
use kernel::Result;
use web::Ui;

/// One step; its reader has a way to it if it is theirs.
pub(super) struct First {
    pub who: String,
    pub what: String,
    pub href: Option<&'static str>,
}

pub(super) async fn steps(ui: &Ui) -> Result<Vec<First>> {
    let caller = ui.caller();
    let (people, roles) = (caller.holds::<PeopleManage>(), caller.holds::<RolesManage>());
    if !(people || caller.holds::<PermissionsRead>()) || access::anybody_at_work(&ui.db).await? {
        return Ok(Vec::new());
    }
    let step = |role: &str, what: &str, href| First { who: ui.t.text(role).to_string(), what: ui.t.text(what).to_string(), href };
    Ok(vec![
        step("role-system_administrator", "first-accounts", people.then_some("/people/new")),
        step("role-security_administrator", "first-roles", roles.then_some("/roles")),
        step("role-committee", "first-imports", None),
        step("role-system_administrator", "first-others", None),
    ])
}
