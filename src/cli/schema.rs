//! `freshlegs schema`: what machine output looks like, as JSON Schema.

use super::Ending;
use crate::render::schema;
use anyhow::Result;
use clap::builder::PossibleValuesParser;
use std::io::Write;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Of which output [default: all, under their names]
    #[arg(value_name = "NAME", value_parser = PossibleValuesParser::new(schema::NAMES))]
    name: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> Result<Ending> {
    let schema = match &arguments.name {
        Some(name) => schema::of(name),
        None => Some(schema::NAMES.iter().filter_map(|name| Some(((*name).to_owned(), schema::of(name)?))).collect()),
    };
    let mut bytes = serde_json::to_vec_pretty(&schema)?;
    bytes.push(b'\n');
    anstream::stdout().write_all(&bytes)?;
    Ok(Ending::Done)
}
