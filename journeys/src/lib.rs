//! Whole flows in a real browser, one file per mechanism
