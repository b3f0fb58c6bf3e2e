use std::process::ExitCode;

fn main() -> ExitCode {
    freshlegs::cli::main()
}
