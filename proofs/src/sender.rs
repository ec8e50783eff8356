//! Hands in one file as a browser would, whatever its size and its name; reads the answer while it still sends.
use crate::hostile::Hostile;
use std::io;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::net::tcp::OwnedWriteHalf;

const EDGE: &str = "edge-of-a-part";
/// Whoever waits longer has had no answer.
const PATIENCE: Duration = Duration::from_secs(120);

/// What came back, and how long after the last byte was sent.
pub struct Answer {
    /// None if the connection was closed without one.
    pub status: Option<u16>,
    pub location: Option<String>,
    pub text: String,
    pub took: Duration,
}

/// A form: fields, then a file; or fields of which the last is the file's content.
pub struct Form<'f> {
    pub path: String,
    pub session: &'f str,
    pub fields: Vec<(&'f str, String)>,
    pub file: &'f Hostile,
    /// The field that holds the content; a file if there is none.
    pub instead: Option<&'f str>,
}

impl Form<'_> {
    fn before(&self) -> Vec<u8> {
        let field = |name: &str| format!("--{EDGE}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n");
        let mut out = Vec::new();
        for (name, value) in self.fields.iter().take_while(|(name, _)| self.instead != Some(name)) {
            out.extend(format!("{}{value}\r\n", field(name)).into_bytes());
        }
        match self.instead {
            Some(name) => out.extend(field(name).into_bytes()),
            None => {
                out.extend(format!("--{EDGE}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"").into_bytes());
                out.extend(&self.file.name);
                out.extend(format!("\"\r\ncontent-type: {}\r\n\r\n", self.file.media).into_bytes());
            }
        }
        out
    }
}

/// # Errors
/// Nobody listens there; no answer came.
pub async fn send(address: &str, form: Form<'_>) -> io::Result<Answer> {
    let (before, after) = (form.before(), format!("\r\n--{EDGE}--\r\n"));
    let length = before.len() + form.file.content.size() + after.len();
    let head = format!(
        "POST {} HTTP/1.1\r\nhost: localhost\r\naccept: text/html\r\nsec-fetch-site: same-origin\r\ncookie: leitu={}\r\nconnection: close\r\n\
         content-type: multipart/form-data; boundary={EDGE}\r\ncontent-length: {length}\r\n\r\n",
        form.path, form.session,
    );
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (mut read, mut write) = stream.into_split();
    let (mut bytes, mut sent) = (Vec::new(), None);
    let both = async {
        let sending = async {
            // Whoever is refused early may be cut off; what they were told is what counts.
            let _ = pour(&mut write, &[head.as_bytes(), &before].concat(), form.file, after.as_bytes()).await;
            sent = Some(Instant::now());
        };
        let reading = read.read_to_end(&mut bytes);
        tokio::join!(sending, reading).1
    };
    let end = tokio::time::timeout(PATIENCE, both).await.map_err(|_| io::Error::new(io::ErrorKind::TimedOut, "no answer"))?;
    let took = sent.map_or(PATIENCE, |sent| sent.elapsed());
    if bytes.is_empty() {
        return match end {
            Ok(_) | Err(_) => Ok(Answer { status: None, location: None, text: String::new(), took }),
        };
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let head = text.split("\r\n\r\n").next().unwrap_or_default();
    let location = head.lines().find_map(|l| l.strip_prefix("location: ")).map(|l| l.trim().to_owned());
    Ok(Answer { status: head.split(' ').nth(1).and_then(|s| s.parse().ok()), location, text, took })
}

async fn pour(to: &mut OwnedWriteHalf, before: &[u8], file: &Hostile, after: &[u8]) -> io::Result<()> {
    to.write_all(before).await?;
    for piece in file.content.pieces() {
        to.write_all(piece).await?;
    }
    to.write_all(after).await
}

/// The bytes of an answer's body.
///
/// # Errors
/// Nobody listens there; the answer is no file.
pub async fn fetch(address: &str, session: &str, path: &str) -> io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(address).await?;
    let head = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\ncookie: leitu={session}\r\nconnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).await?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await?;
    let end = bytes.windows(4).position(|w| w == b"\r\n\r\n").ok_or_else(|| io::Error::other("no answer"))? + 4;
    let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
    if head.contains(" 200 ") && !head.contains("chunked") { Ok(bytes.split_off(end)) } else { Err(io::Error::other(head)) }
}
