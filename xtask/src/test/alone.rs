//! The tests where there is no network but loopback: in a namespace of their own, out of which no way leads, and where the kernel
//! counts whoever looks for one. What is missing on the machine is fetched before.
use std::process::Command;

use crate::Outcome;
use crate::cargo::cargo;

/// Tells the inner run where it is.
const HERE: &str = "LEITU_ALONE";

pub fn is_here() -> bool {
    std::env::var_os(HERE).is_some()
}

/// Runs this very command there.
pub fn enter() -> Outcome {
    if !cargo().args(["fetch", "--quiet", "--locked"]).status().is_ok_and(|s| s.success()) {
        return Err("cargo fetch did not bring all libraries; there is no second try without a network".into());
    }
    let own = std::env::current_exe().map_err(|e| format!("this program cannot be found again: {e}"))?;
    let mut command = Command::new("unshare");
    command.args(["--net", "--", "sh", "-c", "ip link set lo up && exec \"$@\"", "alone"]).arg(own).args(std::env::args().skip(1));
    let status = command.env(HERE, "1").env("CARGO_NET_OFFLINE", "true").status();
    status.map(|s| s.success()).map_err(|e| format!("unshare (util-linux, as root) does not start: {e}"))
}

/// How often somebody here has looked for a way out, by either protocol, and asked a name server of this machine.
///
/// # Errors
/// The kernel keeps no counters.
pub fn tries() -> Result<[u64; 2], String> {
    let read = |file: &str| std::fs::read_to_string(format!("/proc/self/net/{file}")).map_err(|e| format!("/proc/self/net/{file}: {e}"));
    counted(&read("snmp")?, &read("snmp6")?).ok_or_else(|| "the kernel's counters are not as they should be".into())
}

fn counted(four: &str, six: &str) -> Option<[u64; 2]> {
    let of = |protocol: &str, counter: &str| -> Option<u64> {
        let mut lines = four.lines().filter_map(|line| line.strip_prefix(protocol)?.strip_prefix(": "));
        let (heads, values) = (lines.next()?, lines.next()?);
        values.split(' ').nth(heads.split(' ').position(|head| head == counter)?)?.parse().ok()
    };
    let out: u64 = six.lines().find_map(|line| line.strip_prefix("Ip6OutNoRoutes")?.trim().parse().ok())?;
    Some([of("Ip", "OutNoRoutes")? + out, of("Udp", "NoPorts")?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernel_s_counters_are_read() {
        let four = "Ip: Forwarding OutNoRoutes Rest\nIp: 2 6 0\nIcmp: A\nIcmp: 1\nUdp: InDatagrams NoPorts\nUdp: 9 3\nUdpLite: NoPorts\nUdpLite: 8\n";
        assert_eq!(counted(four, "Ip6InReceives \t0\nIp6OutNoRoutes                  \t1\n"), Some([7, 3]));
        assert_eq!(counted("Ip: A\nIp: 1\n", "Ip6OutNoRoutes 1"), None);
        assert!(tries().is_ok());
    }
}
