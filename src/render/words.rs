//! Numbers in a runner's words, the same on the terminal and on the page.

use crate::activity::WatchVerdicts;
use crate::explain::{Above, Remedy, RiseCause};
use crate::label::Labelled;
use crate::physiology::training::{Fitness, FormZone, IntensityShares};
use crate::pipeline::Analysis;
use crate::plan::Kind;
use crate::season::{RecoveryBalance, SecondOpinion, Then, YesNo};
use crate::units::{Bpm, Seconds, Spoken};
use jiff::civil::Date;
use std::fmt::{self, Write};

/// `Mon 22 Jun`.
pub fn short_date(date: Date) -> String {
    date.strftime("%a %-d %b").to_string()
}

/// `Monday, 22 June 2026`.
pub fn long_date(date: Date) -> String {
    date.strftime("%A, %-d %B %Y").to_string()
}

/// `22 June 2026`.
pub fn date(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// `from 2 March to 21 June 2026`; a year that both have is said once.
pub fn span(first: Date, last: Date) -> String {
    let begin = if first.year() == last.year() { first.strftime("%-d %B").to_string() } else { date(first) };
    if first == last { format!("on {}", date(last)) } else { format!("from {begin} to {}", date(last)) }
}

/// The text with a large first letter.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The limits of easy running for whom heart rates say nothing.
pub const WITHOUT_HEART_RATE: &str =
    "Go by effort, at most 3 of 10 on recovery runs, and by whole sentences: they come easily on every easy run.";

/// A kind of day in a word, for a cell of a grid.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Rest => "rest",
        Kind::CrossTrain => "cross",
        Kind::WalkJog => "walk-jog",
        Kind::Shakeout => "shakeout",
        Kind::Recovery => "recovery",
        Kind::Easy => "easy",
        Kind::Long => "long",
        Kind::Hard => "hard",
        Kind::Race => "race",
    }
}

/// The same in five letters at most.
pub fn short_kind(of: Kind) -> &'static str {
    match of {
        Kind::WalkJog => "w-jog",
        Kind::Shakeout => "shake",
        Kind::Recovery => "recov",
        of => kind(of),
    }
}

/// What a form zone means.
pub fn form(zone: FormZone) -> &'static str {
    match zone {
        FormZone::Overload => "overloaded: fatigue has run far ahead of fitness, recover first",
        FormZone::Productive => "tired from useful training",
        FormZone::Neutral => "balanced: neither tired nor especially fresh",
        FormZone::Fresh => "fresh",
        FormZone::Transition => "very rested; fitness is slowly going",
    }
}

/// Fitness, fatigue and form of this morning; `None` before the first day.
pub struct Now {
    pub fitness: f64,
    pub fatigue: f64,
    pub form: f64,
    /// Percent of fitness.
    pub form_relative: f64,
    /// Fitness gained in the last seven days.
    pub ramp: Option<f64>,
    pub zone: FormZone,
    /// Enough days are on file, and enough load, for fitness to mean something.
    pub is_settled: bool,
}

/// How the runner stands at the start of the plan: after the last day that is over.
pub fn now(analysis: &Analysis) -> Option<Now> {
    let start = analysis.plan.days.first()?.date;
    let days = analysis.season.days();
    let evening = days.iter().rfind(|day| day.date < start)?;
    let fitness = Fitness { ctl: evening.fitness, atl: evening.fatigue };
    Some(Now {
        fitness: fitness.ctl,
        fatigue: fitness.atl,
        form: fitness.form(),
        form_relative: fitness.relative_form(),
        ramp: evening.ramp,
        zone: FormZone::of(fitness.relative_form()),
        is_settled: evening.is_settled(),
    })
}

/// Whether fitness goes up.
pub struct FitnessTrend {
    /// `→ steady`: with its direction in one word; `None` where it cannot be told yet.
    pub answer: Option<&'static str>,
    /// Against four weeks ago, and twelve.
    pub sentence: String,
}

/// `→ steady: load of 34 a day over six weeks, level with four weeks ago.`
impl fmt::Display for FitnessTrend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.answer {
            Some(answer) => write!(f, "{answer}: {}", self.sentence),
            None => f.write_str(&self.sentence),
        }
    }
}

