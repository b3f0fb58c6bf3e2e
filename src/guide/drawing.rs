//! Line drawings of the exercises, as skeletons: joints in a plane, drawn for this program. A standing figure is about 95 units
//! high; x goes to the right, y up from the floor.

/// Where a joint is.
pub type Joint = (i16, i16);

/// One exercise: its positions side by side, and which way one moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// From where it is seen.
    pub view: View,
    /// Each position, from left to right.
    pub poses: &'static [Pose],
    /// What moves, and where to.
    pub moves: &'static [Move],
}

/// From where a drawing is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum View {
    Side,
    Front,
    Above,
}

/// One figure. Limbs begin at the spine; from the side, the far ones are behind the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Pose {
    pub head: Joint,
    /// From the hip to the shoulder; of three joints the middle one bends it.
    pub spine: &'static [Joint],
    pub near_arm: &'static [Joint],
    pub far_arm: &'static [Joint],
    pub near_leg: &'static [Joint],
    pub far_leg: &'static [Joint],
}

/// An arrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// From the first to the second.
    To(Joint, Joint),
    /// To and fro.
    Both(Joint, Joint),
    /// From the first to the last, bent towards the one between.
    Round(Joint, Joint, Joint),
}

/// Radius of a head.
pub const HEAD: i16 = 6;

impl Pose {
    /// Arms and legs, the near ones first.
    pub fn limbs(&self) -> [&'static [Joint]; 4] {
        [self.near_arm, self.near_leg, self.far_arm, self.far_leg]
    }

    /// Every joint, the centre of the head among them.
    pub fn joints(&self) -> impl Iterator<Item = Joint> {
        let limbs = self.limbs().into_iter().flatten();
        limbs.chain(self.spine).copied().chain([self.head])
    }
}

impl Move {
    /// The points it is drawn by.
    pub fn joints(&self) -> Vec<Joint> {
        match *self {
            Move::To(from, to) | Move::Both(from, to) => vec![from, to],
            Move::Round(from, by, to) => vec![from, by, to],
        }
    }
}

pub(super) const HAMSTRING_ROCK: Drawing = Drawing {
    view: View::Side,
    poses: &[
        Pose {
            head: (27, 61),
            spine: &[(24, 20), (26, 50)],
            near_arm: &[(26, 50), (31, 34), (44, 24)],
            far_arm: &[],
            near_leg: &[(24, 20), (46, 22), (45, 1), (52, 1)],
            far_leg: &[(24, 20), (14, 1), (-7, 0)],
        },
        Pose {
            head: (117, 48),
            spine: &[(90, 17), (108, 41)],
            near_arm: &[(108, 41), (105, 24), (118, 14)],
            far_arm: &[],
            near_leg: &[(90, 17), (111, 9), (130, 2), (133, 8)],
            far_leg: &[(90, 17), (104, 1), (84, 2)],
        },
    ],
    moves: &[Move::To((-1, 36), (13, 36)), Move::To((92, 62), (79, 54))],
};

pub(super) const HIP_ROTATIONS: Drawing = Drawing {
    view: View::Front,
    poses: &[
        Pose {
            head: (30, 52),
            spine: &[(30, 12), (30, 41)],
            near_arm: &[(30, 39), (23, 39), (17, 27), (15, 15)],
            far_arm: &[(30, 39), (37, 39), (43, 27), (45, 15)],
            near_leg: &[(30, 12), (9, 7), (24, 1)],
            far_leg: &[(30, 12), (49, 7), (66, 11)],
        },
        Pose {
            head: (112, 52),
            spine: &[(112, 12), (112, 41)],
            near_arm: &[(112, 39), (105, 39), (99, 27), (97, 15)],
            far_arm: &[(112, 39), (119, 39), (125, 27), (127, 15)],
            near_leg: &[(112, 12), (133, 7), (118, 1)],
            far_leg: &[(112, 12), (93, 7), (76, 11)],
        },
    ],
    moves: &[Move::Both((60, 44), (82, 44))],
};

pub(super) const CALF_STRETCH: Drawing = Drawing {
    view: View::Side,
    poses: &[Pose {
        head: (14, 14),
        spine: &[(44, 42), (21, 23)],
        near_arm: &[(21, 23), (8, 12), (-4, 2)],
        far_arm: &[],
        near_leg: &[(44, 42), (54, 22), (63, 2), (56, 1)],
        far_leg: &[(44, 42), (60, 27), (66, 7), (62, 1)],
    }],
    moves: &[Move::To((74, 14), (70, 3))],
};

