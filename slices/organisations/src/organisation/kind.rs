//! Types of organisation, by the codes that real systems use (domain notes: 《条例》第二章).
use kernel::{Error, Result};

/// 611 党委 … 641 党小组; 9xx are their temporary forms.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OrgKind {
    Committee,
    GeneralBranch,
    Branch,
    JointBranch,
    Group,
    TemporaryCommittee,
    TemporaryGeneralBranch,
    TemporaryBranch,
    TemporaryJointBranch,
}

use OrgKind::{
    Branch, Committee, GeneralBranch, Group, JointBranch, TemporaryBranch, TemporaryCommittee, TemporaryGeneralBranch, TemporaryJointBranch,
};

impl OrgKind {
    pub const ALL: [OrgKind; 9] = [
        Committee,
        GeneralBranch,
        Branch,
        JointBranch,
        Group,
        TemporaryCommittee,
        TemporaryGeneralBranch,
        TemporaryBranch,
        TemporaryJointBranch,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Committee => "611",
            GeneralBranch => "621",
            Branch => "631",
            JointBranch => "632",
            Group => "641",
            TemporaryCommittee => "911",
            TemporaryGeneralBranch => "921",
            TemporaryBranch => "931",
            TemporaryJointBranch => "932",
        }
    }
    /// # Errors
    /// `org-type` at field `type` for a code that is none of ours.
    pub fn parse(code: &str) -> Result<Self> {
        let code = code.trim();
        Self::ALL.into_iter().find(|k| k.code() == code).ok_or_else(|| Error::invalid("org-type").with("value", code).at("type"))
    }
    /// Key of its name.
    pub fn text(self) -> &'static str {
        match self {
            Committee => "org-type-611",
            GeneralBranch => "org-type-621",
            Branch => "org-type-631",
            JointBranch => "org-type-632",
            Group => "org-type-641",
            TemporaryCommittee => "org-type-911",
            TemporaryGeneralBranch => "org-type-921",
            TemporaryBranch => "org-type-931",
            TemporaryJointBranch => "org-type-932",
        }
    }
    /// Branches take part in a cycle; their temporary forms do not.
    pub fn is_assessed(self) -> bool {
        matches!(self, Branch | JointBranch)
    }
}
