//! Evidence files, content-addressed
