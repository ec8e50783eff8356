//! A browser that keeps cookies and the form last shown, and nothing else: whoever stands at the door.
use crate::client::{Client, Reply};
use kernel::Uuid;
use std::collections::BTreeMap;
use std::io;

pub struct Visitor {
    client: Client,
    cookies: BTreeMap<String, String>,
    csrf: String,
}

impl Visitor {
    /// # Errors
    /// Nobody listens there.
    pub async fn at(address: &str) -> io::Result<Visitor> {
        Ok(Visitor { client: Client::connect(address, "").await?, cookies: BTreeMap::new(), csrf: String::new() })
    }
    /// Another connection with the cookies of a browser.
    ///
    /// # Errors
    /// Nobody listens there.
    pub async fn with(address: &str, cookies: &BTreeMap<String, String>) -> io::Result<Visitor> {
        Ok(Visitor { cookies: cookies.clone(), ..Self::at(address).await? })
    }
    /// What this browser holds now.
    pub fn cookies(&self) -> BTreeMap<String, String> {
        self.cookies.clone()
    }
    /// Holds a cookie that it was given elsewhere.
    pub fn take(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.into(), value.into());
    }
    /// A browser nobody has used: the connection stays.
    pub fn forget(&mut self) {
        self.cookies.clear();
    }
    /// # Errors
    /// The connection breaks.
    pub async fn get(&mut self, path: &str) -> io::Result<Reply> {
        self.hold();
        let reply = self.client.get(path).await?;
        self.keep(&reply);
        Ok(reply)
    }
    /// Sends the form last shown.
    ///
    /// # Errors
    /// The connection breaks.
    pub async fn post(&mut self, path: &str, fields: &str) -> io::Result<Reply> {
        self.hold();
        let reply = self.client.post(path, &format!("_csrf={}&_key={}{fields}", self.csrf, Uuid::now_v7())).await?;
        self.keep(&reply);
        Ok(reply)
    }
    /// Opens the form if none is open, and tries. Neither may have letters that are not written as they are in a form.
    ///
    /// # Errors
    /// The connection breaks.
    pub async fn sign_in(&mut self, login: &str, password: &str) -> io::Result<Reply> {
        if self.csrf.is_empty() || self.cookies.is_empty() {
            self.get("/sign-in").await?;
        }
        self.post("/sign-in", &format!("&login={login}&password={password}")).await
    }
    /// Whether the session this browser holds opens anything.
    ///
    /// # Errors
    /// The connection breaks.
    pub async fn is_in(&mut self) -> io::Result<bool> {
        Ok(self.get("/me").await?.status == 200)
    }
    fn hold(&mut self) {
        let all: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        self.client.hold(all.join("; "));
    }
    fn keep(&mut self, reply: &Reply) {
        for line in reply.head.lines().filter_map(|line| line.strip_prefix("set-cookie: ")) {
            let pair = line.split(';').next().and_then(|pair| pair.split_once('='));
            match pair {
                Some((name, "")) => drop(self.cookies.remove(name)),
                Some((name, value)) => drop(self.cookies.insert(name.into(), value.into())),
                None => {}
            }
        }
        if let Some(token) = reply.body.split("name=\"_csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next()) {
            token.clone_into(&mut self.csrf);
        }
    }
}
