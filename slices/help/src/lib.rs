//! 帮助: rare words explained where they stand, and a guide for each role. Public, and without any data: public pages use the
//! words too.
pub mod role;
pub mod topic;

pub use topic::found::ByWord;

use web::{Routes, Slice};

pub fn slice() -> Slice {
    Slice {
        routes: Routes::new("help")
            .get("/help", topic::pages::list)
            .get("/help/{topic}", topic::pages::show)
            .get("/help/role/{guide}", role::pages::show),
        migrations: &[],
        permissions: &[],
        texts: &[
            ("zh", include_str!("../../../content/locales/zh/help.ftl")),
            ("en", include_str!("../../../content/locales/en/help.ftl")),
            ("zh", include_str!("../../../content/locales/zh/guides.ftl")),
            ("en", include_str!("../../../content/locales/en/guides.ftl")),
        ],
        menu: vec![],
        panels: vec![],
        sights: vec![],
        workers: vec![],
    }
}