pub(super) const HIP_OPENER: Drawing = Drawing {
    view: View::Front,
    poses: &[Pose {
        head: (40, 51),
        spine: &[(40, 11), (40, 40)],
        near_arm: &[(40, 38), (33, 38), (26, 24), (36, 9)],
        far_arm: &[(40, 38), (47, 38), (54, 24), (44, 9)],
        near_leg: &[(40, 11), (17, 9), (38, 2)],
        far_leg: &[(40, 11), (63, 9), (42, 2)],
    }],
    moves: &[Move::To((12, 26), (12, 16)), Move::To((68, 26), (68, 16))],
};

pub(super) const CHILDS_POSE: Drawing = Drawing {
    view: View::Side,
    poses: &[Pose {
        head: (68, 7),
        spine: &[(28, 14), (42, 20), (58, 9)],
        near_arm: &[(58, 9), (71, 2), (86, 2)],
        far_arm: &[],
        near_leg: &[(28, 14), (44, 2), (24, 2), (17, 1)],
        far_leg: &[],
    }],
    moves: &[],
};

pub(super) const CAT_COW: Drawing = Drawing {
    view: View::Side,
    poses: &[
        Pose {
            head: (61, 15),
            spine: &[(24, 23), (38, 33), (53, 24)],
            near_arm: &[(53, 24), (54, 12), (53, 1)],
            far_arm: &[],
            near_leg: &[(24, 23), (25, 2), (5, 2)],
            far_leg: &[],
        },
        Pose {
            head: (132, 32),
            spine: &[(94, 23), (108, 16), (123, 24)],
            near_arm: &[(123, 24), (124, 12), (123, 1)],
            far_arm: &[],
            near_leg: &[(94, 23), (95, 2), (75, 2)],
            far_leg: &[],
        },
    ],
    moves: &[Move::To((38, 41), (38, 50)), Move::To((108, 31), (108, 22))],
};

pub(super) const SPINAL_TWIST: Drawing = Drawing {
    view: View::Above,
    poses: &[Pose {
        head: (21, 40),
        spine: &[(62, 40), (33, 40)],
        near_arm: &[(33, 40), (33, 54), (33, 68)],
        far_arm: &[(33, 40), (41, 29), (54, 22)],
        near_leg: &[(62, 40), (66, 19), (46, 13)],
        far_leg: &[(62, 40), (84, 41), (105, 42)],
    }],
    moves: &[Move::Round((81, 34), (82, 24), (72, 16))],
};

pub(super) const HAMSTRING_STRETCH: Drawing = Drawing {
    view: View::Side,
    poses: &[Pose {
        head: (7, 6),
        spine: &[(48, 3), (18, 4)],
        near_arm: &[(18, 4), (32, 10), (46, 18)],
        far_arm: &[],
        near_leg: &[(48, 3), (45, 25), (44, 46), (37, 46)],
        far_leg: &[(48, 3), (70, 3), (91, 3), (92, 10)],
    }],
    moves: &[Move::Round((74, 30), (70, 42), (58, 46))],
};

pub(super) const PIGEON: Drawing = Drawing {
    view: View::Side,
    poses: &[Pose {
        head: (80, 33),
        spine: &[(46, 10), (70, 28)],
        near_arm: &[(70, 28), (72, 15), (72, 2), (84, 2)],
        far_arm: &[],
        near_leg: &[(46, 10), (67, 5), (52, 2)],
        far_leg: &[(46, 10), (25, 3), (4, 2), (-3, 2)],
    }],
    moves: &[],
};

pub(super) const SKIPS: Drawing = Drawing {
    view: View::Side,
    poses: &[Pose {
        head: (39, 90),
        spine: &[(34, 49), (37, 79)],
        near_arm: &[(37, 79), (28, 65), (36, 51)],
        far_arm: &[(37, 79), (48, 66), (60, 77)],
        near_leg: &[(34, 49), (56, 53), (52, 32), (59, 30)],
        far_leg: &[(34, 49), (32, 27), (28, 6), (32, 0)],
    }],
    moves: &[Move::To((72, 40), (92, 40))],
};

pub(super) const SIDE_SHUFFLE: Drawing = Drawing {
    view: View::Front,
    poses: &[Pose {
        head: (44, 78),
        spine: &[(44, 38), (44, 67)],
        near_arm: &[(44, 65), (36, 64), (28, 54), (34, 44)],
        far_arm: &[(44, 65), (52, 64), (60, 54), (54, 44)],
        near_leg: &[(44, 38), (30, 22), (24, 2), (18, 1)],
        far_leg: &[(44, 38), (58, 22), (64, 2), (70, 1)],
    }],
    moves: &[Move::To((80, 20), (98, 20)), Move::To((8, 20), (-10, 20))],
};

