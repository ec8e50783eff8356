//! Who may open and do what: made from the route inventory itself, so it cannot lag behind the program.
use crate::PermissionsRead;
use access::Grant;
use askama::Template;
use web::{Page, RouteInfo, T, Ui};

/// A permission and the routes that ask for it.
struct Line {
    permission: &'static str,
    /// What it allows, in words.
    allows: String,
    roles: String,
    routes: Vec<RouteInfo>,
}

#[derive(Template)]
#[template(path = "roles/permissions.html")]
struct View {
    t: T,
    rows: Vec<Line>,
}

pub async fn show(_: Grant<PermissionsRead>, ui: Ui) -> web::Result<Page> {
    let mut rows: Vec<Line> = Vec::new();
    for route in ui.app.inventory() {
        match rows.iter_mut().find(|r| r.permission == route.permission) {
            Some(row) => row.routes.push(route.clone()),
            None => rows.push(line(&ui, route)),
        }
    }
    rows.sort_by_key(|r| r.permission);
    ui.page("accounts/roles/permissions.html", "permissions-title", View { t: ui.t, rows }).await
}

fn line(ui: &Ui, route: &RouteInfo) -> Line {
    let allows = ui.t.text(&format!("may-{}", route.permission.replace('.', "-"))).to_string();
    Line { permission: route.permission, allows, roles: holders(ui, route.permission), routes: vec![route.clone()] }
}

fn holders(ui: &Ui, permission: &str) -> String {
    match permission {
        "public" => ui.t.text("permission-public").to_string(),
        "signed-in" => ui.t.text("permission-signed-in").to_string(),
        code => {
            let names = ui.app.gate().roles().holding(code).into_iter().map(|role| ui.t.text(&format!("role-{role}")).to_string());
            ui.t.list(&names.collect::<Vec<_>>())
        }
    }
}

#[cfg(test)]
mod tests {
    /// The page has words for whatever a role may hold.
    #[test]
    fn every_permission_a_role_holds_is_said_in_words() {
        let roles = include_str!("../../../../content/roles.toml");
        let words =
            [include_str!("../../../../content/locales/zh/accounts.ftl"), include_str!("../../../../content/locales/en/accounts.ftl")];
        let codes = roles.lines().filter_map(|l| l.trim().strip_prefix('"')?.split('"').next());
        for code in codes {
            let key = format!("\nmay-{} = ", code.replace('.', "-"));
            assert!(words.iter().all(|w| w.contains(&key)), "{code} has no words");
        }
    }
}
