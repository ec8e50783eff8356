//! What the branch one enters as has attached to its sheet: one file, cited by two indicators.
use super::story::Play;
use audit::Event;
use files::{NewFile, Store};
use kernel::{BusinessDate, FileId, Instant, Result};
use std::path::Path;

const NAME: &str = "党员大会签到表.csv";
const TEXT: &str = "姓名,日期,签到\n演示数据,2026-05-12,已签到\n演示数据,2026-05-26,已签到\n";

/// # Errors
/// What attaching refuses; `file-store` if the data directory cannot be written.
pub async fn attach(play: &Play<'_>, i: usize, data_dir: &Path, effective: BusinessDate) -> Result<()> {
    let secretary = play.scene.desk(play.scene.people.secretaries[i]).await?;
    let stored = Store::open(data_dir.join("files"))?.receive(NAME, TEXT.as_bytes()).await?;
    let (sheet, account) = (play.sheets[i].clone(), secretary.caller.account());
    let file = NewFile { id: FileId::new(), stored, org: sheet.org, account, effective, received: Instant::now() };
    let codes: Vec<String> = play.scheme.indicators.iter().take(2).map(|i| i.code.clone()).collect();
    audit::change(&play.scene.ground.db, &secretary.grant::<assessment::SelfAssess>()?, async move |tx| {
        files::record(tx, &file).await?;
        for code in &codes {
            files::cite(tx, file.id, &assessment::sheet::evidence::subject(sheet.id, code), sheet.org).await?;
        }
        let event = Event::new("evidence.add", format!("sheet:{}", sheet.id)).at(sheet.org);
        Ok(((), event.with("indicators", codes.join(" ")).with("file", file.id)))
    })
    .await?;
    secretary.leave(&play.scene.ground.db).await
}
