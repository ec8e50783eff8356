//! Facts to indicator to total to grade, star and rank, each with its derivation
