//! Typed ids: 16 bytes, sortable by birth (UUIDv7), written as 32 hex digits.
#[doc(hidden)]
pub use uuid::Uuid;

/// Declares id types. An id of one thing cannot be passed where another is meant.
#[macro_export]
macro_rules! id {
    ($($(#[$doc:meta])* $name:ident;)*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        pub struct $name($crate::Uuid);

        impl $name {
            /// A fresh id. Make it before a unit of work, which may run twice.
            #[allow(clippy::new_without_default)]
            pub fn new() -> Self {
                Self($crate::Uuid::now_v7())
            }
            /// # Errors
            /// [`Kind::NotFound`](crate::Kind::NotFound): what is no id names nothing.
            pub fn parse(text: &str) -> $crate::Result<Self> {
                $crate::Uuid::try_parse(text).map(Self).map_err(|_| $crate::Error::not_found())
            }
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self($crate::Uuid::from_bytes(bytes))
            }
            pub fn bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}", self.0.as_simple())
            }
        }
        $crate::as_text!($name);
        impl std::str::FromStr for $name {
            type Err = $crate::Error;
            fn from_str(text: &str) -> $crate::Result<Self> {
                Self::parse(text)
            }
        }
    )* };
}

id! {
    /// An organisation: branch, general branch, committee, organ, work committee.
    OrgId;
    /// Someone who signs in.
    AccountId;
    /// A role held at an organisation by an account.
    PostId;
    /// A browser session or an API token.
    SessionId;
    /// A party member in the register.
    MemberId;
    /// A committee post held by a member for a term.
    TermId;
    /// An edition of a regulation, rule or standard.
    EditionId;
    /// An edition of a scheme (考评细则).
    SchemeId;
    /// An assessment cycle (考评周期).
    CycleId;
    /// A sheet (考评表): one branch in one cycle.
    SheetId;
    /// A team of inspectors.
    TeamId;
    /// A draw of branches or teams.
    DrawId;
    /// An objection raised during publicity.
    ObjectionId;
    /// A committee adjustment awaiting or having a second person's approval.
    AdjustmentId;
    /// A problem (问题) to be put right.
    ProblemId;
    /// An evidence file.
    FileId;
    /// Work that outlives a request.
    JobId;
    /// One import of a table.
    ImportId;
    /// A 待办 item.
    TodoId;
    /// A 通知 item.
    NoticeId;
    /// A complaint or suggestion from the page footer.
    SuggestionId;
    /// A recorded fact value.
    FactId;
}
