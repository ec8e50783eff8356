//! What the child takes from itself before it reads a byte: memory, processor time, network, files, other programs.
use crate::Limits;

/// Address space beside what the child makes room for: the program, its libraries, stacks.
const MAPPED: u64 = 512 << 20;

/// Whether it could cut itself off. Limits are set on every Unix, the filter of calls is Linux's.
pub(crate) fn close(limits: &Limits) -> bool {
    let limited = limit(limits);
    filter() && limited
}

fn limit(limits: &Limits) -> bool {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let set = |what, soft, hard| setrlimit(what, Rlimit { current: Some(soft), maximum: Some(hard) }).is_ok();
    // One second between SIGXCPU and SIGKILL. No core file: it would hold what somebody sent.
    [
        // What it makes room for. Pages it shares are not counted so, and the program itself is mapped beside them.
        set(Resource::Data, limits.memory, limits.memory),
        set(Resource::As, limits.memory + MAPPED, limits.memory + MAPPED),
        set(Resource::Cpu, limits.seconds, limits.seconds + 1),
        set(Resource::Core, 0, 0),
        set(Resource::Fsize, 0, 0),
    ]
    .iter()
    .all(|ok| *ok)
}

/// Refuses (EPERM) the calls by which a taken-over parser could reach out; the file and the pipe are open already.
#[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64")))]
fn filter() -> bool {
    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, apply_filter};
    let rules = CALLS.iter().map(|call| (*call, Vec::new())).collect();
    let Ok(arch) = std::env::consts::ARCH.try_into() else { return false };
    let made = SeccompFilter::new(rules, SeccompAction::Allow, SeccompAction::Errno(1), arch);
    let program: Result<BpfProgram, _> = made.and_then(TryInto::try_into);
    program.is_ok_and(|p| apply_filter(&p).is_ok())
}

/// socket, connect, socketpair, bind, execve, kill, creat, unlink, rename, ptrace, open, openat, process_vm_writev,
/// execveat, io_uring_setup (it opens sockets by itself), openat2.
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
const CALLS: &[i64] = &[41, 42, 53, 49, 59, 62, 85, 87, 82, 101, 2, 257, 311, 322, 425, 437];
/// The same by aarch64's numbers, which has no creat, unlink, rename and open but unlinkat and renameat.
#[cfg(all(target_os = "linux", target_arch = "aarch64"))]
const CALLS: &[i64] = &[198, 203, 199, 200, 221, 129, 35, 38, 117, 56, 271, 281, 425, 437];

#[cfg(not(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64"))))]
fn filter() -> bool {
    false
}

/// Whether the child was refused a socket and a file: what a test asks of it from inside.
#[cfg(target_os = "linux")]
pub(crate) fn is_closed() -> bool {
    std::net::UdpSocket::bind("127.0.0.1:0").is_err() && std::fs::File::open("/proc/self/status").is_err()
}
