//! Two tables of members that the work committee has handed in: one will wait to be brought in, the other is refused with
//! what to mend. They are checked by the job that checks any file, once serving begins; neither changes anything by itself.
use super::Scene;
use crate::house;
use kernel::{Error, ImportId, Result};
use organisations::ImportUse;
use organisations::import::handed::{Folder, Lying, hand_in};
use std::path::Path;

const HEADS: &str = "支部代码,姓名,公民身份号码,党员类别,入党日期,职务,任职日期,任期届满日期,电话\n";

/// # Errors
/// What handing in refuses; internal if the data directory cannot be written.
pub async fn arrive(scene: &Scene, data_dir: &Path) -> Result<()> {
    let hero = &scene.province.branches[scene.province.hero()?].code;
    let good = format!("{HEADS}{hero},苏晓宁,,预备,2026-06-01,,,,\n{hero},程远航,,预备,2026/6/1,,,,\n");
    let bad =
        format!("{HEADS}{hero},林嘉怡,,积极分子,2026-06-01,,,,\n21-99-404,曹立军,,正式,2012-07-01,,,,\n{hero},,,正式,2031-07-01,,,,\n");
    let (db, folder) = (&scene.ground.db, Folder::new(data_dir));
    let members = house::importers().of("members").ok_or_else(|| Error::internal("no import of members"))?;
    let desk = scene.desk(scene.people.committee).await?;
    for (file, text) in [("2026年6月新发展党员.csv", good), ("党员名册补报（待更正）.csv", bad)] {
        let id = ImportId::new();
        tokio::fs::write(folder.file(id)?, text).await.map_err(Error::internal)?;
        let lying = Lying { id, choice: String::new(), file: file.into() };
        hand_in(db, &desk.grant::<ImportUse>()?, members.as_ref(), lying, scene.today).await?;
    }
    desk.leave(db).await
}
