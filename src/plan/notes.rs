//! Notes printed with a plan: what protects (methods §8), and when the next hard session is due.

use super::due::NextHard;
use super::race::Aftermath;
use super::timeline::add_days;
use super::{Kind, Level, Plan, PlanInputs, PlanReason, Priority, Signal};
use crate::calendar::days_between;
use jiff::civil::Date;
use serde::{Serialize, Serializer};
use std::fmt;

/// Something a runner should read beside the plan.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum PlanNote {
    /// Below every plan.
    TakesForGranted,
    TooYoung,
    Young,
    NoHard,
    /// Without heart rates.
    ByEffort,
    /// While there is no habit.
    FirstDays,
    Ill,
    Pain,
    /// What is planned while ill or in pain.
    UntilWell,
    /// After a race or a very long run, planned or just behind.
    AfterRace,
    /// The first hard sessions of a short history.
    FirstHard,
    OutOfReach {
        longest_km: f64,
        race_km: f64,
    },
    LowMood,
    Heat,
    /// What the overtraining watch saw.
    Signals {
        level: Level,
        signals: Vec<Signal>,
    },
    /// After a run that makes sore late: the day on which it was run.
    LateSoreness {
        date: Date,
    },
    /// When the next hard session is due.
    NextHard(NextHard),
}

/// Days after a race on which its warnings are shown.
const AFTER_RACE_DAYS: i64 = 10;
/// A history shorter than this may not have seen a hard session.
const FIRST_HARD_DAYS: i64 = 90;
/// A race longer than this asks for long runs: the share of it that the longest should reach, in so many weeks.
const REACH_FROM_KM: f64 = 12.0;
const REACH_SHARE: f64 = 0.6;
const REACH_WEEKS: i64 = 10;
const GROWTH_A_WEEK: f64 = 1.1;
/// Low moods among the last check-ins.
const LOW_MOODS: usize = 3;
const MOODS: usize = 5;

/// Everything to be read beside a plan, the most pressing first.
pub(super) fn of(inputs: &PlanInputs, plan: &Plan) -> Vec<PlanNote> {
    let has = |is: &dyn Fn(&PlanReason) -> bool| plan.days.iter().flat_map(|day| &day.reasons).any(is);
    let mut notes = Vec::new();
    let mut add = |applies: bool, note: PlanNote| {
        if applies {
            notes.push(note);
        }
    };
    add(inputs.age_years.is_some_and(|age| age < super::PLAN_FROM_YEARS), PlanNote::TooYoung);
    add(inputs.is_young() && inputs.age_years >= Some(super::PLAN_FROM_YEARS), PlanNote::Young);
    add(has(&|r| matches!(r, PlanReason::Unwell { ill: true, .. } | PlanReason::WellAgain { .. })), PlanNote::Ill);
    add(has(&|r| matches!(r, PlanReason::Unwell { pain: true, .. })), PlanNote::Pain);
    add(has(&|r| matches!(r, PlanReason::Unwell { .. })), PlanNote::UntilWell);
    add(inputs.wishes.no_hard, PlanNote::NoHard);
    add(inputs.goes_by_effort, PlanNote::ByEffort);
    let raced = Aftermath::of_past(inputs).any(|a| days_between(a.date, inputs.start) <= AFTER_RACE_DAYS);
    add(raced || plan.days.iter().any(|day| day.kind == Kind::Race), PlanNote::AfterRace);
    let on_file = inputs.first_run.map_or(0, |first| days_between(first, inputs.start));
    let has_hard = plan.days.iter().any(|day| day.kind == Kind::Hard);
    add(has_hard && on_file < FIRST_HARD_DAYS, PlanNote::FirstHard);
    add(!plan.habits.is_known(), PlanNote::FirstDays);
    let moods: Vec<u8> = inputs.check_ins.iter().rev().filter_map(|c| c.mood).take(MOODS).collect();
    add(moods.iter().filter(|mood| **mood <= 2).count() >= LOW_MOODS, PlanNote::LowMood);
    add(inputs.check_ins.iter().any(|c| c.hot && c.date == inputs.start), PlanNote::Heat);
    if inputs.level > Level::Green && !inputs.signals.is_empty() {
        notes.push(PlanNote::Signals { level: inputs.level, signals: inputs.signals.clone() });
    }
    let unusual = |ago: &i64| inputs.past.iter().rev().nth(*ago as usize - 1).is_some_and(|day| day.late_soreness);
    notes.extend((1..=2).find(unusual).map(|ago| PlanNote::LateSoreness { date: add_days(inputs.start, -ago) }));
    notes.extend(out_of_reach(inputs));
    notes.extend(NextHard::of(inputs, &plan.days, plan.habits.is_known()).map(PlanNote::NextHard));
    notes.push(PlanNote::TakesForGranted);
    notes
}

/// A long race that no plan makes reachable in the weeks left.
fn out_of_reach(inputs: &PlanInputs) -> Option<PlanNote> {
    let recent = inputs.past.iter().rev().take(7 * REACH_WEEKS as usize);
    let longest_km = recent.map(|day| day.longest_km.max(day.race_km.unwrap_or(0.0))).fold(0.0, f64::max);
    let is_far = |race: &&super::Race| {
        let weeks = days_between(inputs.start, race.date) as f64 / 7.0 - 2.0;
        let reachable = longest_km.max(3.0) * GROWTH_A_WEEK.powf(weeks.max(0.0));
        race.date >= inputs.start && race.distance_km > REACH_FROM_KM && reachable < REACH_SHARE * race.distance_km
    };
    let race = inputs.races.iter().filter(|race| race.priority != Priority::C).find(is_far)?;
    Some(PlanNote::OutOfReach { longest_km, race_km: race.distance_km })
}

