//! The child: the same binary, started with a hidden sub-command.
use crate::{Format, Limits, cage, csv_in, sink::Sink, wire::Frame, xlsx_in};
use kernel::{Error, Result};
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, Write};
use std::os::fd::AsFd;
use std::process::ExitCode;

/// The word by which the program knows that it is a child; what follows it goes to [`child_main`].
pub const SUB_COMMAND: &str = "__read-table";

/// Reads the table that is its standard input and writes frames to its standard output. Call it first thing in `main`,
/// before any thread is started: the limits count what the process already holds.
///
/// Exit code 0 also for a file that is refused (the refusal is a frame), 2 for wrong arguments.
pub fn child_main(args: impl IntoIterator<Item = String>) -> ExitCode {
    let mut args = args.into_iter();
    let Some(limits) = args.next().and_then(|word| Limits::parse(&word)) else { return ExitCode::from(2) };
    let sheet = args.next();
    let Ok(file) = std::io::stdin().as_fd().try_clone_to_owned().map(File::from) else { return ExitCode::from(2) };
    let isolated = cage::close(&limits);
    #[cfg(target_os = "linux")]
    debug_assert!(!isolated || cage::is_closed());
    speak(file, sheet.as_deref(), &limits, isolated, std::io::stdout().lock())
}

/// Reads `file` and says what it holds. A pipe nobody listens to any more ends it without a word.
pub(crate) fn speak(file: File, sheet: Option<&str>, limits: &Limits, isolated: bool, out: impl Write) -> ExitCode {
    let mut out = BufWriter::with_capacity(64 << 10, out);
    let ended = rows(file, sheet, limits, isolated, &mut out)
        .or_else(|fault| Frame::Fault(fault).write(&mut out).map_err(Error::internal))
        .and_then(|()| out.flush().map_err(Error::internal));
    if ended.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

pub(crate) fn rows(mut file: impl Read + Seek, sheet: Option<&str>, limits: &Limits, isolated: bool, out: &mut impl Write) -> Result<()> {
    let mut first = Vec::with_capacity(512);
    (&mut file).take(512).read_to_end(&mut first).map_err(Error::internal)?;
    file.rewind().map_err(Error::internal)?;
    let format = Format::of_bytes(&first)?;
    Frame::Hello { format, isolated }.write(out).map_err(Error::internal)?;
    let sink = Sink::new(out, format, *limits);
    match format {
        Format::Csv => csv_in::read(BufReader::with_capacity(64 << 10, file), limits, sink),
        Format::Xlsx => xlsx_in::read(file, sheet, limits, sink),
    }
}
