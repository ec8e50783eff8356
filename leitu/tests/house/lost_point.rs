//! A problem of a branch, as acceptance opens one.
use calendar::Calendar;
use kernel::{Error, OrgId, Points};
use rectification::{By, NewProblem};

/// # Errors
/// The engine's own.
pub async fn open(tx: &mut db::Tx<'_>, org: OrgId, code: &str, who: &By) -> db::Result<kernel::ProblemId> {
    let new = NewProblem {
        org,
        org_code: code.to_owned(),
        path: tree::node(tx, org).await?.path,
        year: 2026,
        board: "b".into(),
        source: "source-acceptance",
        href: String::new(),
        item: "A1".into(),
        title: "党课次数不足".into(),
        text: "缺一次".into(),
        lost: Points::hundredths(100),
        workdays: 30,
    };
    let calendar = Calendar::parse(include_str!("../../../content/calendars/holidays.csv"));
    let calendar = calendar.map_err(|bad| bad.into_iter().next().unwrap_or_else(|| Error::internal("calendar")))?;
    rectification::open(tx, &new, &calendar, who).await
}
