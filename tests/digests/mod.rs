//! From activities to digests: whatever is thrown at it.

mod examples;
mod properties;
