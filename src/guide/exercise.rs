//! The exercises, each with what it is for, how it is done, and how much of it.

use super::drawing::{self, Drawing};
use serde::Serialize;
use std::fmt;

/// One exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Exercise {
    /// Its name in files.
    pub id: &'static str,
    pub name: &'static str,
    /// What it is for, as the end of "for …".
    pub purpose: &'static str,
    /// How to do it, sentence by sentence.
    pub how: &'static [&'static str],
    pub dose: Dose,
    /// How it looks.
    #[serde(skip)]
    pub drawing: Drawing,
}

/// How much of an exercise, from the least to the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Dose {
    pub times: Option<Range>,
    /// Seconds that a position is held.
    pub hold_s: Option<Range>,
    /// Positions held in one repetition.
    pub positions: u32,
    /// Metres covered in one repetition.
    pub distance_m: Option<Range>,
    pub sides: Sides,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Range {
    pub least: u32,
    pub most: u32,
}

/// Whether an exercise has a left and a right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sides {
    /// It has none.
    None,
    /// The whole of it on one side, then on the other.
    Each,
    /// One side, then the other, by turns.
    Alternating,
}

const fn range(least: u32, most: u32) -> Option<Range> {
    Some(Range { least, most })
}

const fn held(hold_s: Option<Range>, sides: Sides) -> Dose {
    Dose { times: None, hold_s, positions: 1, distance_m: None, sides }
}

/// Half-kneeling, forward and back (mobility; repetitions and holds by the sessions article of methods §7.5).
pub const HAMSTRING_ROCK: Exercise = Exercise {
    id: "hamstring_rock",
    name: "hamstring rock",
    purpose: "the front of the hip and the back of the thigh",
    how: &[
        "Kneel on one knee, the other foot flat in front of you.",
        "Shift your weight forward until the front of the rear hip feels a mild pull, and hold.",
        "Shift back, straighten the front knee and lean over it from the hips, and hold again.",
    ],
    dose: Dose { times: range(10, 15), hold_s: range(5, 10), positions: 2, distance_m: None, sides: Sides::Each },
    drawing: drawing::HAMSTRING_ROCK,
};

pub const HIP_ROTATIONS: Exercise = Exercise {
    id: "hip_rotations",
    name: "90/90 hip rotations",
    purpose: "turning the hips in and out",
    how: &[
        "Sit with both knees bent at right angles, one leg turned out in front, the other turned in beside you.",
        "With a straight back, let both knees swing over to the other side, and hold.",
        "Prop yourself up with your hands behind you where that helps.",
    ],
    dose: Dose { times: range(10, 15), hold_s: range(5, 5), positions: 1, distance_m: None, sides: Sides::Alternating },
    drawing: drawing::HIP_ROTATIONS,
};

/// First after races and hills: the calf carries several times the body's weight in every stride.
pub const CALF_STRETCH: Exercise = Exercise {
    id: "calf_stretch",
    name: "dynamic calf stretch",
    purpose: "the calves, which carry several times your weight in every stride",
    how: &[
        "From a plank, walk your hands back until your body is a triangle with the hips on top.",
        "Bend one knee so that its heel comes up, and let your weight press the other heel to the floor.",
        "Hold, and come back.",
    ],
    dose: Dose { times: range(10, 15), hold_s: range(5, 10), positions: 1, distance_m: None, sides: Sides::Each },
    drawing: drawing::CALF_STRETCH,
};

pub const HIP_OPENER: Exercise = Exercise {
    id: "hip_opener",
    name: "hip opener",
    purpose: "the inside of the thighs",
    how: &[
        "Sit with the soles of your feet together and your knees out to the sides.",
        "Sit tall, let the knees sink by their own weight, and breathe out slowly.",
    ],
    dose: held(range(60, 90), Sides::None),
    drawing: drawing::HIP_OPENER,
};

pub const CHILDS_POSE: Exercise = Exercise {
    id: "childs_pose",
    name: "child's pose",
    purpose: "the lower back and the hips",
    how: &[
        "Kneel, sit back on your heels, and fold forward until your forehead rests on the floor or on your fists.",
        "Stretch your arms out in front, and let your back grow wide as you breathe.",
    ],
    dose: held(range(60, 90), Sides::None),
    drawing: drawing::CHILDS_POSE,
};

