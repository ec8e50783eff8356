//! Who runs a command: the operating-system user, as the audit names them.
use access::System;

/// By the process's own user id. Environment variables say whatever somebody set them to.
pub fn actor() -> System {
    let uid = rustix::process::getuid().as_raw();
    let passwd = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    System::command(&name_of(&passwd, uid).unwrap_or_else(|| uid.to_string()))
}

fn name_of(passwd: &str, uid: u32) -> Option<String> {
    let mut lines = passwd.lines().map(|line| line.split(':').collect::<Vec<_>>());
    let mine = lines.find(|fields| fields.get(2).and_then(|id| id.parse().ok()) == Some(uid));
    mine.and_then(|fields| fields.first().map(|name| (*name).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::name_of;

    #[test]
    fn a_user_is_found_by_number_and_an_unknown_one_stays_a_number() {
        let passwd = "root:x:0:0::/root:/bin/sh\nleitu:x:994:994::/srv:/sbin/nologin\n";
        assert_eq!((name_of(passwd, 994).as_deref(), name_of(passwd, 7)), (Some("leitu"), None));
    }
}
