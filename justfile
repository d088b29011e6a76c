# Every task, in groups. `just` alone lists them.

set shell := ["bash", "-euo", "pipefail", "-c"]

_list:
    @just --list --unsorted

# all tests, or those whose name contains WHICH: `just test house`
[group('test')]
test *WHICH:
    cargo test {{ WHICH }}

# take today's output as the expected one, then read the difference: nobody edits a snapshot by hand
[group('test')]
accept *WHICH:
    INSTA_UPDATE=always INSTA_FORCE_PASS=1 HJEMMEL_ACCEPT=1 cargo test {{ WHICH }}
    cargo test {{ WHICH }}
    git status --short tests docs

# format, then every lint as an error
[group('lint')]
lint:
    cargo fmt
    cargo clippy --all-targets -- -D warnings

# the library as it is built for a browser: no file, no clock, no command line
[group('lint')]
pure:
    cargo check --lib --no-default-features

# docs/checks/ from the registry, and the pages of the library
[group('docs')]
docs:
    HJEMMEL_ACCEPT=1 cargo test house
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps

# the shipped policies; ends with 1, because the real texts contradict each other
[group('policies')]
check-policies *ARGS:
    cargo run --release -- check policies {{ ARGS }}

# policies and examples in the one style of the language
[group('policies')]
format-policies:
    cargo run -- fmt policies examples

# everything that must hold before a change lands
[group('ci')]
ci:
    .ci/run
