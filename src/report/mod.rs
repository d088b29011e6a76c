//! Findings to bytes, one file for each format.
