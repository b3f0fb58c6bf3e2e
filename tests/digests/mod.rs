//! From activities to digests: whatever is thrown at it, and real files.

mod corpus;
mod examples;
mod properties;