/// `None` where nothing is on file.
pub fn fitness_trend(analysis: &Analysis) -> Option<FitnessTrend> {
    const SAME: f64 = 0.03;
    // About an hour of easy running a week; below that one run is a third of it.
    const LEAST: f64 = 5.0;
    let untold = |sentence: String| Some(FitnessTrend { answer: None, sentence });
    let now = now(analysis)?;
    let days = analysis.season.days();
    let i = days.iter().rposition(|day| day.date < analysis.plan.days[0].date)?;
    let told = |i: usize| !days[i].warming_up && days[i].fitness >= LEAST;
    let weeks_ago = |weeks: usize| i.checked_sub(7 * weeks).filter(|i| told(*i)).map(|i| days[i].fitness);
    if days[i].warming_up {
        return untold("Too early to say: it takes six weeks of runs until fitness means something.".to_owned());
    }
    if !told(i) {
        return untold(capitalised(&format!("{}, too little to say more.", points(now.fitness))));
    }
    let Some(before) = weeks_ago(4) else {
        return untold(capitalised(&format!("{}; in four weeks it can be compared.", points(now.fitness))));
    };
    let change = |before: f64| now.fitness / before - 1.0;
    let answer = match change(before) {
        c if c.abs() < SAME => "→ steady",
        c if c > 0.0 => "↗ going up",
        _ => "↘ going down",
    };
    let against = |weeks: &str, before: f64| match change(before) {
        c if c.abs() < SAME => format!("level with {weeks} weeks ago"),
        c if c > 0.0 => format!("{:.0} % above {weeks} weeks ago ({before:.0})", 100.0 * c),
        c => format!("{:.0} % below {weeks} weeks ago ({before:.0})", -100.0 * c),
    };
    let mut sentence = format!("{}, {}", points(now.fitness), against("four", before));
    if let Some(before) = weeks_ago(12) {
        let _ = write!(sentence, " and {}", against("twelve", before));
    }
    Some(FitnessTrend { answer: Some(answer), sentence: sentence + "." })
}

/// `load of 34 a day over six weeks`.
fn points(fitness: f64) -> String {
    format!("load of {fitness:.0} a day over six weeks")
}

/// The recovery balance in sentences.
pub fn balance(balance: &RecoveryBalance) -> Vec<String> {
    let every = balance.hard_every_h;
    let every = every.map(|hours| match hours {
        h if h < 60.0 => format!("Your hard sessions are usually {h:.0} h apart (median)."),
        h => format!("Your hard sessions are usually {:.1} days apart (median).", h / 24.0),
    });
    let mut lines = balance_in_short(balance);
    let rest = format!("{} of {} days without a run.", balance.days_without_run, balance.days);
    lines.splice(1..1, every.into_iter().chain([rest]));
    lines
}

/// The weightiest of these sentences.
pub fn balance_in_short(balance: &RecoveryBalance) -> Vec<String> {
    let mut lines = vec![after_hard(balance)];
    let too_hard = match balance.recovery_runs_too_hard {
        0 => String::new(),
        1 => "; 1 more was meant as one and run too hard".to_owned(),
        n => format!("; {n} more were meant as such and run too hard"),
    };
    let recovery = match balance.recovery_runs {
        0 if balance.is_rough => "Which runs were recovery runs cannot be told before your limits are known".to_owned(),
        0 => "No true recovery run".to_owned(),
        n => counted(n, "true recovery run"),
    };
    lines.push(format!("{recovery}{too_hard}."));
    lines.extend(balance.intensity.map(intensity));
    lines
}

/// What followed the hard sessions.
fn after_hard(balance: &RecoveryBalance) -> String {
    let open = balance.hard.len() - balance.closed().count();
    let open = if open > 0 { format!(" ({open} too recent to tell)") } else { String::new() };
    let closed = balance.closed().count();
    let of = |then: Then, one: &str, many: &str| {
        let count = balance.closed().filter(|hard| hard.then == then).count();
        (count > 0).then(|| format!("{count} by {}", if count == 1 { one } else { many }))
    };
    let followed: Vec<String> = [
        of(Then::Rest, "rest", "rest"),
        of(Then::Recovery, "a recovery run", "recovery runs"),
        of(Then::Easy, "easy running", "easy running"),
        of(Then::Spoiled, "a recovery run that was too hard", "recovery runs that were too hard"),
        of(Then::Steady, "steady running", "steady running"),
        of(Then::Hard, "the next hard session", "the next hard session"),
    ]
    .into_iter()
    .flatten()
    .collect();
    match (balance.hard.len(), closed) {
        (0, _) => "No hard session.".to_owned(),
        (n, 0) => format!("{}{open}.", counted(n, "hard session")),
        (n, closed) => format!(
            "{}{open}; {} of {closed} followed by a gentle day and a half: {}.",
            counted(n, "hard session"),
            balance.gentle(),
            followed.join(", ")
        ),
    }
}

/// `Your time: 82 % easy, 12 % between your thresholds, 6 % above: pyramidal (polarisation index 1.6).`
fn intensity(shares: IntensityShares) -> String {
    let percent = |share: f64| format!("{:.0} %", 100.0 * share);
    let index = shares.polarization_index().filter(|index| *index > 0.0);
    let index = index.map(|index| format!(" (polarisation index {index:.1})")).unwrap_or_default();
    format!(
        "Your time: {} easy, {} between your thresholds, {} above: {}{index}.",
        percent(shares.low),
        percent(shares.middle),
        percent(shares.high),
        shares.class()
    )
}

