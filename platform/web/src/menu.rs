//! The main menu: groups, filled only by what slices offer and the person may use. A group
//! without entries vanishes; the phone's bottom bar holds 待办, 学习, the role's main job, 全部 and 我的.
use crate::{Group, MenuEntry, T};

/// The fixed addresses of the shell.
pub const TODO: &str = "/todo";
pub const SEARCH: &str = "/search";
/// The whole menu as a page, for phones.
pub const ALL: &str = "/all";
/// One's own sessions, password, tokens.
pub const ME: &str = "/me";

/// The jobs that may stand in the bottom bar, the likelier main job first; a person gets the first
/// they may do, else the first entry that is not of the desk.
const JOBS: [&str; 7] = ["/inspections", "/problems", "/assess", "/orgs", "/people", "/roles", "/audit"];

/// Shortcuts, as the list shown by `?` names them.
const SHORTCUTS: [(&str, &str); 2] = [(TODO, "g t"), ("/problems", "g i")];

const GROUPS: [(Group, &str); 6] = [
    (Group::Desk, "group-desk"),
    (Group::Study, "group-study"),
    (Group::Assessment, "group-assess"),
    (Group::Service, "group-serve"),
    (Group::Organisation, "group-organise"),
    (Group::Administration, "group-administer"),
];

/// A line of the menu as one person sees it.
#[derive(Clone, Debug)]
pub struct MenuItem {
    pub text: String,
    pub href: &'static str,
    pub icon: &'static str,
    pub current: bool,
    /// Open items behind it; 0 shows none.
    pub count: u64,
    pub shortcut: &'static str,
}

#[derive(Clone, Debug)]
pub struct MenuGroup {
    pub text: String,
    pub items: Vec<MenuItem>,
}

/// The menu of one person on one page.
#[derive(Clone, Default, Debug)]
pub struct Menu {
    pub groups: Vec<MenuGroup>,
    pub tabs: Vec<MenuItem>,
}

impl Menu {
    /// `seen` is what the person may use, in the order of the slices; `todo` is the number of open items.
    pub fn of(t: T, seen: &[MenuEntry], here: &str, todo: u64) -> Self {
        let current = current(seen, here);
        let item = |e: &MenuEntry| MenuItem {
            text: t.text(e.text).to_string(),
            href: e.href,
            icon: e.icon,
            current: current == Some(e.href),
            count: if e.href == TODO { todo } else { 0 },
            shortcut: SHORTCUTS.iter().find(|(href, _)| *href == e.href).map_or("", |(_, keys)| keys),
        };
        let group = |(group, key): (Group, &str)| MenuGroup {
            text: t.text(key).to_string(),
            items: seen.iter().filter(|e| e.group == group).map(item).collect(),
        };
        let groups = GROUPS.into_iter().map(group).filter(|g| !g.items.is_empty()).collect();
        let fixed = |key: &str, href: &'static str, icon: &'static str| MenuItem {
            text: t.text(key).to_string(),
            href,
            icon,
            current: here == href,
            count: 0,
            shortcut: "",
        };
        let desk = seen.iter().find(|e| e.href == TODO).map(item);
        // Under its group's short name: five words stand side by side on a phone.
        let study = seen.iter().find(|e| e.group == Group::Study);
        let study = study.map(|e| MenuItem { text: t.text("group-study").to_string(), ..item(e) });
        let job = main_job(seen).map(item);
        Self { groups, tabs: desk.into_iter().chain(study).chain(job).chain([fixed("all", ALL, "home"), fixed("me", ME, "me")]).collect() }
    }
}

fn main_job(seen: &[MenuEntry]) -> Option<&MenuEntry> {
    let known = JOBS.iter().find_map(|href| seen.iter().find(|e| e.href == *href));
    known.or_else(|| seen.iter().find(|e| !matches!(e.group, Group::Desk | Group::Study)))
}

/// The entry this page belongs to: the longest address that the path begins with.
fn current(entries: &[MenuEntry], here: &str) -> Option<&'static str> {
    let begins = |e: &&MenuEntry| here.strip_prefix(e.href).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    entries.iter().filter(begins).max_by_key(|e| e.href.len()).map(|e| e.href)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Texts, WORDS};

    const fn entry(group: Group, text: &'static str, href: &'static str) -> MenuEntry {
        MenuEntry { group, text, href, icon: "todo", permission: "x", everyone: false }
    }

    const DESK: MenuEntry = entry(Group::Desk, "todo", TODO);
    const ORGS: MenuEntry = entry(Group::Organisation, "me", "/orgs");
    const ASSESS: MenuEntry = entry(Group::Assessment, "search", "/assess");
    const OLD: MenuEntry = entry(Group::Assessment, "all", "/assess/old");
    const STANDARDS: MenuEntry = entry(Group::Study, "all", "/standards");
    const AUDIT: MenuEntry = entry(Group::Administration, "all", "/audit");

    fn menu(seen: &[MenuEntry], here: &str) -> Menu {
        Menu::of(Texts::load(WORDS.iter().copied()).unwrap().of("zh"), seen, here, 7)
    }

    #[test]
    fn groups_stand_in_their_order_and_empty_ones_vanish() {
        let names = |seen: &[MenuEntry]| menu(seen, "/").groups.iter().map(|g| g.text.clone()).collect::<Vec<_>>();
        assert_eq!(names(&[DESK]), ["工作台"]);
        assert_eq!(names(&[ORGS, OLD, DESK, ASSESS]), ["工作台", "评定", "组织"]);
        assert_eq!(names(&[]), Vec::<String>::new());
    }

    #[test]
    fn the_bottom_bar_holds_todo_study_the_main_job_all_and_me() {
        let tabs = |seen: &[MenuEntry]| menu(seen, "/").tabs.iter().map(|t| t.href).collect::<Vec<_>>();
        assert_eq!(tabs(&[DESK]), [TODO, ALL, ME]);
        assert_eq!(tabs(&[DESK, AUDIT]), [TODO, "/audit", ALL, ME]);
        assert_eq!(tabs(&[DESK, AUDIT, ORGS, ASSESS]), [TODO, "/assess", ALL, ME]);
        assert_eq!(tabs(&[DESK, ASSESS, STANDARDS]), [TODO, "/standards", "/assess", ALL, ME]);
        assert_eq!(tabs(&[DESK, STANDARDS]), [TODO, "/standards", ALL, ME]);
        assert_eq!(menu(&[DESK, STANDARDS], "/").tabs[1].text, "学习");
        assert_eq!(menu(&[DESK, ORGS], "/").tabs.iter().map(|t| t.count).collect::<Vec<_>>(), [7, 0, 0, 0]);
    }

    #[test]
    fn one_entry_is_current_and_it_is_the_nearest() {
        let marked = |here| {
            let groups = menu(&[ORGS, ASSESS, OLD], here).groups;
            groups.iter().flat_map(|g| &g.items).filter(|i| i.current).map(|i| i.href).collect::<Vec<_>>()
        };
        assert_eq!(marked("/assess/old/3"), ["/assess/old"]);
        assert_eq!(marked("/assess/2025"), ["/assess"]);
        assert_eq!(marked("/assessment"), Vec::<&str>::new());
    }
}
