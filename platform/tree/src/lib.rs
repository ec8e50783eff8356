//! Nodes, parents and paths with validity; no names
