//! A graph as a drawing: dagre places the boxes, the words on the arrows and the bends.

use super::paper::{Paper, Pen, width_of};
use crate::export::ink::{DARK, Ink, sort};
use crate::export::wrap::wrapped;
use crate::ground::Lang;
use crate::queries::{Graph, GraphKind, GraphNode, Thing};
use dagre::graph::{Graph as Layout, GraphOptions};
use dagre::layout::types::LabelPos;
use dagre::{EdgeLabel, LayoutOptions, NodeLabel, RankDir};
use petgraph::unionfind::UnionFind;

const SIZE: f64 = 14.0;
const SMALL: f64 = 12.0;
const LINE: f64 = 1.3;
/// the widest line of words in a box, and on an arrow
const BOX: f64 = 190.0;
const ARROW: f64 = 175.0;
const PADDING: f64 = 10.0;
/// the widest line of the words above
const NOTE: f64 = 900.0;
const MARGIN: f64 = 24.0;
const HEADING: f64 = 20.0;
/// pieces stand side by side up to here
const ROW: f64 = 1450.0;
/// between pieces
const GAP: f64 = 40.0;

/// Words in lines, each with its look, and how large they are together.
struct Block {
    lines: Vec<(String, f64, bool)>,
    width: f64,
    height: f64,
}

impl Block {
    fn new(parts: &[(&str, f64, bool)], room: f64, padding: f64) -> Self {
        let mut lines = Vec::new();
        for (words, size, bold) in parts.iter().filter(|(words, ..)| !words.is_empty()) {
            let broken = wrapped(words, room, |line| width_of(line, *size, *bold));
            lines.extend(broken.into_iter().map(|line| (line, *size, *bold)));
        }
        let widest = lines.iter().map(|(line, size, bold)| width_of(line, *size, *bold)).fold(0.0, f64::max);
        let height: f64 = lines.iter().map(|(_, size, _)| size * LINE).sum();
        Block { width: widest + 2.0 * padding, height: height + 2.0 * padding, lines }
    }

    fn of(node: &GraphNode, lang: Lang) -> Self {
        let sort = sort(&node.what).map(|sort| sort.get(lang).to_owned()).unwrap_or_default();
        let mut parts = vec![(sort.as_str(), SMALL, false), (node.label.get(lang), SIZE, true)];
        parts.extend(node.lines.iter().map(|line| (line.get(lang), SMALL, false)));
        Block::new(&parts, BOX, PADDING)
    }

    /// Writes the lines around a middle.
    fn write(&self, paper: &mut Paper, (x, y): (f64, f64), padding: f64, color: &'static str) {
        let mut top = y - self.height / 2.0 + padding;
        for (line, size, bold) in &self.lines {
            let pen = Pen { size: *size, bold: *bold, color, middle: true };
            paper.words(x, top + size * 1.0, pen, line);
            top += size * LINE;
        }
    }
}

/// What is drawn: the nodes by their places in the graph, and the arrows between the drawn ones.
struct Drawn<'a> {
    nodes: Vec<(usize, &'a GraphNode)>,
    blocks: Vec<Block>,
    arrows: Vec<(usize, usize, Block)>,
}

/// Every decision is drawn anew where it is come to: a short box more is easier to read than a long arrow.
fn drawn(graph: &Graph, lang: Lang) -> Drawn<'_> {
    let all: Vec<&GraphNode> = graph.nodes().collect();
    let is_end = |at: usize| matches!(all[at].what, Thing::Outcome(_) | Thing::Value(_));
    let mut nodes: Vec<(usize, &GraphNode)> = Vec::new();
    let mut at: Vec<Option<usize>> = vec![None; all.len()];
    let alone = graph.edges().next().is_none();
    for place in (0..all.len()).filter(|place| alone || !is_end(*place)) {
        at[place] = Some(nodes.len());
        nodes.push((place, all[place]));
    }
    let mut arrows = Vec::new();
    for (from, to, edge) in graph.edges() {
        let to = at[to].unwrap_or_else(|| {
            nodes.push((to, all[to]));
            nodes.len() - 1
        });
        let words = if graph.kind == GraphKind::Decision { edge.label.get(lang) } else { "" };
        if let Some(from) = at[from] {
            arrows.push((from, to, Block::new(&[(words, SMALL, false)], ARROW, 3.0)));
        }
    }
    let blocks = nodes.iter().map(|(_, node)| Block::of(node, lang)).collect();
    Drawn { nodes, blocks, arrows }
}

