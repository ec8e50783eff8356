//! A member's standing. Only those in the register count; whoever left keeps a row that says so.
use kernel::{Error, Result};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Status {
    /// 正式党员
    Formal,
    /// 预备党员: counts as a member, not among those entitled to vote.
    Probationary,
    /// 转出、停止党籍、除名、去世: kept for history, counted nowhere.
    Left,
}

impl Status {
    pub const ALL: [Status; 3] = [Status::Formal, Status::Probationary, Status::Left];

    pub fn name(self) -> &'static str {
        match self {
            Status::Formal => "formal",
            Status::Probationary => "probationary",
            Status::Left => "left",
        }
    }
    /// Reads the code, or the official word of a roster.
    ///
    /// # Errors
    /// `member-status` at field `status`.
    pub fn parse(text: &str) -> Result<Self> {
        match text.trim() {
            "formal" | "正式" | "正式党员" => Ok(Status::Formal),
            "probationary" | "预备" | "预备党员" => Ok(Status::Probationary),
            "left" | "已离开" | "离开" | "已转出" | "转出" => Ok(Status::Left),
            other => Err(Error::invalid("member-status").with("value", other).at("status")),
        }
    }
    /// Key of its name.
    pub fn text(self) -> &'static str {
        match self {
            Status::Formal => "status-formal",
            Status::Probationary => "status-probationary",
            Status::Left => "status-left",
        }
    }
}
