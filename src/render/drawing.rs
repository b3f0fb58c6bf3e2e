//! The line drawing of an exercise as SVG: rounded lines in the colour of the text, one weight for all of them.

use crate::guide::Exercise;
use crate::guide::drawing::{Drawing, HEAD, Joint, Move, Pose, View};
use std::fmt::Write;

/// Space around the figures, weight of the lines, and size of an arrow's head, in units of the drawing.
const MARGIN: f64 = 4.0;
const WEIGHT: f64 = 3.0;
const ARROW: f64 = 4.0;
/// Half the angle of an arrow's head.
const ARROW_RADIANS: f64 = 0.5;
/// How much fainter the floor and the far limbs are.
const FAINT: f64 = 0.45;
/// Pixels of a unit.
const SCALE: f64 = 1.2;

/// The drawing of an exercise, with its size and a title for those who do not see it.
pub fn svg(exercise: &Exercise) -> String {
    let frame = DrawingFrame::of(&exercise.drawing);
    let (width, height) = (frame.width, frame.height);
    let from = match exercise.drawing.view {
        View::Side => "from the side",
        View::Front => "from the front",
        View::Above => "from above",
    };
    format!(
        "<svg class=\"drawing\" role=\"img\" viewBox=\"0 0 {width} {height}\" width=\"{:.0}\" height=\"{:.0}\" fill=\"none\" \
         stroke=\"currentColor\" stroke-width=\"{WEIGHT}\" stroke-linecap=\"round\" stroke-linejoin=\"round\">\
         <title>{}, seen {from}</title>{}</svg>",
        SCALE * width,
        SCALE * height,
        exercise.name,
        frame.lines(&exercise.drawing)
    )
}

/// Where the drawing lies.
struct DrawingFrame {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
    has_floor: bool,
}

impl DrawingFrame {
    fn of(drawing: &Drawing) -> DrawingFrame {
        let heads = drawing.poses.iter().flat_map(|pose| {
            let (x, y) = pose.head;
            [(x - HEAD, y - HEAD), (x + HEAD, y + HEAD)]
        });
        let joints = drawing.poses.iter().flat_map(Pose::joints);
        let moves = drawing.moves.iter().flat_map(Move::joints);
        let all: Vec<Joint> = joints.chain(heads).chain(moves).collect();
        let ends = |of: fn(&Joint) -> i16| {
            let values = || all.iter().map(of);
            (f64::from(values().min().unwrap_or(0)), f64::from(values().max().unwrap_or(0)))
        };
        let ((left, right), (bottom, top)) = (ends(|joint| joint.0), ends(|joint| joint.1));
        let has_floor = drawing.view != View::Above;
        let bottom = if has_floor { bottom.min(0.0) } else { bottom };
        DrawingFrame {
            left: left - MARGIN,
            top: top + MARGIN,
            width: right - left + 2.0 * MARGIN,
            height: top - bottom + 2.0 * MARGIN,
            has_floor,
        }
    }

    fn at(&self, joint: Joint) -> (f64, f64) {
        (f64::from(joint.0) - self.left, self.top - f64::from(joint.1))
    }

    /// Floor and far limbs first, so that the near ones lie over them.
    fn lines(&self, drawing: &Drawing) -> String {
        let mut faint = String::new();
        let mut plain = String::new();
        let (edge, right, bottom) = (WEIGHT / 2.0, self.width - WEIGHT / 2.0, self.height - WEIGHT / 2.0);
        // From above the floor is a mat.
        let _ = match self.has_floor {
            true => write!(faint, "M{edge},{bottom}H{right}"),
            false => write!(faint, "M{edge},{edge}H{right}V{bottom}H{edge}Z"),
        };
        for pose in drawing.poses {
            let [near_arm, near_leg, far_arm, far_leg] = pose.limbs();
            let behind = if drawing.view == View::Side { &mut faint } else { &mut plain };
            *behind += &(self.line(far_arm) + &self.line(far_leg));
            plain += &(self.line(near_arm) + &self.line(near_leg) + &self.spine(pose.spine));
        }
        let arrows: String = drawing.moves.iter().map(|arrow| self.arrow(*arrow)).collect();
        let heads: String = drawing.poses.iter().map(|pose| self.head(pose)).collect();
        format!(
            "<path stroke-opacity=\"{FAINT}\" d=\"{faint}\"/><path d=\"{plain}\"/>{heads}<path class=\"move\" d=\"{arrows}\"/>"
        )
    }

