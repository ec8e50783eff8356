//! The year 2026, half way: self-assessment has closed, acceptance is running.
use super::chance::Chance;
use super::people::Desk;
use super::values::{self, Year};
use super::{Scene, loader};
use assessment::cycle::open::{Opening, open};
use kernel::{BusinessDate, Result};

const YEAR: i64 = 2026;

/// # Errors
/// What the operations refuse.
pub async fn play(scene: &Scene, chance: &mut Chance) -> Result<()> {
    let db = &scene.ground.db;
    let id = standards::schemes::newest(db, "LN-JG-27").await?;
    let scheme = standards::scheme(db, id).await?;
    let year = Year { year: YEAR, effective: BusinessDate::of(2026, 5, 31)? };
    values::record(db, chance, &scheme, &crate::house::suppliers(), &scene.province.branches, &year).await?;
    let opening = Opening {
        scheme: id,
        year: YEAR,
        root: scene.province.root,
        title: "2026年度省直机关党支部标准化规范化考评".into(),
        day: BusinessDate::of(2026, 5, 18)?,
        self_until: BusinessDate::of(2026, 6, 5)?,
    };
    let cycle = open(db, &loader(), opening).await?;
    let _ = (cycle, Desk::of(db, &scene.ground.keys, &scene.roles, scene.people.committee).await?.leave(db).await?);
    Ok(())
}
