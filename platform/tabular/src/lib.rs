//! Tables in and out: xlsx and csv, read in a child process
