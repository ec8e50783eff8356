//! 总览: the figures of every level of the tree, kept as results change, each linked to its rows.
mod overview;

use web::{Group, MenuEntry, Routes, Slice};

access::permissions! {
    /// See the figures of one's subtree.
    OverviewRead = "overview.read";
}

pub fn slice() -> Slice {
    Slice {
        routes: Routes::new("overview").get("/overview", overview::page::page),
        migrations: &[],
        permissions: PERMISSIONS,
        texts: &[
            ("zh", include_str!("../../../content/locales/zh/overview.ftl")),
            ("en", include_str!("../../../content/locales/en/overview.ftl")),
        ],
        menu: vec![MenuEntry::of::<OverviewRead>(Group::Desk, "menu-overview", "/overview", "home")],
        panels: vec![],
        sights: vec![],
        workers: vec![],
    }
}
