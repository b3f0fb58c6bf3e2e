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

# The pictures of README and guide, from the made-up season; the page needs Chromium.
pictures:
    cargo run --release -- analyse samples --no-store -q --today 2026-06-22 -o target/pictures > target/pictures.txt
    cp target/pictures/charts/strip.png docs/strip.png
    cargo run --release -- explain 2026-04-15 samples -q --today 2026-06-22 -o docs/explained.png > target/pictures.txt
    chromium --headless --no-sandbox --hide-scrollbars --user-data-dir=target/chromium --window-size=1080,1290 \
        --screenshot=docs/report.png file://{{justfile_directory()}}/target/pictures/index.html

# A release archive with a checksum, in target/dist.
dist:
    .ci/dist

# Lets the tests try the page with axe-core too; they do where it lies here.
axe:
    npm install --no-save --prefix target/axe axe-core@4.10.3
    cargo test page::axe
