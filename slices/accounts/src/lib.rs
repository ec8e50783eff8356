//! Sign-in, set-up, roles, permissions, my own page
