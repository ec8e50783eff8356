//! Regulations, rules and schemes as editions
