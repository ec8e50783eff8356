//! The parent: starts the child, listens, and believes nothing before the child has said that it is done.
use crate::{
    Columns, Format, Heads, Limits, SUB_COMMAND, child, wire,
    wire::{Frame, Read},
};
use db::planted::Defect;
use kernel::{Error, Kind, Result};
use std::fs::File;
use std::io::{Cursor, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tokio::io::{AsyncRead, AsyncReadExt, BufReader};
use tokio::process::{Child, Command};

/// Who parses.
#[derive(Clone, Debug)]
pub enum Reader {
    /// A child process of this program, which must call [`child_main`](crate::child_main) for [`SUB_COMMAND`].
    Child { exe: PathBuf },
    /// A thread of this process: no limits, no isolation. For tests of what is done with rows, never for a file somebody sent.
    Here,
}

impl Reader {
    /// The running program as its own child.
    ///
    /// # Errors
    /// `Internal` if the system does not say which program is running.
    pub fn this_program() -> Result<Self> {
        if Defect::ReadHere.is_on() {
            return Ok(Reader::Here);
        }
        Ok(Reader::Child { exe: std::env::current_exe().map_err(Error::internal)? })
    }
}

/// One row of a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// As a spreadsheet numbers it, from 1; blank rows and remarks are left out but counted.
    pub number: u64,
    pub cells: Vec<String>,
    /// Cells that cannot count, by their place, and why: [`Columns::row`] refuses the row and names each.
    pub(crate) faults: Vec<(usize, Error)>,
}

impl Row {
    pub fn new(number: u64, cells: Vec<String>) -> Self {
        Self { number, cells, faults: Vec::new() }
    }
}

/// The rows of a file, in order. Dropping it ends the child.
pub struct Rows {
    frames: Box<dyn AsyncRead + Send + Unpin>,
    child: Option<Child>,
    format: Format,
    isolated: bool,
    limits: Limits,
    done: bool,
    /// Places of the columns that hold days, once the head has been read.
    dated: Option<Vec<usize>>,
}

/// Opens a table: the first sheet of an xlsx that a person sees, or a csv, told apart by content.
///
/// # Errors
/// A key of `tabular.ftl` with the remedy. An error here or from [`Rows::next`] means that nothing of the file may be kept.
pub async fn read(path: &Path, reader: &Reader, limits: Limits) -> Result<Rows> {
    read_sheet(path, None, reader, limits).await
}

/// As [`read`], of the sheet named (`None`: the first).
///
/// # Errors
/// As [`read`]; `table-sheet-missing` names the sheets there are.
pub async fn read_sheet(path: &Path, sheet: Option<&str>, reader: &Reader, limits: Limits) -> Result<Rows> {
    let file = File::open(path).map_err(|e| match e.kind() {
        ErrorKind::NotFound => Error::invalid("table-not-there").with("file", name(path)),
        _ => Error::invalid("table-unreadable").with("file", name(path)).with("reason", e),
    })?;
    let about = file.metadata().map_err(Error::internal)?;
    if !about.is_file() {
        return Err(Error::invalid("table-no-file").with("file", name(path)));
    }
    if about.len() > limits.bytes {
        return Err(Error::invalid("table-too-large").with("max", limits.bytes >> 20).with("size", about.len().div_ceil(1 << 20)));
    }
    let limits = limits.of_file(about.len());
    let (frames, child) = match reader {
        Reader::Child { exe } => started(exe, file, sheet, &limits)?,
        Reader::Here => (in_a_thread(file, sheet, limits)?, None),
    };
    begun(frames, child, limits).await
}

/// As [`read`], of bytes that lie in memory, and at once: the parsers and what they say to the parent, without a child. For whoever
/// tries the parsers, never for a file somebody sent.
///
/// # Errors
/// As [`read`].
pub async fn read_bytes(bytes: Vec<u8>, limits: Limits) -> Result<Rows> {
    let limits = limits.of_file(bytes.len() as u64);
    let mut said = Vec::new();
    if let Err(fault) = child::rows(Cursor::new(bytes), None, &limits, false, &mut said) {
        Frame::Fault(fault).write(&mut said).map_err(Error::internal)?;
    }
    begun(Box::new(Cursor::new(said)), None, limits).await
}

async fn begun(frames: Frames, child: Option<Child>, limits: Limits) -> Result<Rows> {
    let mut rows = Rows { frames, child, format: Format::Csv, isolated: false, limits, done: false, dated: None };
    match rows.frame().await? {
        Frame::Hello { format, isolated } => Ok(Rows { format, isolated, ..rows }),
        Frame::Fault(error) => Err(error),
        _ => Err(Error::invalid("table-child")),
    }
}

