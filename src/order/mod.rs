//! What depends on what: kinds on kinds, concepts on concepts, rules on their exceptions, decisions on decisions.
//!
//! In: the model. Out: the same model without loops, a `cycle` finding for each loop there was, and the order in
//! which rules can be judged: exceptions before what they except from. Never true here: a condition evaluated, a loop
//! left for a later room to run in.

mod loops;
mod untangle;

pub(crate) use untangle::untangle;
