//! What the planner promises every runner, tried on thousands of made-up ones.

mod athletes;
mod promises;
mod scenarios;
