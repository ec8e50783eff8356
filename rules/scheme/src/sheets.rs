pub struct Sheet;
pub fn from_sheets() {}
pub fn to_sheets() {}
