//! 前进一天 and 到公示期满: the demo's business date goes forward. Sign-in, lockout and audit keep real time.
use access::{Grant, SignedIn};
use audit::Event;
use db::Db;
use installation::Kind;
use kernel::{BusinessDate, Clock, Error, Instant, Result};
use serde::Deserialize;
use std::time::Duration;
use web::{Flash, Form, Routes, See, Slice, Ui};

pub fn slice() -> Slice {
    Slice {
        routes: Routes::new("leitu").post("/demo/date", forward),
        migrations: &[],
        permissions: &[],
        texts: crate::words::OWN,
        menu: vec![],
        panels: vec![],
        sights: vec![],
        workers: vec![],
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum To {
    NextDay,
    PublicityEnd,
}

#[derive(Deserialize)]
pub struct Asked {
    to: To,
}

/// In a real installation this address does not exist.
pub async fn forward(grant: Grant<SignedIn>, ui: Ui, Form(asked): Form<Asked>) -> web::Result<See> {
    if ui.app.installation().is_none_or(|i| i.kind != Kind::Demo) {
        return Err(Error::not_found().into());
    }
    let (today, to, at) = (ui.today(), day(&ui, &asked.to).await?, Instant::now());
    audit::change(&ui.db, &grant, async move |tx| {
        installation::move_date(tx, to, at).await?;
        let event = Event::new("demo.date", "installation");
        Ok(((), event.field("date", Some(today.to_string()), Some(to.to_string()))))
    })
    .await?;
    ui.clock().set_at(at, to);
    Ok(See::to("/todo").flash(&Flash::done("demo-date-now").with("date", to)))
}

/// The day after today; or the day after the last publicity that runs, when grades can become final.
async fn day(ui: &Ui, to: &To) -> Result<BusinessDate> {
    let today = ui.today();
    match to {
        To::NextDay => Ok(today.plus_days(1)),
        To::PublicityEnd => {
            let cycles = assessment::cycle::store::all(&ui.db).await?;
            let ends = cycles.iter().filter(|c| !c.is_final()).filter_map(|c| c.publicity).map(|p| p.until.plus_days(1));
            ends.filter(|end| *end > today).max().ok_or_else(|| Error::conflict("demo-no-publicity"))
        }
    }
}

/// Another process on the same PostgreSQL may move the date: looks every second, for as long as it is polled.
pub async fn follow(db: Db, clock: Clock) {
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
        if let Err(e) = installation::follow(&db, &clock).await {
            tracing::warn!(cause = %e, "the demo's date could not be looked up");
        }
    }
}
