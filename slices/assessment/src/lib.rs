//! Cycles, sheets, draws, results and the ledger
