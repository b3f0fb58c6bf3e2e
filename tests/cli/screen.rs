//! The summary on screens of several widths: snapshots, and what must hold of all.

use super::{CACHE, freshlegs, stdout};
use std::fs;
use std::path::Path;
use std::process::Command;

const WIDTHS: [usize; 4] = [60, 80, 100, 160];

fn on_screen(width: usize, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_freshlegs"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("TZ", "UTC")
        .env("XDG_CACHE_HOME", CACHE)
        .env("COLUMNS", width.to_string())
        .output()
        .expect("freshlegs runs");
    stdout(&output)
}

fn widest(text: &str) -> usize {
    text.lines().map(|line| line.chars().count()).max().unwrap_or(0)
}

/// With `FRESHLEGS_WRITE_SNAPSHOTS` set, this test writes the snapshots instead of comparing them.
#[test]
fn the_summary_fits_the_screen() {
    for width in WIDTHS {
        let text = on_screen(width, &["analyse", "samples", "-q", "--today", "2026-06-22"]);
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/cli/screens/{width}.txt"));
        if std::env::var_os("FRESHLEGS_WRITE_SNAPSHOTS").is_some() {
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(&path, &text).expect("written");
        }
        assert!(widest(&text) <= width, "{width}: {text}");
        assert!(text.lines().count() < 40, "{width}: {text}");
        assert!(text.trim_end().ends_with("Today: a recovery run of 30 min, at most 144 bpm."), "{text}");
        let expected = fs::read_to_string(&path).unwrap_or_default();
        assert!(text == expected, "{}:\n{text}", path.display());
    }
}

#[test]
fn with_v_everything_is_said_and_no_line_is_too_long() {
    for width in WIDTHS {
        let text = on_screen(width, &["analyse", "samples", "-v", "--today", "2026-06-22"]);
        assert!(widest(&text) <= width, "{width}: {text}");
        for expected in ["maximal heart rate", "The next 14 days", "Your last 10 runs", "Tomorrow:"] {
            assert!(text.contains(expected), "{width}: {expected} is missing:\n{text}");
        }
    }
}

#[test]
fn what_other_commands_say_fits_the_screen_too() {
    let tries = [
        (60, &["explain", "2026-04-15", "samples"][..]),
        (80, &["explain", "last", "samples"]),
        (60, &["athlete", "samples"]),
        (160, &["athlete", "samples"]),
        (60, &["replay", "samples"]),
        (60, &["plan", "samples", "--what-if", "rest"]),
        (60, &["runs", "samples", "-v"]),
    ];
    for (width, command) in tries {
        let text = on_screen(width, &[command, &["--today", "2026-06-22"]].concat());
        assert!(widest(&text) <= width && text.lines().count() > 3, "{width}, {command:?}: {text}");
    }
}

#[test]
fn as_much_is_shown_as_asked_for() {
    let text = on_screen(100, &["analyse", "samples", "-q", "--today", "2026-06-22", "--runs", "15", "--plan"]);
    assert!(text.contains("Your last 15 runs") && text.contains("The next 14 days"), "{text}");
}

#[test]
fn colour_is_for_terminals_and_for_who_wants_it() {
    let summary = |arguments: &[&str]| {
        stdout(&freshlegs(&[&["analyse", "samples", "-q", "--today", "2026-06-22"], arguments].concat()))
    };
    assert!(!summary(&[]).contains('\u{1b}'));
    assert!(summary(&["--color", "always"]).contains("\u{1b}[32mrecovery run"));
    assert!(!summary(&["--color", "never"]).contains('\u{1b}'));
}

#[test]
fn runs_are_chosen_by_day_kind_and_title() {
    let rows = |arguments: &[&str]| {
        let fixed = ["runs", "samples", "-q", "--today", "2026-06-22"];
        let text = stdout(&freshlegs(&[&fixed, arguments].concat()));
        text.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(rows(&[]).len(), 73);
    assert_eq!(rows(&["--last", "5"]).len(), 5);
    let may = rows(&["--since", "2026-05-01", "--until", "2026-05-31"]);
    assert!(!may.is_empty() && may.iter().all(|row| row.contains(" May ")), "{may:?}");
    let recovery = rows(&["--label", "recovery", "--label", "recovery_too_hard"]);
    assert!(recovery.len() > 5 && recovery.iter().all(|row| row.contains("recovery")), "{recovery:?}");
    let jogs = rows(&["--title", "RECOVERY jog", "--last", "1"]);
    assert!(jogs.len() == 1 && jogs[0].contains("Recovery jog"), "{jogs:?}");
    assert!(rows(&["--title", "no such title"]).is_empty());
    assert_eq!(freshlegs(&["runs", "samples", "--label", "gentle"]).status.code(), Some(2));
}

#[test]
fn shells_and_manuals_are_served() {
    for (shell, sign) in
        [("bash", "complete -F"), ("zsh", "#compdef"), ("fish", "complete -c"), ("powershell", "Register-")]
    {
        let script = stdout(&freshlegs(&["completions", shell]));
        assert!(script.contains(sign) && script.contains("recovery-rule"), "{shell}");
    }
    assert!(stdout(&freshlegs(&["man"])).contains(".TH freshlegs 1"));
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("man1");
    assert!(freshlegs(&["man", &place.to_string_lossy()]).status.success());
    assert!(!place.join("freshlegs-help.1").exists(), "a page for each command, and for nothing else");
    for page in ["freshlegs.1", "freshlegs-analyse.1", "freshlegs-report.1"] {
        assert!(fs::read_to_string(place.join(page)).expect(page).contains(".SH"), "{page}");
    }
}