pub const CAT_COW: Exercise = Exercise {
    id: "cat_cow",
    name: "cat and cow",
    purpose: "moving the spine joint by joint",
    how: &[
        "On hands and knees, breathe out and round your back like a cat.",
        "Breathe in and let it sink, chest and tail up. Each breath is one movement.",
    ],
    dose: Dose { times: range(10, 12), hold_s: range(3, 3), positions: 2, distance_m: None, sides: Sides::None },
    drawing: drawing::CAT_COW,
};

pub const SPINAL_TWIST: Exercise = Exercise {
    id: "spinal_twist",
    name: "spinal twist",
    purpose: "the back and the outside of the hip",
    how: &[
        "Lie on your back, draw one knee up, and let it fall across you to the other side.",
        "Stretch the arm on the knee's own side out along the floor and look that way; both shoulders stay down.",
    ],
    dose: held(range(45, 60), Sides::Each),
    drawing: drawing::SPINAL_TWIST,
};

pub const HAMSTRING_STRETCH: Exercise = Exercise {
    id: "hamstring_stretch",
    name: "hamstring stretch",
    purpose: "the back of the thigh",
    how: &[
        "Lie on your back and raise one leg, a towel or both hands behind the thigh.",
        "Straighten the knee as far as it goes with a mild pull; the other leg stays on the floor.",
    ],
    dose: held(range(45, 60), Sides::Each),
    drawing: drawing::HAMSTRING_STRETCH,
};

pub const PIGEON: Exercise = Exercise {
    id: "pigeon",
    name: "pigeon",
    purpose: "the buttock and the outside of the hip",
    how: &[
        "From hands and knees, bring one knee forward and lay the shin across in front of you, the other leg long behind.",
        "Keep the hips level, and lean forward on your forearms as far as is comfortable.",
        "If the knee complains, lie on your back instead, ankle over the other knee, and draw that thigh in.",
    ],
    dose: held(range(60, 90), Sides::Each),
    drawing: drawing::PIGEON,
};

pub const SKIPS: Exercise = Exercise {
    id: "skips",
    name: "skips forward",
    purpose: "light, springy feet",
    how: &["Skip like a child, low and loose, the arms swinging along."],
    dose: Dose { times: range(2, 2), hold_s: None, positions: 1, distance_m: range(20, 30), sides: Sides::None },
    drawing: drawing::SKIPS,
};

pub const SIDE_SHUFFLE: Exercise = Exercise {
    id: "side_shuffle",
    name: "side shuffle",
    purpose: "the hips, in the one direction running forgets",
    how: &["Move sideways with knees a little bent, the feet never crossing; come back facing the same way."],
    dose: Dose { times: range(1, 1), hold_s: None, positions: 1, distance_m: range(20, 30), sides: Sides::Each },
    drawing: drawing::SIDE_SHUFFLE,
};

pub const BACKWARD: Exercise = Exercise {
    id: "backward",
    name: "skips backward",
    purpose: "calves and balance",
    how: &["On even ground with nobody behind you, skip backward in small steps and look over your shoulder."],
    dose: Dose { times: range(2, 2), hold_s: None, positions: 1, distance_m: range(20, 30), sides: Sides::None },
    drawing: drawing::BACKWARD,
};

pub const QUAD_TO_KNEE_HUG: Exercise = Exercise {
    id: "quad_to_knee_hug",
    name: "quad stretch into knee hug",
    purpose: "the front of the thigh, the buttock and your balance",
    how: &[
        "Stand on one leg and draw the other heel to your seat with your hand.",
        "Straight from there bring the same knee up to your chest and hug it.",
        "Hold on to something if you sway.",
    ],
    dose: Dose { times: range(3, 5), hold_s: range(3, 5), positions: 2, distance_m: None, sides: Sides::Each },
    drawing: drawing::QUAD_TO_KNEE_HUG,
};

pub const FORWARD_FOLD: Exercise = Exercise {
    id: "forward_fold",
    name: "forward fold",
    purpose: "the whole back of the legs",
    how: &[
        "Stand, fold forward with soft knees and take hold of your toes.",
        "Crouch down into a ball, then straighten the legs again as far as they like, and pulse gently.",
    ],
    dose: Dose { times: range(4, 6), hold_s: range(5, 5), positions: 1, distance_m: None, sides: Sides::None },
    drawing: drawing::FORWARD_FOLD,
};

