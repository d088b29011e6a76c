//! What an editor may know of `hjemmel.toml`: a JSON schema, made from the checks there are.

use super::{EDITION, Level, keys};
use crate::args::FailOn;
use clap::ValueEnum;
use hjemmel::{Card, Family};
use serde_json::{Map, Value, json};

const DATE: &str = r"\d{4}-\d{2}-\d{2}";

/// A part of a path: anything but `..`.
const PART: &str = r"([^\\/:.][^\\/:]*|\.[^\\/:.][^\\/:]*|\.\.[^\\/:]+|\.)";

/// The schema as a page.
pub(crate) fn schema() -> String {
    let fail_on: Vec<_> = FailOn::value_variants().iter().filter_map(FailOn::to_possible_value).collect();
    let fail_on: Vec<&str> = fail_on.iter().map(|value| value.get_name()).collect();
    let globs =
        |about: &str| json!({ "description": about, "type": "array", "items": { "$ref": "#/$defs/glob" } });
    let checks = hjemmel::checks();
    let same = |card: &Card| json!({ "$ref": format!("#/$defs/levels/properties/{}", card.name) });
    let english = |entry: &dyn Fn(&Card) -> Value| {
        checks.iter().map(|card| (card.name.to_owned(), entry(card))).collect::<Vec<_>>()
    };
    let danish = || checks.iter().map(|card| (card.danish.to_owned(), same(card)));
    let levels: Map<String, Value> = english(&level_of).into_iter().chain(danish()).collect();
    let same_levels: Map<String, Value> = english(&same).into_iter().chain(danish()).collect();
    let approval: Map<String, Value> =
        keys::APPROVAL.iter().map(|key| (key.name.to_owned(), json!({ "$ref": "#/$defs/roles" }))).collect();
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "hjemmel.toml",
        "description": "The settings of a workspace: all policies below the folder of this file. docs/config.md tells more.",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "edition": {
                "description": "The edition of the language the policies are written in. · Den udgave af sproget, reglerne er skrevet i.",
                "type": "integer",
                "const": EDITION
            },
            "language": {
                "description": "The language of what is told. · Sproget i det, der meldes.",
                "enum": ["da", "en"]
            },
            "window": {
                "description": "The days that are looked at, both included; else the years of the policies' own dates. · De dage, der ses på, begge medregnet.",
                "type": "string",
                "pattern": format!("^\\s*{DATE}\\s*\\.\\.\\s*{DATE}\\s*$")
            },
            "reference_date": {
                "description": "The day against which \"ended\" is judged, and the day of `decide` and `ask` where none is told. · Den dag, som \"udløbet\" bedømmes ud fra.",
                "type": "string",
                "pattern": format!("^{DATE}$")
            },
            "fail_on": {
                "description": "The least severity that makes `hjemmel check` end with 1. · Den mindste alvor, der får `hjemmel check` til at ende med 1.",
                "enum": fail_on
            },
            "paths": {
                "description": "Which of the files below this folder are the workspace. · Hvilke af filerne under denne mappe der er regelsamlingen.",
                "type": "object",
                "additionalProperties": false,
                "properties": {
                    "include": globs("Only these; all, where none is named. · Kun disse; alle, hvor ingen er nævnt."),
                    "exclude": globs("Not these. · Ikke disse.")
                }
            },
            "approval": {
                "description": "Who must approve which changes before `hjemmel diff --require-approval` lets them through. · Hvem der skal godkende hvilke ændringer, før `hjemmel diff --require-approval` lader dem igennem.",
                "type": "object",
                "additionalProperties": false,
                "properties": approval
            },
            "severity": {
                "description": "How grave what a check finds is. In a table named by a pattern of paths: only in those files; the narrowest pattern wins. · Hvor alvorligt det er, en kontrol finder.",
                "type": "object",
                "propertyNames": { "$ref": "#/$defs/glob" },
                "properties": same_levels,
                "additionalProperties": { "$ref": "#/$defs/levels" }
            }
        },
        "$defs": {
            "levels": {
                "type": "object",
                "additionalProperties": false,
                "properties": levels
            },
            "roles": {
                "description": "A role, or several who must all approve. · En rolle, eller flere, der alle skal godkende.",
                "anyOf": [
                    { "type": "string", "pattern": "\\S" },
                    { "type": "array", "items": { "type": "string", "pattern": "\\S" } }
                ]
            },
            "glob": {
                "description": "A path from this folder, with / between folders; * stands for anything in a name, ** for any folders. A folder means all that lies in it.",
                "type": "string",
                "pattern": format!("^(\\./)?{PART}(/{PART})*/*$")
            }
        }
    });
    format!("{schema:#}\n")
}

/// What a check can be set to.
fn level_of(card: &Card) -> Value {
    let least = least(card);
    let levels: Vec<&str> =
        Level::ALL.iter().filter(|(_, level)| *level >= least).map(|(name, _)| *name).collect();
    json!({ "description": format!("{} · {}", card.about.en, card.about.da), "enum": levels })
}

/// The lowest level a check can be set to.
pub(super) fn least(card: &Card) -> Level {
    match hjemmel::family(card.name) {
        Family::Reading => Level::Told(card.severity),
        Family::Law => Level::Told(hjemmel::Severity::Note),
        _ => Level::Off,
    }
}
