//! Audit, jobs, calendars and backup pages
