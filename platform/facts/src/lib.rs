//! Metric values of branches, with source and two dates