pub(super) fn render(graph: &Graph, lang: Lang, _width: usize) -> String {
    let Drawn { nodes, blocks, arrows } = drawn(graph, lang);
    let placed = placed(graph, &blocks, &arrows);
    let title = graph.title.get(lang);
    let mut paper = Paper::default();
    let mut right: f64 = MARGIN + width_of(title, HEADING, true);
    let pen = Pen { size: HEADING, bold: true, color: DARK, middle: false };
    paper.words(MARGIN, MARGIN + HEADING * 0.8, pen, title);
    let mut top = MARGIN + HEADING * 1.6;
    let notes = std::iter::once(&graph.description).chain(&graph.notes);
    for line in notes.flat_map(|note| wrapped(note.get(lang), NOTE, |line| width_of(line, SIZE, false))) {
        right = right.max(MARGIN + width_of(&line, SIZE, false));
        paper.words(MARGIN, top + SIZE, Pen { size: SIZE, bold: false, ..pen }, &line);
        top += SIZE * LINE;
    }
    top += MARGIN;
    let mut bottom = top;
    let at = |(x, y): (f64, f64)| (x + MARGIN, y + top);
    for (points, _) in &placed.arrows {
        let points: Vec<(f64, f64)> = points.iter().map(|point| at(*point)).collect();
        paper.curve(
            &points,
            "fill=\"none\" stroke=\"#444444\" stroke-width=\"1.4\" marker-end=\"url(#arrow)\"",
        );
        for (x, y) in points {
            (right, bottom) = (right.max(x), bottom.max(y));
        }
    }
    for ((_, label), (_, _, block)) in placed.arrows.iter().zip(&arrows) {
        if let (Some(label), false) = (label, block.lines.is_empty()) {
            let (x, y) = at(*label);
            let corner = (x - block.width / 2.0, y - block.height / 2.0);
            paper.rectangle(corner, (block.width, block.height), "rx=\"3\" fill=\"#ffffff\"");
            block.write(&mut paper, (x, y), 3.0, DARK);
            right = right.max(corner.0 + block.width);
        }
    }
    for ((number, node), (block, place)) in nodes.into_iter().zip(blocks.iter().zip(&placed.boxes)) {
        let (x, y) = at(*place);
        let corner = (x - block.width / 2.0, y - block.height / 2.0);
        let ink = Ink::of(node);
        let round = if matches!(node.what, Thing::Outcome(_) | Thing::Value(_)) { 0 } else { 10 };
        let dashes = if ink.dashed { " stroke-dasharray=\"6 4\"" } else { "" };
        let thick = if graph.focus.contains(&number) { 4.0 } else { 1.4 };
        let look = format!(
            "rx=\"{round}\" fill=\"{}\" stroke=\"#1a1a1a\" stroke-width=\"{thick}\"{dashes}",
            ink.fill
        );
        paper.rectangle(corner, (block.width, block.height), &look);
        block.write(&mut paper, (x, y), PADDING, ink.letters);
        right = right.max(corner.0 + block.width);
        bottom = bottom.max(corner.1 + block.height);
    }
    paper.page((right + MARGIN, bottom + MARGIN), lang, title, graph.description.get(lang))
}

/// A place: how far to the right, how far down.
type Point = (f64, f64);

/// Where everything stands: the middles of the boxes; the bends of the arrows and the middles of their words.
struct Placed {
    boxes: Vec<Point>,
    arrows: Vec<(Vec<Point>, Option<Point>)>,
}

