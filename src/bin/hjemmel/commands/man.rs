//! `hjemmel man`: the manual page, made from the flags and their help.

use crate::args::{Args, ManArgs};
use crate::exit::{self, Failure};
use crate::nearest::nearest;
use anstream::ColorChoice;
use clap::CommandFactory;
use clap_mangen::Man;
use hjemmel::Text;

pub(crate) fn run(args: &ManArgs) -> Result<u8, Failure> {
    let mut program = Args::command();
    program.build();
    let command = match &args.command {
        None => program,
        Some(name) => match program.find_subcommand(name) {
            Some(command) => command.clone(),
            None => return Err(Failure::from(unknown(name, &program))),
        },
    };
    let mut page = Vec::new();
    Man::new(command).render(&mut page).map_err(|error| Text {
        en: format!("the manual page cannot be made: {error}"),
        da: format!("manualsiden kan ikke dannes: {error}"),
    })?;
    super::print(&String::from_utf8_lossy(&page), ColorChoice::Never)?;
    Ok(exit::CLEAN)
}

fn unknown(name: &str, program: &clap::Command) -> Text {
    let names = program.get_subcommands().map(clap::Command::get_name);
    match nearest(name, names) {
        Some(near) => Text {
            en: format!("there is no command `{name}`, did you mean `{near}`?"),
            da: format!("der er ingen kommando `{name}`, mente du `{near}`?"),
        },
        None => Text {
            en: format!("there is no command `{name}`; `hjemmel help` lists them"),
            da: format!("der er ingen kommando `{name}`; `hjemmel help` viser dem alle"),
        },
    }
}
