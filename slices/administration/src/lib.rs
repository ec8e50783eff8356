//! What administrators look after: the audit log, jobs, the calendar of working days, backups, and the suggestions
//! that reach the work committee.
//!
//! Others may call [`history`], [`calendar()`] (or [`Kept`] where it is asked often), [`import_calendar`], [`seed_calendar`],
//! [`recount`], [`note_backup`], [`send_suggestion`]; whoever keeps dates counted in working days implements [`Recompute`],
//! whoever keeps what events name by ids implements [`Named`].
mod audit_log;
mod backups;
mod calendars;
mod job;
mod suggestion;

pub use audit_log::concern::Signed as LogSigned;
pub use audit_log::history::history;
pub use audit_log::names::{Named, Names, Thing};
pub use backups::{note_backup, note_restore};
pub use calendars::{
    Imported, Kept, Recompute, Source as CalendarSource, calendar, import as import_calendar, recount, seed as seed_calendar,
};
pub use suggestion::{Written, send as send_suggestion};

use db::Migration;
use std::sync::Arc;
use web::{Group, MenuEntry, Routes, Slice};

access::permissions! {
    /// Read and export the audit log.
    AuditRead = "administration.audit.read";
    /// Bring in a year's published holidays.
    CalendarImport = "administration.calendar.import";
    /// See how backups are made and when the last one was.
    BackupRead = "administration.backup.read";
    /// Read and close suggestions.
    SuggestionHandle = "administration.suggestion.handle";
}

/// `recomputes` are the keepers of dates counted in working days, from the slices above.
pub fn slice(recomputes: Vec<Arc<dyn Recompute>>) -> Slice {
    Slice {
        routes: Routes::new("administration")
            .get("/audit", audit_log::pages::list)
            .post("/audit/export", audit_log::export::export)
            .get("/audit/checkpoints", audit_log::checkpoints::list)
            .get("/audit/checkpoints/{checkpoint}", audit_log::checkpoints::show)
            .get("/audit/checkpoints/{checkpoint}/file", audit_log::checkpoints::file)
            .get("/jobs", job::list)
            .get("/jobs/{job}", job::show)
            .get("/calendars", calendars::pages::list)
            .post("/calendars", calendars::pages::import)
            .get("/calendars/template.csv", calendars::pages::template)
            .get("/backups", backups::show)
            .get("/suggestions/new", suggestion::form::form)
            .post("/suggestions", suggestion::form::send)
            .get("/suggestions", suggestion::pages::list)
            .get("/suggestions/{suggestion}", suggestion::pages::show)
            .post("/suggestions/{suggestion}/closure", suggestion::pages::close),
        migrations: &[Migration { name: "0020_administration", sql: include_str!("../migrations/0020_administration.sql") }],
        permissions: PERMISSIONS,
        texts: &[
            ("zh", include_str!("../../../content/locales/zh/administration.ftl")),
            ("en", include_str!("../../../content/locales/en/administration.ftl")),
            ("zh", include_str!("../../../content/locales/zh/events.ftl")),
            ("en", include_str!("../../../content/locales/en/events.ftl")),
        ],
        menu: vec![
            MenuEntry::of::<SuggestionHandle>(Group::Service, "suggestions", "/suggestions", "todo"),
            MenuEntry::of::<AuditRead>(Group::Administration, "audit-title", "/audit", "search"),
            MenuEntry::of::<CalendarImport>(Group::Administration, "jobs-title", "/jobs", "clock"),
            MenuEntry::of::<CalendarImport>(Group::Administration, "calendars-title", "/calendars", "book"),
            MenuEntry::of::<BackupRead>(Group::Administration, "backups-title", "/backups", "file"),
        ],
        panels: vec![],
        sights: vec![Box::new(suggestion::Seen)],
        workers: vec![Box::new(calendars::Recount(recomputes))],
    }
}