pub const HIGH_LUNGE: Exercise = Exercise {
    id: "high_lunge",
    name: "high lunge",
    purpose: "the front of the hip and the calf",
    how: &[
        "Take a long step, bend the front knee and stay upright.",
        "Tuck your tail under, and press the heel of the rear foot back and down.",
    ],
    dose: held(range(15, 20), Sides::Each),
    drawing: drawing::HIGH_LUNGE,
};

/// Every exercise.
pub const ALL: [&Exercise; 15] = [
    &HAMSTRING_ROCK,
    &HIP_ROTATIONS,
    &CALF_STRETCH,
    &HIP_OPENER,
    &CHILDS_POSE,
    &CAT_COW,
    &SPINAL_TWIST,
    &HAMSTRING_STRETCH,
    &PIGEON,
    &SKIPS,
    &SIDE_SHUFFLE,
    &BACKWARD,
    &QUAD_TO_KNEE_HUG,
    &FORWARD_FOLD,
    &HIGH_LUNGE,
];

impl Exercise {
    /// How to do it, in one piece.
    pub fn instructions(&self) -> String {
        self.how.join(" ")
    }
}

impl Dose {
    /// About how long the exercise takes, seconds, with a moment for every change; metres at a gentle 2 m/s.
    pub fn seconds(&self) -> f64 {
        const CHANGE_S: f64 = 2.0;
        const SET_UP_S: f64 = 10.0;
        let middle = |range: Option<Range>, or: f64| range.map_or(or, |r| f64::from(r.least + r.most) / 2.0);
        let once = match self.distance_m {
            Some(_) => middle(self.distance_m, 0.0) / 2.0,
            None => f64::from(self.positions) * (middle(self.hold_s, 0.0) + CHANGE_S),
        };
        let sides = if self.sides == Sides::Each { 2.0 } else { 1.0 };
        SET_UP_S + sides * middle(self.times, 1.0) * once
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.least == self.most { write!(f, "{}", self.most) } else { write!(f, "{}–{}", self.least, self.most) }
    }
}

/// `10–15 times on each side, holding each position for 5–10 s`.
impl fmt::Display for Dose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = match self.sides {
            Sides::None => "",
            Sides::Each => " on each side",
            Sides::Alternating => ", from side to side",
        };
        match (self.times, self.hold_s, self.distance_m) {
            (Some(Range { most: 1, .. }) | None, _, Some(metres)) => write!(f, "{metres} m{}", each_way(self.sides)),
            (Some(_), _, Some(metres)) => write!(f, "{metres} m, there and back"),
            (Some(times), Some(hold), None) if self.positions > 1 => {
                write!(f, "{times} times{side}, {hold} s in each position")
            }
            (Some(times), Some(hold), None) => write!(f, "{times} times{side}, {hold} s each"),
            (Some(times), None, None) => write!(f, "{times} times{side}"),
            (None, Some(hold), None) => write!(f, "{hold} s{side}"),
            (None, None, None) => Ok(()),
        }
    }
}

fn each_way(sides: Sides) -> &'static str {
    if sides == Sides::Each { " each way" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doses_are_said_as_a_coach_says_them() {
        let said = |exercise: &Exercise| exercise.dose.to_string();
        assert_eq!(said(&HAMSTRING_ROCK), "10–15 times on each side, 5–10 s in each position");
        assert_eq!(said(&HIP_ROTATIONS), "10–15 times, from side to side, 5 s each");
        assert_eq!(said(&PIGEON), "60–90 s on each side");
        assert_eq!(said(&SKIPS), "20–30 m, there and back");
        assert_eq!(said(&SIDE_SHUFFLE), "20–30 m each way");
    }

    #[test]
    fn every_exercise_has_its_own_name_and_whole_sentences() {
        let mut ids: Vec<&str> = ALL.iter().map(|exercise| exercise.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), ALL.len());
        for exercise in ALL {
            assert!(exercise.how.iter().all(|sentence| sentence.ends_with('.')), "{}", exercise.id);
            assert!(exercise.dose.seconds() > 10.0, "{}", exercise.id);
        }
    }
}