/// How far the watch agrees, in sentences.
pub fn second_opinion(opinion: &SecondOpinion) -> Vec<String> {
    let agreed = |what: &str, of: YesNo| {
        let kappa = of.kappa().map(|kappa| format!(" (Cohen's κ {kappa:.2})")).unwrap_or_default();
        let (same, all) = (of.both + of.neither, of.all());
        (all > 0).then(|| {
            format!(
                "On which runs were {what} your watch agrees in {same} of {all}{kappa}: both {}, only this program {}, only the watch {}.",
                of.both, of.we_alone, of.watch_alone
            )
        })
    };
    let loads = opinion.loads.map(|(rho, runs)| {
        format!(
            "Its loads and the ones here put {} in order with a rank correlation of {rho:.2} (1: the same order).",
            counted(runs, "run")
        )
    });
    [agreed("recovery runs", opinion.recovery), agreed("hard", opinion.hard), loads].into_iter().flatten().collect()
}

/// What was said beforehand of a session, and whether it came so: `a recovery run, by its title: it was not`.
pub fn stated(session: &Labelled) -> String {
    let intent = &session.features.intent;
    let spoken =
        intent.purposes().into_iter().filter_map(|purpose| Some(format!("{purpose}, by {}", intent.says(purpose)?)));
    let said: Vec<String> = spoken.collect();
    match (said.is_empty(), session.verdict.as_stated) {
        (true, _) => "nothing".to_owned(),
        (false, Some((_, true))) => format!("{}: it was", said.join("; ")),
        (false, Some((_, false))) => format!("{}: it was not", said.join("; ")),
        (false, None) => said.join("; "),
    }
}

/// What the watch concluded, to compare with.
pub fn watch(watch: &WatchVerdicts) -> Vec<String> {
    let said = [
        watch.primary_benefit.map(|of| format!("benefit {}", benefit(of.word()))),
        watch.training_effect.map(|effect| format!("training effect {effect:.1}")),
        watch.exercise_load.map(|load| format!("load {load:.0}")),
        watch.recovery_time_h.map(|hours| format!("{hours:.0} h of recovery")),
    ];
    said.into_iter().flatten().collect()
}

/// What the watch says a run was good for, of its word in the tables: `VO2 max`, `aerobic base`.
pub fn benefit(word: &str) -> String {
    word.replace("vo2", "VO2").replace('_', " ")
}

/// What would have made it a recovery run: `with a heart rate 6 bpm lower, for you about 40 s/km slower and in 45 min at most`.
pub fn remedy(remedy: &Remedy) -> String {
    let mut parts: Vec<String> = Vec::new();
    match (remedy.lower_bpm, remedy.slower_s_per_km) {
        (Some(bpm), _) if remedy.with_walk_breaks => {
            parts.push(format!("with a heart rate {bpm:.0} bpm lower, for you with walk breaks"));
        }
        (Some(bpm), Some(s)) => {
            parts.push(format!("with a heart rate {bpm:.0} bpm lower, for you about {s:.0} s/km slower"));
        }
        (Some(bpm), None) => parts.push(format!("with a heart rate {bpm:.0} bpm lower")),
        (None, Some(s)) => parts.push(format!("about {s:.0} s/km slower")),
        (None, None) => {}
    }
    parts.extend(remedy.at_most_min.map(|minutes| format!("in {minutes:.0} min at most")));
    parts.extend(remedy.without_fast_s.map(|s| format!("without the {} of fast running", Seconds(s))));
    match parts.len() {
        0 => "on a day that calls for one".to_owned(),
        1 => parts.remove(0),
        _ => {
            let last = parts.pop().unwrap_or_default();
            format!("{} and {last}", parts.join(", "))
        }
    }
}

/// Where the heart rate was above the recovery ceiling; `None` for less than a minute.
pub fn above(above: &Above, ceiling_bpm: f64) -> Option<String> {
    const MENTIONED_S: f64 = 60.0;
    let place = match above.mostly() {
        Some((why, Some(km))) if why != RiseCause::Drift => format!(", mostly {why}, most of all at km {km}"),
        Some((why, _)) => format!(", mostly {why}"),
        None => String::new(),
    };
    let time = Spoken(Seconds(above.seconds));
    (above.seconds >= MENTIONED_S).then(|| format!("{time} above your recovery limit of {}{place}", Bpm(ceiling_bpm)))
}

/// `1 run`, `3 runs`, `2 days`, `2 activities`.
pub fn counted(count: usize, what: &str) -> String {
    let stem = what.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']));
    match (count, stem) {
        (1, _) => format!("1 {what}"),
        (n, Some(stem)) => format!("{n} {stem}ies"),
        (n, None) => format!("{n} {what}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_are_counted_in_good_english() {
        let said = [(1, "day"), (2, "day"), (2, "activity"), (0, "run")].map(|(count, what)| counted(count, what));
        assert_eq!(said, ["1 day", "2 days", "2 activities", "0 runs"]);
    }
}