impl Rows {
    /// Reads the head. From here on a cell is a day only under a head that says so, a number elsewhere whatever its format
    /// shows; and what is wrong with single cells goes with their rows, so that each is named.
    ///
    /// # Errors
    /// As [`read`] and [`Heads::map`].
    pub async fn head(&mut self, heads: &Heads<'_>) -> Result<Columns> {
        let row = self.next().await?.ok_or_else(|| Error::invalid("table-empty"))?;
        let columns = heads.map(&row)?;
        self.dated = Some(columns.dated());
        Ok(columns)
    }
    /// The next row; `None` once the whole file has been read.
    ///
    /// # Errors
    /// As [`read`]: also after many rows, since an xlsx or csv shows its faults as it is read. Of a table whose head was not
    /// read by [`Self::head`] the first cell that cannot count.
    pub async fn next(&mut self) -> Result<Option<Row>> {
        if self.done {
            return Ok(None);
        }
        match self.frame().await? {
            Frame::Row(read) => self.row(read).map(Some),
            Frame::End => {
                self.done = true;
                Ok(None)
            }
            Frame::Fault(error) => Err(error),
            Frame::Hello { .. } => Err(Error::invalid("table-child")),
        }
    }
    fn row(&self, read: Read) -> Result<Row> {
        let Read { number, mut cells, days, mut faults } = read;
        if self.dated.is_none() && !faults.is_empty() {
            return Err(faults.swap_remove(0).1);
        }
        for (at, day) in days {
            let is_day = self.dated.as_ref().is_none_or(|dated| dated.contains(&(at as usize)));
            if let Some(cell) = cells.get_mut(at as usize).filter(|_| is_day) {
                *cell = day;
            }
        }
        Ok(Row { number, cells, faults: faults.into_iter().map(|(at, e)| (at as usize, e)).collect() })
    }
    pub fn format(&self) -> Format {
        self.format
    }
    /// Whether the child cut itself off from network and files; elsewhere than on Linux the start says 'not isolated'.
    pub fn isolated(&self) -> bool {
        self.isolated
    }
    async fn frame(&mut self) -> Result<Frame> {
        let mut head = [0; 5];
        if self.frames.read_exact(&mut head).await.is_err() {
            return Err(self.died().await);
        }
        let length = u32::from_le_bytes([head[1], head[2], head[3], head[4]]) as usize;
        if length > wire::LONGEST {
            return Err(Error::invalid("table-child"));
        }
        let mut body = vec![0; length];
        if self.frames.read_exact(&mut body).await.is_err() {
            return Err(self.died().await);
        }
        Frame::parse(head[0], &body)
    }
    /// Why the child stopped speaking, as far as its end tells.
    async fn died(&mut self) -> Error {
        use std::os::unix::process::ExitStatusExt;
        let Some(child) = &mut self.child else { return Error::invalid("table-child") };
        let Ok(status) = child.wait().await else { return Error::invalid("table-child") };
        let error = match (status.signal(), status.code()) {
            // SIGXCPU, or SIGKILL a second later.
            (Some(24 | 9), _) => Error::invalid("table-too-slow").with("seconds", self.limits.seconds),
            // An allocation that fails aborts; the abort itself may end in another signal.
            (Some(_), _) => Error::invalid("table-too-heavy").with("max", self.limits.memory >> 20),
            (None, Some(101)) => Error::invalid("table-broken"),
            _ => Error::invalid("table-child"),
        };
        Error { detail: format!("table reader ended: {status}"), ..error }
    }
}

type Frames = Box<dyn AsyncRead + Send + Unpin>;

/// The file is the child's standard input: it needs no path, no file system and nobody's name in the list of processes.
fn started(exe: &Path, file: File, sheet: Option<&str>, limits: &Limits) -> Result<(Frames, Option<Child>)> {
    let mut command = Command::new(exe);
    command.arg(SUB_COMMAND).arg(limits.word()).args(sheet);
    command.env_clear().stdin(file).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    let failed = |e: std::io::Error| Error { detail: e.to_string(), ..Error::new(Kind::Internal, "table-child") };
    let mut child = command.spawn().map_err(failed)?;
    let out = child.stdout.take().ok_or_else(|| Error::internal("no pipe to the table reader"))?;
    Ok((Box::new(BufReader::with_capacity(64 << 10, out)), Some(child)))
}

fn in_a_thread(file: File, sheet: Option<&str>, limits: Limits) -> Result<Frames> {
    let (from, to) = std::io::pipe().map_err(Error::internal)?;
    let sheet = sheet.map(str::to_owned);
    std::thread::Builder::new()
        .name("read-table".into())
        .spawn(move || child::speak(file, sheet.as_deref(), &limits, false, to))
        .map_err(Error::internal)?;
    let from = tokio::fs::File::from_std(File::from(std::os::fd::OwnedFd::from(from)));
    Ok(Box::new(BufReader::with_capacity(64 << 10, from)))
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