impl fmt::Display for PlanNote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            PlanNote::OutOfReach { longest_km, race_km } => {
                return write!(
                    f,
                    "Your longest run in ten weeks is {longest_km:.0} km; the race is {race_km:.0} km. No plan closes that \
                     gap safely in the weeks left: walk parts of it, choose the shorter distance, or move the goal."
                );
            }
            PlanNote::Signals { level, signals } => return write_signals(f, *level, signals),
            PlanNote::NextHard(next) => return next.fmt(f),
            PlanNote::LateSoreness { date } => {
                return write!(
                    f,
                    "{}'s run was unusual for your legs: soreness may peak one or two days later. Calves and thighs first in \
                     your mobility routine; on the second day say how sore you are with `freshlegs checkin --soreness`.",
                    date.strftime("%A")
                );
            }
            other => other.text(),
        };
        f.write_str(text)
    }
}

impl PlanNote {
    fn text(&self) -> &'static str {
        match self {
            PlanNote::TakesForGranted => {
                "This plan knows only what your watch recorded. It takes for granted that you are well, free of pain and an \
                 adult. If not, say so with `freshlegs checkin --ill` or `--pain`, and ask someone who can examine you. \
                 Training guidance, not medical advice."
            }
            PlanNote::TooYoung => "Under 14 this program shows your runs and makes no plan.",
            PlanNote::Young => {
                "Under 18 this program plans no hard and no long days, and no more run days than now. Plan the rest with your \
                 coach and your parents."
            }
            PlanNote::NoHard => {
                "No hard and no long days: run only as your midwife or doctor agrees, and only as fast as you can talk. Stop \
                 and call them for bleeding, loss of fluid, regular painful contractions, chest pain, faintness, headache, \
                 calf pain or swelling, or breathlessness before exertion. After birth begin with walking and jogging when \
                 they agree, commonly not before twelve weeks; stop for pelvic pain, heaviness or leaking."
            }
            PlanNote::ByEffort => {
                "Without heart rates, as your profile says: go by effort, at most 3 of 10 on recovery runs, and by whole \
                 sentences. Where a pace stands beside it, effort comes first."
            }
            PlanNote::FirstDays => {
                "There is no usual week to go by yet, so this is a careful beginning and reaches no further than two weeks."
            }
            PlanNote::Ill => {
                "Illness: with fever, chest symptoms, aches all over or a stomach illness no exercise at all. Start again a \
                 full day after the last fever without medicine, with as many easy days as you were ill, at least three. \
                 Chest pain, palpitations, faintness or unusual breathlessness during or after an infection: see a doctor \
                 before you run. Do not race with fever or chest symptoms."
            }
            PlanNote::Pain => {
                "Soreness is dull, on both sides, and eases as you move. Pain that is sharp, in one spot, on one side, on a \
                 bone, worse as you run, felt at night, or makes you limp is not soreness: do not run on it, not even a \
                 recovery run, and do not mask it with painkillers. If it lasts seven days, or walking hurts, see a doctor \
                 or physiotherapist. Do not race with pain that changes your step."
            }
            PlanNote::UntilWell => {
                "The runs of this plan are there in case you are well by then; rest until you are. Once it is over, say so \
                 with `freshlegs checkin --well`, and the plan is made anew."
            }
            PlanNote::AfterRace => {
                "After a race or a big run: call your emergency number for chest pain or pressure, fainting, a racing or \
                 irregular heartbeat that does not settle, breathlessness at rest, confusion, severe headache or repeated \
                 vomiting in the hours after. See a doctor the same day for dark urine or hardly any, fever, or a swollen, \
                 painful calf. Drink to thirst, not more. No anti-inflammatory painkillers before, during or in the hours \
                 after unless a doctor says so. Soreness begins about 12 hours later and may last 5 to 10 days; soreness \
                 that is gone is not yet full strength: muscles can stay weaker for one to two weeks after a marathon."
            }
            PlanNote::FirstHard => {
                "Before your first hard session ask a doctor if you have a heart, kidney or metabolic disease, symptoms on \
                 exertion, a close relative who died suddenly before 50, or if you begin after years without exercise."
            }
            PlanNote::LowMood => {
                "Your mood was low on three of five check-ins. Too much running can weigh on the mind. If it lasts two weeks, \
                 or you cannot leave out a run even ill or hurt, talk to someone you trust or a professional. If you think \
                 of harming yourself, call your emergency or crisis line now."
            }
            PlanNote::Heat => {
                "Heat: slow down and stay in the shade. Dizziness, confusion, chills or hot dry skin: stop, cool down, get \
                 help."
            }
            _ => "",
        }
    }
}

/// The level, each signal, and who should see somebody about it.
fn write_signals(f: &mut fmt::Formatter<'_>, level: Level, signals: &[Signal]) -> fmt::Result {
    let what =
        if level == Level::Red { "Several signals of too much training" } else { "Some signals of too much training" };
    let said: Vec<String> = signals.iter().map(ToString::to_string).collect();
    write!(f, "{what}: {}. These are signals, not a diagnosis.", said.join("; "))?;
    if level == Level::Red {
        f.write_str(
            " Too much training shows in mood and sleep too. Missed periods for three months, a stress fracture, unwanted \
             weight loss, being always cold or tired, or fear of eating on rest days: run less and see a doctor.",
        )?;
    }
    Ok(())
}

impl Serialize for PlanNote {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
