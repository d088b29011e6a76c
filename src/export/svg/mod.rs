//! SVG: drawings that any browser shows and any printer prints.

mod graph;
pub(super) mod paper;

use super::GraphFormat;

pub(super) const FORMAT: GraphFormat = GraphFormat { name: "svg", render: graph::render };
