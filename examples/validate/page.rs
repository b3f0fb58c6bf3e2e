//! `docs/validation.md` as text.

use super::make_runners::Purpose;
use super::tally::{Of, QUESTIONS, Sure, is_acceptable, quantile};
use super::trial::{BEGINNINGS, Judged, Trial};
use freshlegs::athlete::Estimate;
use freshlegs::label::Label;
use std::fmt::Write;

const HEAD: &str = "# How the verdicts were tried

Made by `cargo run --example validate`; do not edit by hand. A test compares this page with what the program says today.

## On whom

Nobody's training is in this repository. The runners below are made up by `examples/make-runners`, which shares no code with the
rules: a body (maximal, resting and threshold heart rate, how fast the heart answers, how it creeps up, what heat does), a
diary of some months with the purpose of each run, and a watch with its errors. Heart rate at the same effort differs from
day to day by 3 bpm (one standard deviation), pace wanders, the ground rises and falls, satellites drift, red lights stop
some runs. The program is told nothing but the files: no profile, no titles. Years of age are in the watch's settings where
the table says so.

";

const QUESTIONS_TEXT: &str = "`said` means: each run has a title that says what it was for (\"Recovery run\", \"Intervals 6 x 1000 m\"). A recovery run counts as found
if it is called recovery or, on the day before a race, shakeout. *Accused* means called *recovery, too hard*.

";

const UNKNOWN: &str = "## What is not known

* These runners are simpler than people. Their hearts answer to effort by a straight line, their sensors do not fail for weeks,
  and their diaries are kept. Numbers on real runners will be worse.
* Who is easy to tell apart here was made so: recovery runs are slower than easy ones by at least 7 %. Many real runners run
  both alike, and then no rule can tell which was meant.
* Labels were never compared with laboratory tests. Thresholds come from field efforts, and intervals say how far they may be off.
* Beta-blockers, pregnancy, irregular heartbeats, illness, altitude: not tried.
* Whether anybody runs better, or is hurt less often, by following the plan: not known.
";

/// The whole page.
pub fn page(trials: &[Trial]) -> String {
    let mut text = HEAD.to_owned();
    people(&mut text, trials);
    answers(&mut text, trials);
    matrix(&mut text, "## What runs were for, and what they were called, nothing said", trials, |t| &t.unsaid);
    matrix(&mut text, "## The same with titles", trials, |t| &t.said);
    confidence(&mut text, trials);
    beginnings(&mut text, trials);
    thresholds(&mut text, trials);
    loads(&mut text, trials);
    text + UNKNOWN
}

fn row(text: &mut String, cells: impl IntoIterator<Item = String>) {
    let cells: Vec<String> = cells.into_iter().collect();
    let _ = writeln!(text, "| {} |", cells.join(" | "));
}

fn header(text: &mut String, cells: &[&str]) {
    row(text, cells.iter().map(ToString::to_string));
    row(text, cells.iter().map(|_| "---".to_owned()));
}

fn people(text: &mut String, trials: &[Trial]) {
    header(text, &["runner", "who", "runs", "maximum, threshold, rest", "age known"]);
    for trial in trials {
        let (person, body) = (trial.person, &trial.person.body);
        row(
            text,
            [
                person.name.to_owned(),
                person.about.to_owned(),
                trial.unsaid.len().to_string(),
                format!("{:.0}, {:.0}, {}", body.highest_bpm, body.threshold_bpm, body.resting_bpm),
                person.age.map_or("no".to_owned(), |age| age.to_string()),
            ],
        );
    }
    text.push('\n');
}

fn all(trials: &[Trial], runs: fn(&Trial) -> &Vec<Judged>) -> impl Iterator<Item = &Judged> {
    trials.iter().flat_map(move |trial| runs(trial).iter())
}

fn answers(text: &mut String, trials: &[Trial]) {
    text.push_str("## What came out\n\n");
    text.push_str(QUESTIONS_TEXT);
    header(text, &["of all runs", "nothing said", "said"]);
    for question in QUESTIONS {
        let of = |runs| {
            let of: Of = question.ask(all(trials, runs));
            of.share().map_or("–".to_owned(), |share| format!("{of} ({:.0} %)", 100.0 * share))
        };
        row(text, [question.words.to_owned(), of(|t| &t.unsaid), of(|t| &t.said)]);
    }
    text.push_str("\nRunner by runner, nothing said:\n\n");
    let words: Vec<&str> = std::iter::once("runner").chain(QUESTIONS.iter().map(|question| question.words)).collect();
    header(text, &words);
    for trial in trials {
        let counts = QUESTIONS.iter().map(|question| question.ask(trial.unsaid.iter()).to_string());
        row(text, std::iter::once(trial.person.name.to_owned()).chain(counts));
    }
    text.push('\n');
}

