//! The tree with names: show, move, close, import
