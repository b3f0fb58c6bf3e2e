//! The page in a browser: what its script does, that it asks for nothing, and that it fits screens and paper.
//!
//! Needs Chromium; without it the tests say that they skip.

mod size;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The browser, where there is one.
fn chromium() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let mut found = std::env::split_paths(&path).flat_map(|folder| names.map(|name| folder.join(name)));
    let browser = found.find(|candidate| candidate.is_file());
    if browser.is_none() {
        println!("skipped: no Chromium on this machine");
    }
    browser
}

/// A report of the samples.
fn report() -> tempfile::TempDir {
    report_of("samples")
}

fn report_of(path: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let made = Command::new(env!("CARGO_BIN_EXE_freshlegs"))
        .args(["analyse", path, "--no-store", "-q", "--today", "2026-06-22", "-o"])
        .arg(folder.path().join("report"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("freshlegs");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    folder
}

fn browse(browser: &Path, home: &Path, flags: &[&str], page: &Path) -> Output {
    Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"])
        .args(["--disable-component-update", "--disable-sync", "--allow-file-access-from-files"])
        .args(["--enable-logging=stderr", "--virtual-time-budget=30000"])
        .arg(format!("--user-data-dir={}", home.join("browser").display()))
        .args(flags)
        .arg(format!("file://{}", page.display()))
        .output()
        .expect("the browser")
}

/// Lines that the page wrote to the browser's console: errors, and what its policy forbade.
fn console(output: &Output) -> Vec<String> {
    let log = String::from_utf8_lossy(&output.stderr).into_owned();
    log.lines().filter(|line| line.contains(":CONSOLE")).map(str::to_owned).collect()
}

#[test]
fn the_script_does_what_it_says() {
    let Some(browser) = chromium() else { return };
    let folder = report();
    let harness = folder.path().join("report/harness.html");
    fs::write(&harness, include_str!("harness.html")).expect("written");
    let output = browse(&browser, folder.path(), &["--dump-dom"], &harness);
    let dom = String::from_utf8_lossy(&output.stdout).into_owned();
    let told =
        dom.split_once("<pre id=\"told\">").and_then(|(_, rest)| rest.split_once("</pre>")).map(|(told, _)| told);
    let told = told.unwrap_or_else(|| panic!("nothing told: {}", String::from_utf8_lossy(&output.stderr)));
    assert_eq!(told, "92 checks");
    assert_eq!(console(&output), Vec::<String>::new());
}

#[test]
fn the_samples_print_on_five_pages_at_most() {
    let Some(browser) = chromium() else { return };
    let folder = report();
    let (page, paper) = (folder.path().join("report/index.html"), folder.path().join("report.pdf"));
    let print = format!("--print-to-pdf={}", paper.display());
    let output = browse(&browser, folder.path(), &["--no-pdf-header-footer", &print], &page);
    let pdf = fs::read(&paper).unwrap_or_else(|_| panic!("no PDF: {}", String::from_utf8_lossy(&output.stderr)));
    let text = String::from_utf8_lossy(&pdf);
    let pages = text.matches("/Type /Page\n").count();
    assert!((1..=5).contains(&pages), "{pages} pages");
}

#[test]
fn hostile_names_are_shown_as_text() {
    let Some(browser) = chromium() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let hostile = format!("</title><img src=x onerror=alert(1)> \u{202e}{}", "long ".repeat(60));
    let escaped = hostile.replace('<', "&lt;").replace('>', "&gt;");
    let points: String = (0..1200)
        .map(|s| {
            let lat = 47.0 + f64::from(s) * 2.7e-5;
            format!(
                "<trkpt lat=\"{lat:.6}\" lon=\"15\"><time>2026-06-20T06:{:02}:{:02}Z</time></trkpt>",
                s / 60,
                s % 60
            )
        })
        .collect();
    let gpx = format!(
        "<gpx version=\"1.1\" creator=\"t\" xmlns=\"http://www.topografix.com/GPX/1/1\"><trk><name>{escaped}</name>\
         <type>running</type><trkseg>{points}</trkseg></trk></gpx>"
    );
    fs::write(folder.path().join("run.gpx"), gpx).expect("written");
    let made = Command::new(env!("CARGO_BIN_EXE_freshlegs"))
        .args(["analyse", "run.gpx", "--no-store", "-q", "--today", "2026-06-22", "-o", "report"])
        .current_dir(folder.path())
        .output()
        .expect("freshlegs");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let page = folder.path().join("report/index.html");
    let output = browse(&browser, folder.path(), &["--dump-dom", "--window-size=360,800"], &page);
    let dom = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(dom.contains("&lt;img src=x onerror=alert(1)&gt;"), "shown as text");
    assert!(!dom.contains("<img"));
    assert_eq!(console(&output), Vec::<String>::new());
}

/// What slips into the page neither runs nor loads.
#[test]
fn the_policy_lets_nothing_in_that_is_not_the_pages_own() {
    let Some(browser) = chromium() else { return };
    let folder = report();
    let page = fs::read_to_string(folder.path().join("report/index.html")).expect("the page");
    let strange = "<script>document.title = 'broken in'</script><style>body { color: red }</style>\
                   <img alt=\"\" src=\"http://127.0.0.1:9/x.png\" onerror=\"document.title = 'broken in'\"></body>";
    let copy = folder.path().join("strange.html");
    fs::write(&copy, page.replacen("</body>", strange, 1)).expect("written");
    let output = browse(&browser, folder.path(), &["--dump-dom"], &copy);
    assert!(!String::from_utf8_lossy(&output.stdout).contains("<title>broken in"));
    let refused = console(&output);
    for what in ["script-src", "style-src", "img-src"] {
        assert!(refused.iter().any(|line| line.contains(what)), "{what}: {refused:?}");
    }
}

/// axe-core, where `just axe` has fetched it.
fn axe() -> Option<String> {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../axe/node_modules/axe-core/axe.min.js");
    let source = fs::read_to_string(path).ok();
    if source.is_none() {
        println!("skipped: no axe-core (`just axe` fetches it)");
    }
    source
}

/// What axe says of a page in one light and at one width, everything unfolded.
fn axe_on(browser: &Path, axe: &str, page: &Path, theme: &str, width: u32) -> Option<String> {
    let source = fs::read_to_string(page).expect("the page");
    // The page's policy allows no other script: axe tries a copy without it.
    let policy = source.find("<meta http-equiv").expect("a policy");
    let end = policy + source[policy..].find('>').expect("its end") + 1;
    let run = "for (let round = 0; round < 2; round++) for (const d of document.querySelectorAll('details')) { const s = d.querySelector('summary'); if (!d.open) s.click(); } \
               axe.run(document, { resultTypes: ['violations'] }).then((found) => { \
               const told = document.createElement('pre'); told.id = 'told'; \
               told.textContent = found.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.target.join(' ')).slice(0, 4).join(', ')).join('\\n') || 'none'; \
               document.body.append(told); });";
    let copy = source.replacen(&source[policy..end], "", 1);
    let copy = copy.replacen("<html ", &format!("<html data-theme=\"{theme}\" "), 1);
    let copy = copy.replacen("</body>", &format!("<script>{axe}</script><script>{run}</script></body>"), 1);
    let place = page.with_file_name("axe.html");
    fs::write(&place, copy).expect("written");
    let home = page.parent().expect("a folder");
    let output = browse(browser, home, &["--dump-dom", &format!("--window-size={width},900")], &place);
    let dom = String::from_utf8_lossy(&output.stdout).into_owned();
    let told = dom.split_once("<pre id=\"told\">").and_then(|(_, rest)| rest.split_once("</pre>"));
    told.map(|(told, _)| told.to_owned())
}

#[test]
fn axe_finds_no_fault_in_the_light_or_in_the_dark() {
    let (Some(browser), Some(axe)) = (chromium(), axe()) else { return };
    let (season, newcomer) = (report_of("samples"), report_of("samples/2026-06-21-0830.fit.gz"));
    let tries = [
        (&season, "light", 1200),
        (&season, "dark", 1200),
        (&season, "light", 360),
        (&newcomer, "light", 360),
        (&newcomer, "dark", 1920),
    ];
    for (folder, theme, width) in tries {
        let page = folder.path().join("report/index.html");
        assert_eq!(axe_on(&browser, &axe, &page, theme, width).as_deref(), Some("none"), "{theme}, {width} px");
    }
}
