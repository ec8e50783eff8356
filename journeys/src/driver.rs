//! chromedriver: one a test process, ended with it, and what the WebDriver client does not offer.
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::OnceLock;
use std::time::Duration;

use serde_json::{Value, json};

use crate::kept::Kept;

pub struct Driver {
    pub port: u16,
    _kept: Kept,
}

/// The running driver, started at the first call on a free port.
pub fn driver() -> &'static Driver {
    static DRIVER: OnceLock<Driver> = OnceLock::new();
    DRIVER.get_or_init(|| {
        let program = std::env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".into());
        let kept = Kept::start(&program, &["--port=0"], tempfile::tempdir().ok());
        let port = kept.wait_for(Duration::from_secs(30), |line| {
            line.strip_prefix("ChromeDriver was started successfully on port ")?.trim_end_matches('.').parse().ok()
        });
        let port = port
            .unwrap_or_else(|| panic!("{program} does not start; run this through `cargo xtask test --only journeys`: {}", kept.said()));
        Driver { port, _kept: kept }
    })
}

impl Driver {
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Closes a session and its browser. Blocking, so that a failing test can do it while unwinding.
    pub fn close(&self, session: &str) {
        let _ = self.ask("DELETE", &format!("/session/{session}"), None);
    }

    /// Sends a command of the browser's own protocol; answers what it answers.
    pub fn devtools(&self, session: &str, command: &str, params: &Value) -> Value {
        let body = json!({ "cmd": command, "params": params });
        let mut answer = self.ask("POST", &format!("/session/{session}/goog/cdp/execute"), Some(&body)).unwrap();
        assert!(answer["value"]["error"].is_null(), "{command}: {answer}");
        answer["value"].take()
    }

    /// What the browser wrote to its console since the last call.
    pub fn console(&self, session: &str) -> Vec<Value> {
        let answer = self.ask("POST", &format!("/session/{session}/se/log"), Some(&json!({ "type": "browser" }))).unwrap();
        answer["value"].as_array().cloned().unwrap_or_else(|| panic!("no console: {answer}"))
    }

    fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> std::io::Result<Value> {
        let body = body.map(Value::to_string).unwrap_or_default();
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.port,
            body.len()
        )?;
        // The driver keeps the connection open: read as much as it announced.
        let mut reader = BufReader::new(stream);
        let mut length = 0;
        for line in reader.by_ref().lines().map_while(Result::ok).take_while(|line| !line.is_empty()) {
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().map_err(std::io::Error::other)?;
            }
        }
        let mut answer = vec![0; length];
        reader.read_exact(&mut answer)?;
        serde_json::from_slice(&answer).map_err(std::io::Error::other)
    }
}
