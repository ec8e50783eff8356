//! What tests need beyond the Rust toolchain, found or installed.
use std::path::Path;
use std::process::Command;

use crate::{postgres, sources};

/// A thing on the machine and the Debian package that brings it.
struct Need {
    package: &'static str,
    is_there: fn() -> bool,
}

/// The script in docs/ is held against our own verifier.
const ALWAYS: [Need; 1] = [Need { package: "python3", is_there: || found("python3") }];

const DATABASE: [Need; 1] = [Need { package: "postgresql-15", is_there: || postgres::tools().is_some() }];

const BROWSER: [Need; 5] = [
    Need { package: "chromium", is_there: || found("chromium") },
    Need { package: "chromium-driver", is_there: || found("chromedriver") },
    Need { package: "fonts-noto-cjk", is_there: has_chinese_font },
    Need { package: "nodejs", is_there: || found("node") },
    Need { package: "npm", is_there: || found("npm") },
];

const DISKS: [Need; 3] = [
    Need { package: "xfsprogs", is_there: || found("mkfs.xfs") },
    Need { package: "e2fsprogs", is_there: || found("mkfs.ext4") },
    Need { package: "strace", is_there: || found("strace") },
];

/// Installs what is missing. Errors, naming the packages, where this user may not.
pub fn provide(database: bool, browser: bool, disks: bool) -> Result<(), String> {
    let missing = missing(database, browser, disks);
    if !missing.is_empty() {
        println!("missing on this machine: {}", missing.join(", "));
        install(&missing)?;
        let still = self::missing(database, browser, disks);
        if !still.is_empty() {
            return Err(format!("installed, yet not found: {}", still.join(", ")));
        }
    }
    if browser { axe() } else { Ok(()) }
}

/// The program that drives the browser.
pub fn chromedriver() -> String {
    std::env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".into())
}

fn missing(database: bool, browser: bool, disks: bool) -> Vec<&'static str> {
    let needs = ALWAYS.iter().chain(DATABASE.iter().filter(|_| database)).chain(BROWSER.iter().filter(|_| browser));
    // Who may not mount cannot use them: those proofs then say that they were not run.
    let needs = needs.chain(DISKS.iter().filter(|_| disks && postgres::is_root()));
    needs.filter(|n| !(n.is_there)()).map(|n| n.package).collect()
}

fn install(packages: &[&str]) -> Result<(), String> {
    let by_hand = format!("apt-get update && apt-get install -y {}", packages.join(" "));
    if !found("apt-get") {
        return Err(format!("this is no Debian; install what these packages hold: {}", packages.join(", ")));
    }
    if !postgres::is_root() {
        return Err(format!("packages are missing; as root run: {by_hand}"));
    }
    let apt = |args: &[&str]| {
        let run = Command::new("apt-get").args(args).env("DEBIAN_FRONTEND", "noninteractive").status();
        run.is_ok_and(|s| s.success())
    };
    let mut wanted = vec!["install", "-y", "--no-install-recommends"];
    wanted.extend(packages);
    if apt(&["update"]) && apt(&wanted) { Ok(()) } else { Err(format!("apt-get did not install them; try: {by_hand}")) }
}

/// axe-core, the accessibility rules, in the version that journeys/package-lock.json pins.
fn axe() -> Result<(), String> {
    let folder = sources::root().join("journeys");
    let version = |file: &str| {
        let text = std::fs::read_to_string(folder.join(file)).ok()?;
        serde_json::from_str::<serde_json::Value>(&text).ok()
    };
    let pinned =
        version("package-lock.json").and_then(|lock| lock["packages"]["node_modules/axe-core"]["version"].as_str().map(str::to_owned));
    let present = version("node_modules/axe-core/package.json").and_then(|package| package["version"].as_str().map(str::to_owned));
    if pinned.is_some() && pinned == present {
        return Ok(());
    }
    println!("missing in journeys/node_modules: axe-core {}", pinned.unwrap_or_default());
    let run = Command::new("npm").args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(&folder).status();
    if run.is_ok_and(|s| s.success()) { Ok(()) } else { Err("npm ci did not bring axe-core; run it in journeys/ and see why".into()) }
}

fn found(program: &str) -> bool {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    // Programs for administrators are not in everybody's path.
    std::env::split_paths(&folders).chain(["/usr/sbin".into(), "/sbin".into()]).any(|folder| folder.join(program).is_file())
}

/// Without a Chinese font screenshots show boxes and widths are wrong.
fn has_chinese_font() -> bool {
    let listed = Command::new("fc-list").arg(":lang=zh").output();
    listed.is_ok_and(|o| !o.stdout.is_empty()) || Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").is_file()
}
