//! One browser's connection, kept alive; small enough that what is measured is the server.
use std::io;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
    cookie: String,
}

pub struct Reply {
    pub status: u16,
    /// The answer says when to come again.
    pub retry_after: bool,
    /// All header lines, in small letters.
    pub head: String,
    /// Bytes of the body as they came.
    pub bytes: usize,
    pub body: String,
}

impl Client {
    pub async fn connect(address: &str, session: &str) -> io::Result<Client> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Client { stream, buffer: Vec::with_capacity(1 << 16), cookie: format!("leitu={session}") })
    }
    /// What the browser sends as its cookies from now on.
    pub fn hold(&mut self, cookies: String) {
        self.cookie = cookies;
    }
    pub async fn get(&mut self, path: &str) -> io::Result<Reply> {
        let head = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\naccept: text/html\r\ncookie: {}\r\n\r\n", self.cookie);
        self.ask(head.as_bytes()).await
    }
    /// Bytes on the wire for a browser that takes gzip.
    pub async fn weigh(&mut self, path: &str) -> io::Result<usize> {
        let head = format!(
            "GET {path} HTTP/1.1\r\nhost: localhost\r\naccept: text/html\r\naccept-encoding: gzip\r\ncookie: {}\r\n\r\n",
            self.cookie
        );
        self.ask(head.as_bytes()).await.map(|reply| reply.bytes)
    }
    pub async fn post(&mut self, path: &str, form: &str) -> io::Result<Reply> {
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: localhost\r\naccept: text/html\r\nsec-fetch-site: same-origin\r\ncookie: {}\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
            self.cookie,
            form.len()
        );
        self.ask(request.as_bytes()).await
    }
    /// A call of the API.
    pub async fn call(&mut self, method: &str, path: &str, csrf: &str, json: &str) -> io::Result<Reply> {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: localhost\r\nsec-fetch-site: same-origin\r\ncookie: {}\r\nx-csrf: {csrf}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{json}",
            self.cookie,
            json.len()
        );
        self.ask(request.as_bytes()).await
    }
    /// A form with one file in the field `file`.
    pub async fn upload(&mut self, path: &str, csrf: &str, key: &str, name: &str, content: &[u8]) -> io::Result<Reply> {
        const EDGE: &str = "edge-of-a-part";
        let field = |name: &str, value: &str| format!("--{EDGE}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        let file = format!("--{EDGE}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
        let head = [field("_csrf", csrf), field("_key", key), file].concat();
        let body = [head.as_bytes(), content, format!("\r\n--{EDGE}--\r\n").as_bytes()].concat();
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: localhost\r\naccept: text/html\r\nsec-fetch-site: same-origin\r\ncookie: {}\r\n\
             content-type: multipart/form-data; boundary={EDGE}\r\ncontent-length: {}\r\n\r\n",
            self.cookie,
            body.len()
        );
        self.ask(&[request.as_bytes(), &body].concat()).await
    }
    async fn ask(&mut self, request: &[u8]) -> io::Result<Reply> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let broken = |what: &str| io::Error::new(io::ErrorKind::UnexpectedEof, what.to_owned());
        let end = loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err(broken("closed before an answer"));
            }
            if let Some(at) = self.buffer.windows(4).position(|w| w == b"\r\n\r\n") {
                break at + 4;
            }
        };
        let head = String::from_utf8_lossy(&self.buffer[..end]).to_ascii_lowercase();
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).ok_or_else(|| broken("no status"))?;
        let retry_after = head.contains("\r\nretry-after: ");
        let length = head.lines().find_map(|l| l.strip_prefix("content-length: ")?.trim().parse::<usize>().ok());
        let Some(length) = length else {
            let empty = head.contains("\r\n\r\n") && !head.contains("transfer-encoding");
            return if empty {
                Ok(Reply { status, retry_after, head, bytes: 0, body: String::new() })
            } else {
                self.chunked(status, retry_after, head, end).await
            };
        };
        while self.buffer.len() < end + length {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err(broken("cut off"));
            }
        }
        Ok(Reply { status, retry_after, head, bytes: length, body: String::from_utf8_lossy(&self.buffer[end..end + length]).into_owned() })
    }
    /// The size lines stay in the text: nobody reads it that closely.
    async fn chunked(&mut self, status: u16, retry_after: bool, head: String, end: usize) -> io::Result<Reply> {
        while !self.buffer.ends_with(b"\r\n0\r\n\r\n") {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "cut off"));
            }
        }
        Ok(Reply {
            status,
            retry_after,
            head,
            bytes: self.buffer.len() - end,
            body: String::from_utf8_lossy(&self.buffer[end..]).into_owned(),
        })
    }
}