pub(super) const BACKWARD: Drawing = Drawing {
    view: View::Side,
    poses: &[Pose {
        head: (52, 90),
        spine: &[(50, 49), (53, 79)],
        near_arm: &[(53, 79), (44, 65), (52, 51)],
        far_arm: &[(53, 79), (64, 66), (76, 77)],
        near_leg: &[(50, 49), (71, 41), (63, 22), (69, 19)],
        far_leg: &[(50, 49), (42, 29), (33, 10), (38, 5)],
    }],
    moves: &[Move::To((22, 46), (2, 46))],
};

pub(super) const QUAD_TO_KNEE_HUG: Drawing = Drawing {
    view: View::Side,
    poses: &[
        Pose {
            head: (24, 86),
            spine: &[(26, 45), (23, 75)],
            near_arm: &[(23, 75), (17, 60), (16, 43)],
            far_arm: &[],
            near_leg: &[(26, 45), (22, 23), (16, 43), (21, 48)],
            far_leg: &[(26, 45), (25, 23), (25, 2), (32, 2)],
        },
        Pose {
            head: (88, 86),
            spine: &[(88, 45), (88, 75)],
            near_arm: &[(88, 75), (91, 59), (106, 54)],
            far_arm: &[],
            near_leg: &[(88, 45), (104, 60), (99, 39), (106, 38)],
            far_leg: &[(88, 45), (87, 23), (87, 2), (94, 2)],
        },
    ],
    moves: &[Move::Round((46, 30), (56, 31), (62, 42))],
};

pub(super) const FORWARD_FOLD: Drawing = Drawing {
    view: View::Side,
    poses: &[
        Pose {
            head: (36, 9),
            spine: &[(20, 44), (33, 35), (38, 20)],
            near_arm: &[(38, 20), (33, 9), (28, 2)],
            far_arm: &[],
            near_leg: &[(20, 44), (22, 22), (20, 1), (27, 1)],
            far_leg: &[],
        },
        Pose {
            head: (116, 25),
            spine: &[(88, 13), (93, 26), (107, 30)],
            near_arm: &[(107, 30), (113, 17), (103, 9)],
            far_arm: &[],
            near_leg: &[(88, 13), (106, 22), (97, 2), (104, 2)],
            far_leg: &[],
        },
    ],
    moves: &[Move::Both((56, 26), (74, 26))],
};

pub(super) const HIGH_LUNGE: Drawing = Drawing {
    view: View::Side,
    poses: &[Pose {
        head: (40, 69),
        spine: &[(40, 28), (40, 58)],
        near_arm: &[(40, 58), (33, 43), (41, 33)],
        far_arm: &[],
        near_leg: &[(40, 28), (61, 23), (60, 2), (67, 2)],
        far_leg: &[(40, 28), (21, 16), (4, 5), (9, 0)],
    }],
    moves: &[Move::To((2, 22), (-3, 12))],
};

#[cfg(test)]
mod tests {
    use super::super::exercise;
    use super::*;

    fn length(a: Joint, b: Joint) -> f64 {
        f64::from(a.0 - b.0).hypot(f64::from(a.1 - b.1))
    }

    /// Thigh, shin, upper arm and forearm are as long in one drawing as in the next, but where they point at whoever looks.
    #[test]
    fn limbs_are_never_longer_than_a_body_has_them() {
        for exercise in exercise::ALL {
            let drawing = exercise.drawing;
            for pose in drawing.poses {
                for leg in [pose.near_leg, pose.far_leg] {
                    assert!(leg.windows(2).all(|bone| length(bone[0], bone[1]) <= 24.5), "{}: {leg:?}", exercise.id);
                }
                for arm in [pose.near_arm, pose.far_arm] {
                    assert!(arm.windows(2).all(|bone| length(bone[0], bone[1]) <= 19.0), "{}: {arm:?}", exercise.id);
                }
                let neck = length(*pose.spine.last().unwrap(), pose.head);
                assert!((8.0..=14.5).contains(&neck), "{}: neck {neck}", exercise.id);
            }
        }
    }

    #[test]
    fn limbs_begin_at_the_body_and_nothing_is_under_the_floor() {
        for exercise in exercise::ALL {
            for pose in exercise.drawing.poses {
                let (hip, shoulder) = (pose.spine[0], *pose.spine.last().unwrap());
                let starts = |limb: &[Joint], at: Joint| limb.first().is_none_or(|joint| length(*joint, at) <= 3.0);
                assert!([pose.near_leg, pose.far_leg].iter().all(|leg| starts(leg, hip)), "{}", exercise.id);
                assert!([pose.near_arm, pose.far_arm].iter().all(|arm| starts(arm, shoulder)), "{}", exercise.id);
                assert!(pose.joints().all(|joint| joint.1 >= 0), "{}", exercise.id);
            }
        }
    }
}