/// Places each piece of the graph that hangs together for itself, side by side where there is room, else below.
fn placed(graph: &Graph, blocks: &[Block], arrows: &[(usize, usize, Block)]) -> Placed {
    let nowhere =
        Placed { boxes: vec![(0.0, 0.0); blocks.len()], arrows: vec![Default::default(); arrows.len()] };
    let mut placed = nowhere;
    let (mut left, mut top, mut bottom): (f64, f64, f64) = (0.0, 0.0, 0.0);
    for piece in pieces(blocks.len(), arrows) {
        let layout = laid_out(graph.kind, &piece, blocks, arrows);
        let own = |number: &usize| layout.node(&name(*number)).and_then(|label| Some((label.x?, label.y?)));
        let ends = |(_, (from, to, _)): &(usize, &(usize, usize, Block))| (name(*from), name(*to));
        let edge = |arrow: &(usize, &(usize, usize, Block))| {
            let (from, to) = ends(arrow);
            layout.edge(&from, &to, Some(&name(arrow.0)))
        };
        let right_of_box = |number: &usize| own(number).map(|(x, _)| x + blocks[*number].width / 2.0);
        let bends =
            arrows.iter().enumerate().filter_map(|arrow| edge(&arrow)).flat_map(|label| &label.points);
        let width =
            piece.iter().filter_map(right_of_box).chain(bends.map(|point| point.x)).fold(0.0, f64::max);
        if left > 0.0 && left + width > ROW {
            (left, top) = (0.0, bottom + GAP);
        }
        for number in &piece {
            let (x, y) = own(number).unwrap_or_default();
            placed.boxes[*number] = (x + left, y + top);
            bottom = bottom.max(y + top + blocks[*number].height / 2.0);
        }
        for arrow in arrows.iter().enumerate() {
            let Some(label) = edge(&arrow) else { continue };
            let points: Vec<(f64, f64)> =
                label.points.iter().map(|point| (point.x + left, point.y + top)).collect();
            bottom = points.iter().map(|point| point.1).fold(bottom, f64::max);
            placed.arrows[arrow.0] = (points, label.x.zip(label.y).map(|(x, y)| (x + left, y + top)));
        }
        left += width + GAP;
    }
    placed
}

/// The nodes that hang together, each piece in order, and the pieces by their first nodes.
fn pieces(nodes: usize, arrows: &[(usize, usize, Block)]) -> Vec<Vec<usize>> {
    let mut joined = UnionFind::new(nodes);
    for (from, to, _) in arrows {
        joined.union(*from, *to);
    }
    let mut pieces: Vec<(usize, Vec<usize>)> = Vec::new();
    for node in 0..nodes {
        let piece = joined.find(node);
        match pieces.iter_mut().find(|(other, _)| *other == piece) {
            Some((_, members)) => members.push(node),
            None => pieces.push((piece, vec![node])),
        }
    }
    pieces.into_iter().map(|(_, members)| members).collect()
}

fn name(number: usize) -> String {
    format!("n{number}")
}

fn laid_out(
    kind: GraphKind,
    piece: &[usize],
    blocks: &[Block],
    arrows: &[(usize, usize, Block)],
) -> Layout<NodeLabel, EdgeLabel> {
    let mut layout: Layout<NodeLabel, EdgeLabel> =
        Layout::with_options(GraphOptions { directed: true, multigraph: true, compound: true });
    for number in piece {
        let Block { width, height, .. } = blocks[*number];
        layout.set_node(name(*number), Some(NodeLabel { width, height, ..NodeLabel::default() }));
    }
    for (number, (from, to, words)) in arrows.iter().enumerate().filter(|(_, arrow)| piece.contains(&arrow.0))
    {
        let mut label = EdgeLabel { labelpos: LabelPos::Center, ..EdgeLabel::default() };
        if !words.lines.is_empty() {
            (label.width, label.height) = (words.width, words.height);
        }
        layout.set_edge(name(*from), name(*to), Some(label), Some(&name(number)));
    }
    let rankdir = if kind == GraphKind::Decision { RankDir::TB } else { RankDir::LR };
    let options =
        LayoutOptions { rankdir, nodesep: 24.0, edgesep: 14.0, ranksep: 44.0, ..LayoutOptions::default() };
    dagre::layout(&mut layout, Some(options));
    layout
}
