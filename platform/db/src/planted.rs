//! Defects that a proof must find. A build that ships has none: without the feature `planted` every question here is
//! answered at compile time, with no.

/// A defect, switched on by its name in the environment variable `LEITU_PLANTED`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Defect {
    /// Units are answered before the commit that makes them durable.
    AnswerFirst,
    /// SQLite's log is written but not waited for: `synchronous=NORMAL`.
    SynchronousNormal,
    /// PostgreSQL's is not either: `synchronous_commit=off`.
    CommitOff,
    /// A commit that failed, for want of room or of a disk that takes it, is answered as done.
    IgnoreFailure,
    /// A worker takes a job that another holds.
    ClaimAnyway,
    /// A change is done first, and its event written afterwards, or not.
    EventApart,
    /// Passwords are hashed by many threads, for whoever asks.
    HashEagerly,
    /// A sign-in name that is nobody's is refused without a hash.
    NameTells,
    /// Every unknown device has a counter of wrong tries of its own.
    CountByDevice,
    /// Sessions of before a new password, a new code or a disabling go on.
    KeepSessions,
    /// The step of an accepted code is not kept.
    ForgetStep,
    /// Who keeps the server waiting keeps their place.
    HoldOn,
    /// Whatever is sent is held in memory, however much others hold.
    KeepAll,
    /// All people together ask for as much at once as one may.
    ShareTurns,
    /// The verifier of the audit log forgets the checkpoints that were kept elsewhere.
    ForgetCheckpoints,
    /// Text goes into a file as it is, whatever a spreadsheet makes of it.
    Unguarded,
    /// The server reads tables itself, without limits.
    ReadHere,
    /// What a file is, is what the end of its name says.
    BelieveNames,
    /// What should be sealed is stored as it is.
    InTheClear,
    /// What is sent in a form is written into the log.
    TellTheLog,
    /// SQLite leaves deleted content where it was: `secure_delete=OFF`.
    KeepDeleted,
    /// The server looks for somebody elsewhere as it begins.
    CallHome,
    /// Each migration is committed by itself, and noted afterwards.
    MigrateApart,
    /// A backup takes the evidence along before the database that names it.
    EvidenceFirst,
    /// A value of another type than its field's is the server's own fault.
    OwnFault,
    /// The description of the API forgets that a step may come too late.
    Untold,
    /// Of a quotation mark within a cell of a csv nothing is read.
    LoseQuotes,
}

/// How long what should come first comes late: without a pause the two lie so close that hardly anything meets the moment.
pub const LATE: std::time::Duration = std::time::Duration::from_millis(20);

#[cfg(not(feature = "planted"))]
impl Defect {
    /// Never.
    pub const fn is_on(self) -> bool {
        false
    }
}

#[cfg(feature = "planted")]
impl Defect {
    /// Whether the environment names it.
    pub fn is_on(self) -> bool {
        static ON: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| std::env::var("LEITU_PLANTED").unwrap_or_default());
        let name = match self {
            Defect::AnswerFirst => "answer-first",
            Defect::SynchronousNormal => "synchronous-normal",
            Defect::CommitOff => "commit-off",
            Defect::ClaimAnyway => "claim-anyway",
            Defect::EventApart => "event-apart",
            Defect::HashEagerly => "hash-eagerly",
            Defect::NameTells => "name-tells",
            Defect::CountByDevice => "count-by-device",
            Defect::KeepSessions => "keep-sessions",
            Defect::ForgetStep => "forget-step",
            Defect::HoldOn => "hold-on",
            Defect::KeepAll => "keep-all",
            Defect::ShareTurns => "share-turns",
            Defect::ForgetCheckpoints => "forget-checkpoints",
            Defect::Unguarded => "unguarded",
            Defect::ReadHere => "read-here",
            Defect::BelieveNames => "believe-names",
            Defect::InTheClear => "in-the-clear",
            Defect::TellTheLog => "tell-the-log",
            Defect::KeepDeleted => "keep-deleted",
            Defect::CallHome => "call-home",
            Defect::MigrateApart => "migrate-apart",
            Defect::EvidenceFirst => "evidence-first",
            Defect::IgnoreFailure => "ignore-failure",
            Defect::OwnFault => "own-fault",
            Defect::Untold => "untold",
            Defect::LoseQuotes => "lose-quotes",
        };
        *ON == name
    }
}
