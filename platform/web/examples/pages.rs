//! Writes the frame with the component page, the whole menu and the error pages into a folder, one file
//! a page, for looking at and for accessibility checks: `cargo run -p web --example pages -- FOLDER`.
use askama::Template;
use std::{error::Error, fs, path::Path};
use web::{
    AllPage, DemoBar, Difference, ErrorPage, Flash, FormFields, Frame, Group, Kit, Menu, MenuEntry, Size, T, Texts, Trouble, WORDS,
    assets::{asset, css_path, icon_path, js_path},
};

const fn entry(group: Group, text: &'static str, href: &'static str, icon: &'static str) -> MenuEntry {
    MenuEntry { group, text, href, icon, permission: "", everyone: true }
}

/// Stand-ins: the real entries come from the slices, their words too.
const ENTRIES: [MenuEntry; 6] = [
    entry(Group::Desk, "todo", "/todo", "todo"),
    entry(Group::Desk, "kit-progress", "/overview", "home"),
    entry(Group::Study, "kit-files", "/standards", "book"),
    entry(Group::Assessment, "kit-stars", "/assess", "star"),
    entry(Group::Assessment, "kit-check", "/problems", "flag"),
    entry(Group::Organisation, "kit-org", "/orgs", "file"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("a folder to write into")?;
    let folder = Path::new(&folder);
    fs::create_dir_all(folder.join("assets"))?;
    for path in [css_path(), js_path(), icon_path()] {
        fs::write(folder.join(&path[1..]), &asset(path).ok_or("an asset of ours")?.bytes)?;
    }
    let texts = Texts::load(WORDS.iter().copied())?;
    for lang in ["zh", "en"] {
        for size in [Size::Std, Size::Large, Size::XLarge] {
            write(folder, texts.of(lang), size)?;
        }
    }
    Ok(())
}

fn write(folder: &Path, t: T, size: Size) -> Result<(), Box<dyn Error>> {
    let menu = Menu::of(t, &ENTRIES, "/todo", 7);
    let mut pages = vec![
        ("kit".to_owned(), false, Kit::new(t, FormFields::new("c")).render()?),
        ("all".to_owned(), false, AllPage { t, menu: menu.clone() }.render()?),
    ];
    for (name, trouble) in troubles() {
        let page = ErrorPage { t, trouble: &trouble, sentence: t.text("not-found").to_string() };
        pages.push((format!("error-{name}"), name == "sign-in", page.render()?));
    }
    for (name, bare, body) in pages {
        let frame = Frame {
            t,
            size,
            title: &name,
            here: "/todo?tab=mine".into(),
            who: "李红",
            org: "锦州市直机关工委",
            menu: menu.clone(),
            todo_count: 7,
            demo: (name != "error-internal").then(|| DemoBar { today: kernel::BusinessDate::from_number(20619), movable: !bare }),
            insecure: name == "all",
            flash: (name == "all").then(|| Flash::done("kit-flash-ok")),
            body: &body,
            bare,
            foot: false,
            page: "kit",
            form: FormFields::new("c"),
            user: "u1",
            keys: true,
            as_of: "2019-05-28 10:22",
            refresh: None,
        };
        fs::write(folder.join(format!("{name}-{}-{}.html", t.lang(), size.code())), frame.render()?)?;
    }
    Ok(())
}

fn troubles() -> Vec<(&'static str, Trouble)> {
    let difference = Difference { label: "3-12".into(), yours: "4".into(), theirs: "3.5".into() };
    vec![
        ("not-found", Trouble::NotFound { administrators: vec!["王敏".into(), "张志远".into()] }),
        ("denied", Trouble::Denied { roles: vec!["工委复核人".into()] }),
        ("conflict", Trouble::Conflict { lines: vec![difference] }),
        ("invalid", Trouble::Invalid),
        ("address", Trouble::Address),
        ("sign-in", Trouble::SignIn),
        ("internal", Trouble::Internal { number: "7f3a".into() }),
        ("busy", Trouble::Busy { seconds: 5 }),
        ("maintenance", Trouble::Maintenance),
    ]
}
