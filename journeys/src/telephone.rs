//! A telephone with an authenticator: it reads the key that a page shows, and shows a code every 30 seconds.
use crate::Browser;
use std::sync::Mutex;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use totp_rs::{Builder, Secret};

const SECONDS: u64 = 30;

pub struct Telephone {
    secret: Secret,
    /// The step whose code was shown last: each is good once.
    last: Mutex<u64>,
}

impl Telephone {
    /// Types the key of the page into it.
    pub async fn of(page: &Browser) -> Self {
        let groups = page.texts(".kv dd.b").await.remove(0);
        let secret = Secret::try_from_base32(groups.replace(' ', "")).unwrap();
        Self { secret, last: Mutex::new(0) }
    }
    /// The next code that was not shown before. The door takes one step ahead; what comes after that is waited for.
    pub async fn shows(&self) -> String {
        let now = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() / SECONDS;
        let step = now().max(*self.last.lock().unwrap() + 1);
        while step > now() + 1 {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        *self.last.lock().unwrap() = step;
        Builder::new().with_secret(self.secret.clone()).build().unwrap().generate(step * SECONDS).to_string()
    }
}