    fn head(&self, pose: &Pose) -> String {
        let (x, y) = self.at(pose.head);
        format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{HEAD}\" fill=\"currentColor\" stroke=\"none\"/>")
    }

    fn line(&self, joints: &[Joint]) -> String {
        let points = joints.iter().map(|joint| self.at(*joint));
        points.enumerate().map(|(i, (x, y))| format!("{}{x},{y}", if i == 0 { 'M' } else { 'L' })).collect()
    }

    /// A bent spine is a curve through its middle.
    fn spine(&self, spine: &[Joint]) -> String {
        let [hip, middle, shoulder] = spine else { return self.line(spine) };
        let ((x0, y0), (x1, y1), (x2, y2)) = (self.at(*hip), self.at(*middle), self.at(*shoulder));
        format!("M{x0},{y0}Q{},{} {x2},{y2}", 2.0 * x1 - f64::midpoint(x0, x2), 2.0 * y1 - f64::midpoint(y0, y2))
    }

    fn arrow(&self, arrow: Move) -> String {
        match arrow {
            Move::To(from, to) => self.line(&[from, to]) + &self.arrow_head(from, to),
            Move::Both(from, to) => self.line(&[from, to]) + &self.arrow_head(from, to) + &self.arrow_head(to, from),
            Move::Round(from, by, to) => {
                let ((x0, y0), (x1, y1), (x2, y2)) = (self.at(from), self.at(by), self.at(to));
                format!("M{x0},{y0}Q{x1},{y1} {x2},{y2}") + &self.arrow_head(by, to)
            }
        }
    }

    fn arrow_head(&self, from: Joint, to: Joint) -> String {
        let ((x0, y0), (x, y)) = (self.at(from), self.at(to));
        let angle = (y - y0).atan2(x - x0);
        let barb = |turn: f64| (x - ARROW * (angle + turn).cos(), y - ARROW * (angle + turn).sin());
        let ((ax, ay), (bx, by)) = (barb(ARROW_RADIANS), barb(-ARROW_RADIANS));
        format!("M{ax:.1},{ay:.1}L{x},{y}L{bx:.1},{by:.1}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::exercise::{ALL, CAT_COW, SPINAL_TWIST};

    #[test]
    fn a_drawing_has_a_title_and_an_arrow_and_is_small() {
        let cat = svg(&CAT_COW);
        assert!(cat.contains("<title>cat and cow, seen from the side</title>"), "{cat}");
        assert_eq!((cat.matches("<circle").count(), cat.matches('Q').count()), (2, 2));
        assert!(cat.contains("class=\"move\" d=\"M"), "{cat}");
        assert!(svg(&SPINAL_TWIST).contains('Z') && !cat.contains('Z'), "seen from above the floor is a mat");
        let bytes: usize = ALL.iter().map(|exercise| svg(exercise).len()).sum();
        assert!(bytes < 15_000, "{bytes} bytes");
    }

    #[test]
    fn a_drawing_stays_within_its_frame() {
        for exercise in ALL {
            let frame = DrawingFrame::of(&exercise.drawing);
            for joint in exercise.drawing.poses.iter().flat_map(Pose::joints) {
                let (x, y) = frame.at(joint);
                assert!((MARGIN..=frame.width - MARGIN).contains(&x), "{}", exercise.id);
                assert!((MARGIN..=frame.height - MARGIN).contains(&y), "{}", exercise.id);
            }
        }
    }
}
