//! The child alone: what tests start where the whole program is not at hand.
fn main() -> std::process::ExitCode {
    tabular::child_main(std::env::args().skip_while(|a| a != tabular::SUB_COMMAND).skip(1))
}