const PURPOSES: [(Purpose, bool, &str); 10] = [
    (Purpose::Recovery, true, "recovery"),
    (Purpose::Recovery, false, "recovery, run too hard"),
    (Purpose::Shakeout, true, "shakeout"),
    (Purpose::WalkJog, true, "walk-jog"),
    (Purpose::Easy, true, "easy"),
    (Purpose::Steady, true, "steady"),
    (Purpose::Long, true, "long"),
    (Purpose::Tempo, true, "tempo"),
    (Purpose::Intervals, true, "intervals"),
    (Purpose::Race, true, "race"),
];

/// How often runs of each purpose got each label.
fn matrix(text: &mut String, title: &str, trials: &[Trial], runs: fn(&Trial) -> &Vec<Judged>) {
    let labels: Vec<Label> =
        Label::ALL.into_iter().filter(|label| all(trials, runs).any(|run| run.label == *label)).collect();
    let _ = writeln!(text, "{title}\n\nRows: what the run was for. Columns: what it was called.\n");
    let words: Vec<String> = labels.iter().map(ToString::to_string).collect();
    header(text, &std::iter::once("").chain(words.iter().map(String::as_str)).collect::<Vec<_>>());
    for (purpose, is_as_meant, word) in PURPOSES {
        let of = |run: &&Judged| run.truth.purpose == purpose && run.truth.is_as_meant == is_as_meant;
        let counts =
            labels.iter().map(|label| match all(trials, runs).filter(of).filter(|r| r.label == *label).count() {
                0 => "·".to_owned(),
                count => count.to_string(),
            });
        row(text, std::iter::once(word.to_owned()).chain(counts));
    }
    text.push('\n');
}

fn confidence(text: &mut String, trials: &[Trial]) {
    text.push_str(
        "## Is it sure when it should be?\n\nA label is *right enough* if a runner would let it pass: easy for recovery, say, or \
         tempo for a race, but not tempo for easy.\n\n",
    );
    header(text, &["confidence", "right enough, nothing said", "right enough, said"]);
    for sure in Sure::ALL {
        let of = |runs| Of::runs(all(trials, runs), |run| Sure::of(run) == sure, is_acceptable).to_string();
        row(text, [sure.word().to_owned(), of(|t| &t.unsaid), of(|t| &t.said)]);
    }
    text.push('\n');
}

/// What is said of runners of whom little is on file.
fn beginnings(text: &mut String, trials: &[Trial]) {
    text.push_str("## The first runs\n\nEvery runner's first runs alone, nothing said.\n\n");
    header(
        text,
        &["runs on file", "verdicts", "high confidence", "rough words only", "not right enough", "others called race"],
    );
    for (i, count) in BEGINNINGS.into_iter().enumerate() {
        let runs = || trials.iter().flat_map(|trial| trial.beginnings[i].iter());
        let counted = |is: &dyn Fn(&Judged) -> bool| runs().filter(|run| is(run)).count().to_string();
        row(
            text,
            [
                count.to_string(),
                runs().count().to_string(),
                counted(&|run| Sure::of(run) == Sure::High),
                counted(&|run| run.is_rough),
                counted(&|run| !is_acceptable(run)),
                counted(&|run| run.label == Label::Race && run.truth.purpose != Purpose::Race),
            ],
        );
    }
    text.push('\n');
}

fn thresholds(text: &mut String, trials: &[Trial]) {
    text.push_str("## Thresholds at the end, nothing said\n\nTrue → estimated ± half-width (one standard deviation), bpm and m/s.\n\n");
    header(text, &["runner", "maximum", "threshold", "rest", "threshold speed"]);
    for trial in trials {
        let (body, estimates) = (&trial.person.body, &trial.estimates);
        let bpm = |truth: f64, of: &Estimate| format!("{truth:.0} → {:.0} ± {:.0}", of.value, of.half_width);
        let speed = estimates.speed.as_ref().map_or("–".to_owned(), |speed| {
            format!("{:.2} → {:.2} ± {:.2}", trial.true_threshold_mps, speed.value, speed.half_width)
        });
        let heart_rates = [
            bpm(body.highest_bpm, &estimates.highest),
            bpm(body.threshold_bpm, &estimates.threshold),
            bpm(f64::from(body.resting_bpm), &estimates.resting),
        ];
        let heart_rates = heart_rates.map(|text| if trial.person.has_heart_rate { text } else { "–".to_owned() });
        row(text, std::iter::once(trial.person.name.to_owned()).chain(heart_rates).chain([speed]));
    }
    text.push('\n');
}

fn loads(text: &mut String, trials: &[Trial]) {
    text.push_str(
        "## Load\n\nLoad over the true one (Banister's impulse second by second with the true constants, 100 = an hour at the true \
         threshold), nothing said: what errors of the thresholds do to it.\n\n",
    );
    header(text, &["runner", "median", "from", "to (nine of ten runs)"]);
    for trial in trials {
        let ratios: Vec<f64> = trial.unsaid.iter().map(|run| run.load / run.truth.load.max(1.0)).collect();
        let at = |share| quantile(&ratios, share).map_or("–".to_owned(), |ratio| format!("{ratio:.2}"));
        row(text, [trial.person.name.to_owned(), at(0.5), at(0.05), at(0.95)]);
    }
    text.push('\n');
}
