//! Tables of members that the work committee, a unit's deputy and a branch's secretary have handed in: some will wait to be
//! brought in, the others are refused with what to mend. They are checked by the job that checks any file, once serving
//! begins; none changes anything by itself.
use super::Scene;
use crate::house;
use kernel::{AccountId, Error, ImportId, Result};
use organisations::ImportUse;
use organisations::import::handed::{Folder, Lying, hand_in};
use std::path::Path;

const HEADS: &str = "支部代码,姓名,公民身份号码,党员类别,入党日期,职务,任职日期,任期届满日期,电话\n";

/// # Errors
/// What handing in refuses; `storage-full` or `file-store` if the data directory cannot be written.
pub async fn arrive(scene: &Scene, data_dir: &Path) -> Result<()> {
    let hero = scene.province.hero()?;
    let branch = &scene.province.branches[hero];
    let code = &branch.code;
    let good = format!("{HEADS}{code},苏晓宁,,预备,2026-06-01,,,,\n{code},程远航,,预备,2026/6/1,,,,\n");
    let bad =
        format!("{HEADS}{code},林嘉怡,,积极分子,2026-06-01,,,,\n21-99-404,曹立军,,正式,2012-07-01,,,,\n{code},,,正式,2031-07-01,,,,\n");
    let unit = format!("{HEADS}{code},罗静怡,,正式,2019-07-01,,,,\n{code},邓海涛,,正式,2015-07-01,,,,\n");
    let own = format!("{HEADS}{code},何雨桐,,预备,2026-06-08,,,,\n");
    let late = format!("{HEADS}{code},宋明哲,,预备,2026-13-08,,,,\n");
    let deputy = scene.people.deputies.get(&branch.unit).map(|d| d.0).ok_or_else(|| Error::internal("no deputy"))?;
    let (committee, secretary) = (scene.people.committee, scene.people.secretaries[hero]);
    sent(scene, data_dir, committee, [("2026年6月新发展党员.csv", good), ("党员名册补报（待更正）.csv", bad)]).await?;
    sent(scene, data_dir, deputy, [("转入党员名册.csv", unit), ("转入党员名册（日期有误）.csv", late.clone())]).await?;
    sent(scene, data_dir, secretary, [("支部新发展党员.csv", own), ("支部新发展党员（初稿）.csv", late)]).await
}

async fn sent(scene: &Scene, data_dir: &Path, account: AccountId, all: [(&str, String); 2]) -> Result<()> {
    let (db, folder) = (&scene.ground.db, Folder::new(data_dir));
    let members = house::importers().of("members").ok_or_else(|| Error::internal("no import of members"))?;
    let desk = scene.desk(account).await?;
    for (file, text) in all {
        let id = ImportId::new();
        let mut landing = folder.begin(id)?;
        landing.write(text.as_bytes())?;
        landing.finish().await?;
        let lying = Lying { id, choice: String::new(), file: file.into() };
        hand_in(db, &desk.grant::<ImportUse>()?, (members.as_ref(), &folder), lying, scene.today).await?;
    }
    desk.leave(db).await
}
