# Short names for what one types often.

# Everything that must hold before a change lands.
ci:
    .ci/run

# The report of the made-up season.
report:
    cargo run --release -- analyse samples -o report

# Makes samples/ anew.
samples:
    cargo run --example make-samples

# Benchmarks; say which, such as `just bench read`.
bench name="":
    cargo bench --bench stages -- {{name}}

# The documentation, with every link checked.
doc:
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --lib

# Licences and advisories of all dependencies.
deny:
    cargo deny check
