//! Members, posts and terms: the register of a branch.
//!
//! ID numbers and phones are sealed, shown masked everywhere and found by keyed hash only.
mod account;
mod import;
pub mod member;
mod search;
mod supply;
pub mod term;

pub use import::{InRegister, MemberFiles, import_members, resume_import};
pub use member::enrolled::{Enrolled, enrolled, secretaries};
pub use member::store::{Member, keeps_register, registered};
pub use member::{NewMember, Typed, create, create_many};
pub use search::{Finder, Finders, FoundLine};
pub use supply::Register;
pub use term::{NewTerm, Office, give_many};

use db::Migration;
use web::{Routes, Slice};

access::permissions! {
    /// See the members of one's subtree, masked.
    MemberRead = "members.read";
    /// Enter members, change their standing, give posts.
    MemberWrite = "members.write";
    /// Erase what is kept of members who have left.
    MemberErase = "members.erase";
}

pub const MIGRATIONS: &[Migration] = &[
    Migration { name: "0110_members", sql: include_str!("../migrations/0110_members.sql") },
    Migration { name: "0111_sort", sql: include_str!("../migrations/0111_sort.sql") },
];

pub fn slice() -> Slice {
    Slice {
        routes: Routes::new("members")
            .get("/orgs/{org}/members", member::pages::list)
            .get("/orgs/{org}/members/export", member::export::get)
            .get("/orgs/{org}/members/new", member::pages::new)
            .post("/orgs/{org}/members", member::pages::create)
            .get("/members/{member}", member::show::page)
            .post("/members/{member}/status", member::change_pages::status)
            .post("/members/{member}/corrections", member::change_pages::correct)
            .post("/members/{member}/branch", member::change_pages::relocate)
            .post("/members/{member}/erasure", member::erasure::post)
            .post("/member-lookups", member::change_pages::look_up)
            .post("/members/{member}/posts", member::change_pages::give_post)
            .post("/members/{member}/posts/end", member::change_pages::end_post)
            .get("/people/from-members", account::pages::choose)
            .post("/people/from-members", account::pages::make)
            .get("/search", search::page),
        migrations: MIGRATIONS,
        permissions: PERMISSIONS,
        texts: &[
            ("zh", include_str!("../../../content/locales/zh/members.ftl")),
            ("en", include_str!("../../../content/locales/en/members.ftl")),
        ],
        menu: vec![],
        panels: vec![],
        sights: vec![Box::new(member::sight::Seen)],
        workers: vec![],
    }
}
