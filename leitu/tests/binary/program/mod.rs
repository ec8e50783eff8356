//! Runs the real binary in a folder of its own.
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use tempfile::TempDir;

pub struct Home(TempDir);

impl Home {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }
    pub fn path(&self) -> &Path {
        self.0.path()
    }
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_leitu"));
        command.current_dir(self.path());
        for name in ["LEITU_DATABASE_URL", "LEITU_DATA_DIR", "LEITU_KEY_DIR", "LEITU_LISTEN"] {
            command.env_remove(name);
        }
        command
    }
    /// Runs to the end.
    pub fn run(&self, line: &str) -> Ran {
        Ran::of(self.command().args(line.split_whitespace()).stdin(Stdio::null()).output().unwrap())
    }
    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path().join(name), text).unwrap();
    }
    /// Starts serving and waits for the line with the address.
    pub fn serve(&self, line: &str) -> Serving {
        let mut command = self.command();
        command.args(line.split_whitespace()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        out.read_line(&mut first).unwrap();
        Serving { child, first, out }
    }
}

#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// A served program; ended when dropped.
pub struct Serving {
    pub child: Child,
    pub first: String,
    pub out: BufReader<std::process::ChildStdout>,
}

impl Serving {
    /// `127.0.0.1:PORT` of the printed line.
    pub fn address(&self) -> String {
        let after = self.first.split("://").nth(1).unwrap_or_else(|| panic!("no address in {:?}", self.first));
        after.split_whitespace().next().unwrap().to_owned()
    }
    pub fn get(&self, path: &str, headers: &str) -> String {
        ask(TcpStream::connect(self.address()).unwrap(), path, headers)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One request over any stream, answered whole.
pub fn ask(mut stream: impl Read + Write, path: &str, headers: &str) -> String {
    write!(stream, "GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n{headers}\r\n").unwrap();
    let mut answer = Vec::new();
    // A TLS peer that closes without a farewell is an error to the library, not to this test.
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}
