//! The traffic light of a due date: late, today, soon, fine, closed.
use crate::Calendar;
use kernel::BusinessDate;

/// What a page shows beside a due date; numbers are working days.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Light {
    /// Past due by so many working days; 0 while only days off have passed since.
    Late(i64),
    Today,
    /// At most [`Light::SOON`] working days left.
    Soon(i64),
    Fine(i64),
    Closed,
}

impl Light {
    /// From here on down the light is amber.
    pub const SOON: i64 = 3;

    /// The light of something due on `due` and, if `closed`, done with.
    pub fn of(calendar: &Calendar, today: BusinessDate, due: BusinessDate, closed: bool) -> Self {
        let left = calendar.remaining(today, due).days;
        match () {
            () if closed => Self::Closed,
            () if today > due => Self::Late(-left),
            () if today == due => Self::Today,
            () if left <= Self::SOON => Self::Soon(left),
            () => Self::Fine(left),
        }
    }
}
