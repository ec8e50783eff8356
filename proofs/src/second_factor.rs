//! The second page of the door: the same code twice and by many at once, a telephone whose clock is off, ten thousand codes.
use crate::kill9::serve;
use crate::people::{PASSWORD, Town};
use crate::report::Row;
use crate::telephone::{Telephone, a_step_begins, step};
use crate::visitor::Visitor;

/// Browsers that send one code at the same moment.
const AT_ONCE: usize = 4;
/// Browsers that guess.
const GUESSING: usize = 32;
/// Looked at within half an hour.
const TRIES: usize = 5;
/// How far a telephone's clock may be off, in steps, and how far it is.
const DRIFT: i64 = 1;
const OFF: i64 = 3;

pub async fn row(name: &str, rounds: usize, guesses: usize, defect: Option<&'static str>) -> Row {
    let town = Town::make(1, defect).await;
    let program = serve(&town.make);
    let mut admin = Visitor::at(&program.address).await.expect("a connection");
    let door = Door {
        telephone: Telephone::of(&mut admin, "admin", PASSWORD).await.expect("a telephone"),
        town,
        address: program.address.clone(),
    };
    let (mut again, mut drift) = (0, Vec::new());
    for _ in 0..rounds {
        again += door.reused().await;
    }
    let here = i64::try_from(a_step_begins().await).unwrap_or_default();
    for off in -OFF..=OFF {
        if door.opens_to(here + off).await {
            drift.push(off);
        }
    }
    let looked_at = door.guessed(guesses).await;
    let taken = drift.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
    let text =
        format!("rounds={rounds} at_once={AT_ONCE} let_in_again={again} steps_off_taken={taken} guesses={guesses} evaluated={looked_at}");
    let holds = again == 0 && drift == (-DRIFT..=DRIFT).collect::<Vec<_>>() && looked_at == TRIES;
    Row::of(name, text, if defect.is_some() { again > 0 } else { holds })
}

struct Door {
    address: String,
    town: Town,
    telephone: Telephone,
}

impl Door {
    /// A browser whose password has been taken.
    async fn asked(&self) -> Visitor {
        let mut visitor = Visitor::at(&self.address).await.expect("a connection");
        visitor.sign_in("admin", PASSWORD).await.expect("an answer");
        let page = visitor.get("/sign-in/code").await.expect("an answer");
        assert!(page.body.contains("action=\"/sign-in/code\""), "no code was asked for: {}", page.body);
        visitor
    }
    /// How many got in by one code, beyond the first: sent by some at once, and once more afterwards.
    async fn reused(&self) -> usize {
        self.later().await;
        let code = self.telephone.shows(step());
        let mut browsers = Vec::new();
        for _ in 0..AT_ONCE {
            browsers.push(self.asked().await);
        }
        let sent: Vec<_> = browsers.into_iter().map(|browser| tokio::spawn(gives(browser, code.clone()))).collect();
        let mut inside = 0;
        for one in sent {
            inside += usize::from(one.await.expect("a browser"));
        }
        inside += usize::from(gives(self.asked().await, code).await);
        inside.saturating_sub(1)
    }
    async fn opens_to(&self, step: i64) -> bool {
        self.later().await;
        let code = self.telephone.shows(u64::try_from(step).unwrap_or_default());
        gives(self.asked().await, code).await
    }
    /// How many wrong codes are looked at.
    async fn guessed(&self, guesses: usize) -> usize {
        self.later().await;
        let mut browsers = Vec::new();
        for _ in 0..GUESSING.min(guesses) {
            browsers.push(self.asked().await);
        }
        let (each, right) =
            (guesses.div_ceil(browsers.len().max(1)), [step() - 1, step(), step() + 1, step() + 2].map(|s| self.telephone.shows(s)));
        let mut guessing = Vec::new();
        for (n, mut browser) in browsers.into_iter().enumerate() {
            let codes: Vec<String> =
                (n * each..((n + 1) * each).min(guesses)).map(|code| format!("{code:06}")).filter(|c| !right.contains(c)).collect();
            guessing.push(tokio::spawn(async move {
                let mut looked_at = 0;
                for code in codes {
                    let reply = browser.post("/sign-in/code", &format!("&given={code}")).await.expect("an answer");
                    assert_eq!(reply.status, 422, "{}", reply.body);
                    looked_at += usize::from(!reply.body.contains("分钟后再试"));
                }
                looked_at
            }));
        }
        let mut looked_at = 0;
        for one in guessing {
            looked_at += one.await.expect("a browser");
        }
        looked_at
    }
    /// Minutes have gone by: whatever was taken is long past, and wrong tries are forgotten.
    #[allow(clippy::disallowed_methods, reason = "it turns the clock")]
    async fn later(&self) {
        let past = ["UPDATE second_factor SET step = 0", "DELETE FROM attempt"];
        for sql in past {
            self.town.db.write(async move |tx| tx.exec(sql, &[]).await).await.expect("a clock");
        }
    }
}

/// Whether a code opens a session. Whoever comes too late with it is led back to the sign-in, which is no way in.
async fn gives(mut browser: Visitor, code: String) -> bool {
    browser.post("/sign-in/code", &format!("&given={code}")).await.expect("an answer");
    browser.is_in().await.expect("an answer")
}
