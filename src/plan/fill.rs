//! Gives the runs of a chosen week their minutes: easy runs fill it to its target, within what single runs and the week may hold.

use super::frame::WeekFrame;
use super::morning::Morning;
use super::sized::{DayChoice, Evening, Filled, Sized, Week};
use super::sizes::{HARD_SHARE, LEAST_HARD_PART_MIN, SECOND_RUN_MIN, to_five, to_five_down};
use super::timeline::{add_days, place};
use super::{Kind, PlanReason};
use crate::physiology::training::{FITNESS_DAYS, k_tau, ramp_limit};

impl WeekFrame<'_> {
    /// Gives the days of a week their minutes. Days that are over count as planned, so that a plan made again in the
    /// middle of a week that was followed comes out the same; then what was really run counts against the upper bound.
    pub fn fill(&self, first: Morning, week: &Week) -> Filled {
        Filled { days: self.filled(first, week), shortened: None, tired: [false; 7] }
    }

    /// The week with its final minutes; `None` where a hard or long run turns out to come too early, even if the easy runs
    /// before it are no longer than usual, or where there is no room for a hard session.
    pub fn settle(&self, first: Morning, week: &Week) -> Option<Filled> {
        let mut filled = self.fill(first, week);
        if filled.days[self.done..].iter().any(|day| day.kind == Kind::Hard && day.hard_min < LEAST_HARD_PART_MIN) {
            return None;
        }
        loop {
            let too_early = match self.walk(first, week, &filled) {
                Ok(settled) => return Some(settled),
                Err(day) => day,
            };
            let longer =
                |day: &usize| filled.days[*day].kind == Kind::Easy && filled.days[*day].total() > self.sizes.easy;
            let before = (self.done..too_early).rev().find(longer)?;
            filled.days[before].second_min = 0.0;
            filled.days[before].minutes = filled.days[before].minutes.min(self.sizes.easy);
        }
    }

    /// Lets the week pass day by day, with its loads; the day of a hard or long run that comes too early is an error.
    fn walk(&self, first: Morning, week: &Week, filled: &Filled) -> Result<Filled, usize> {
        let mut filled = filled.clone();
        let mut evenings: Vec<Evening> = self.evenings[self.evenings.len().saturating_sub(7)..].to_vec();
        let mut morning = first;
        for (day, choice) in week.iter().enumerate().skip(self.done) {
            let kind = filled.days[day].kind;
            let asked = if *choice == DayChoice::Hard { Kind::Hard } else { kind };
            let is_free = matches!(choice, DayChoice::Hard | DayChoice::Long | DayChoice::Gentle);
            if is_free && self.forbids_by_load(&morning, day, asked).is_some() {
                return Err(day);
            }
            if kind == Kind::Easy && is_free && self.is_tired(&morning) {
                self.tire(&mut filled, day);
            }
            self.guard_ramp(&mut filled, day, &morning, &evenings);
            let sized = filled.days[day];
            let (load, second) = self.loads(day, &sized);
            morning.pass(self, day, sized.kind, sized.minutes, load + second);
            let race_load = if sized.kind == Kind::Race { load } else { 0.0 };
            evenings.push(Evening { ctl: morning.fitness.ctl, race_load });
        }
        Ok(filled)
    }

    /// Only a recovery run on this day, or rest where that would be none.
    fn tire(&self, filled: &mut Filled, day: usize) {
        let easy = filled.days[day].minutes;
        let recovery = self.sizes.within(Kind::Recovery, self.days[day].minutes).map(|(minutes, _)| minutes.min(easy));
        filled.tired[day] = true;
        filled.days[day] = match recovery {
            Some(minutes) => Sized { kind: Kind::Recovery, minutes, ..Sized::default() },
            None => Sized::default(),
        };
    }

    fn filled(&self, first: Morning, week: &Week) -> [Sized; 7] {
        let mut days = self.nominal_days(first, week);
        self.share_out(&mut days);
        self.lengthen_recovery(&mut days);
        self.second_runs(&mut days);
        let nominal = days;
        self.keep_within(&mut days, self.target.upper - self.done_minutes());
        self.size_hard_parts(&mut days, &nominal);
        days
    }

    fn nominal_days(&self, first: Morning, week: &Week) -> [Sized; 7] {
        let mut morning = first;
        std::array::from_fn(|day| {
            let kind = match self.past(day) {
                Some(past) => self.meant(day, past.kind),
                None => {
                    let kind = self.kind(&morning, day, week[day]);
                    morning = self.next(&morning, day, week[day]);
                    kind
                }
            };
            let minutes = match kind {
                // An entered race does not count against the week; the usual short one of a weekday does.
                Kind::Race if self.race_on(self.date(day)).is_some() => 0.0,
                Kind::Race => self.race(day).map_or(0.0, |race| self.rates.race(&race).0),
                _ => self.sizes.within(kind, self.days[day].minutes).map_or(0.0, |(usual, _)| usual),
            };
            Sized { kind, minutes, ..Sized::default() }
        })
    }

    /// What a day that is over counts as: an easy run that became gentler still counts as the easy run it was to be, so
    /// that the days to come do not make up for it.
    fn meant(&self, day: usize, kind: Kind) -> Kind {
        let is_gentle = kind.is_run() && kind <= Kind::Easy;
        if !is_gentle {
            return kind;
        }
        let after = self.timeline.day(add_days(self.date(day), -1)).taxing;
        (if after { Kind::Recovery } else { Kind::Easy }).min(self.days[day].most)
    }

    /// Easy runs share what the other days leave of the target. A missed run is not made up by the others.
    fn share_out(&self, days: &mut [Sized; 7]) {
        let easy = days.iter().filter(|day| day.kind == Kind::Easy).count();
        if easy == 0 || !self.habits.is_known() {
            return;
        }
        let others = days.iter().filter(|day| day.kind != Kind::Easy);
        let (other_minutes, other_runs) = others
            .fold((0.0, 0), |(minutes, runs), day| (minutes + day.minutes, runs + usize::from(day.kind.is_run())));
        let places = easy.max((self.target.run_days as usize).saturating_sub(other_runs));
        let each = to_five((self.target.minutes - other_minutes) / places as f64);
        let most = if self.runs_twice() { self.sizes.easy } else { self.sizes.easy_most };
        let each = each.clamp(self.sizes.easy_least.min(most), most);
        for (day, limits) in days.iter_mut().zip(&self.days) {
            if day.kind == Kind::Easy {
                day.minutes = each.min(limits.minutes.floor());
            }
        }
    }

    /// Where easy runs cannot fill the week, recovery runs become a little longer; not in a week of less.
    fn lengthen_recovery(&self, days: &mut [Sized; 7]) {
        if !self.habits.is_known() || self.target.share < 1.0 {
            return;
        }
        let runs = days.iter().filter(|day| day.kind.is_run()).count();
        let missed = (self.target.run_days as usize).saturating_sub(runs) as f64 * self.sizes.easy;
        let missing = self.target.minutes - missed - days.iter().map(Sized::total).sum::<f64>();
        let count = days.iter().filter(|day| day.kind == Kind::Recovery).count();
        if missing < 5.0 || count == 0 {
            return;
        }
        let more = to_five_down(self.sizes.recovery + missing / count as f64);
        for (day, limits) in days.iter_mut().zip(&self.days).filter(|(day, _)| day.kind == Kind::Recovery) {
            day.minutes = more.min(self.sizes.recovery_most).max(day.minutes).min(limits.minutes.floor());
        }
    }

    fn runs_twice(&self) -> bool {
        self.habits.is_known() && self.habits.runs_twice && self.inputs.wishes.runs_at_most.is_none()
    }

    /// Minutes above the usual single runs become second runs, on easy days first, never on a long day.
    fn second_runs(&self, days: &mut [Sized; 7]) {
        if !self.runs_twice() {
            return;
        }
        let missing = self.target.minutes - days.iter().map(Sized::total).sum::<f64>();
        let (least, most) = SECOND_RUN_MIN;
        let takes = |kind: Kind| days.iter().enumerate().filter(move |(_, day)| day.kind == kind).map(|(i, _)| i);
        let places: Vec<usize> = takes(Kind::Easy).chain(takes(Kind::Hard)).collect();
        let wanted = (missing / f64::midpoint(least, most)).round().max(0.0) as usize;
        let places = &places[..wanted.min(places.len())];
        let each = to_five(missing / places.len().max(1) as f64).clamp(least, most);
        for day in places {
            let second = each.min(to_five(self.sizes.recovery).max(least));
            let wish = self.inputs.wishes.minutes_at_most[place(self.date(*day))];
            if wish.is_none_or(|most| days[*day].minutes + second <= most) {
                days[*day].second_min = second;
            }
        }
    }

    /// Shortens what is still to come until it fits: second runs first, then easy runs, the long run, the hard session.
    fn keep_within(&self, days: &mut [Sized; 7], left: f64) {
        let over = |days: &[Sized; 7]| days[self.done..].iter().map(Sized::total).sum::<f64>() - left;
        if over(days) <= 0.0 {
            return;
        }
        for day in &mut days[self.done..] {
            day.second_min = 0.0;
        }
        for kind in [Kind::Recovery, Kind::Easy, Kind::Long, Kind::Hard] {
            let places: Vec<usize> = (self.done..7).filter(|day| days[*day].kind == kind).collect();
            let of_kind: f64 = places.iter().map(|day| days[*day].minutes).sum();
            let room = of_kind - over(days);
            if room < of_kind {
                self.share_room(days, &places, room.floor());
            }
        }
    }

    /// Shares minutes among days as evenly as five minutes allow, the earlier days first, so that the later ones keep
    /// theirs once the earlier ones are over.
    fn share_room(&self, days: &mut [Sized; 7], places: &[usize], mut room: f64) {
        let least = |day: usize, sized: &Sized| {
            self.sizes.within(sized.kind, self.days[day].minutes).map_or(0.0, |(_, least)| least).min(sized.minutes)
        };
        for (i, day) in places.iter().enumerate() {
            let others: f64 = places[i + 1..].iter().map(|other| least(*other, &days[*other])).sum();
            let left = places.len() - i;
            let share = if left == 1 { to_five_down(room) } else { to_five(room / left as f64) };
            let minutes = share.min(room - others).max(least(*day, &days[*day])).min(days[*day].minutes);
            days[*day].minutes = minutes;
            room -= minutes;
        }
    }

    /// At most a fifth of the week's minutes may be hard. A day that is over counts no more than this week would have
    /// given it, so that a hard session for which there was no room does not appear once the days before it are over.
    fn size_hard_parts(&self, days: &mut [Sized; 7], nominal: &[Sized; 7]) {
        let done = |day: usize| self.past(day).map_or(0.0, |past| self.counted_minutes(day, &past));
        let over: f64 = (0..self.done).map(|day| done(day).min(nominal[day].total())).sum();
        let to_come = days[self.done..].iter().map(Sized::total).sum::<f64>();
        let week = over + to_come;
        let sessions = days.iter().filter(|day| day.kind == Kind::Hard).count().max(1);
        let room = (HARD_SHARE * week / sessions as f64).floor();
        for day in days[self.done..].iter_mut().filter(|day| day.kind == Kind::Hard) {
            day.hard_min = self.sizes.hard_part.round().min(room).min((day.minutes - 20.0).max(0.0));
        }
    }

    /// Shortens an easy run while fitness would rise faster than its limit, races left out of both sides.
    fn guard_ramp(&self, filled: &mut Filled, day: usize, morning: &Morning, evenings: &[Evening]) {
        let Some(week_ago) = evenings.len().checked_sub(7).map(|i| evenings[i].ctl) else { return };
        if !self.inputs.settled || filled.days[day].kind != Kind::Easy {
            return;
        }
        let kept = 1.0 - k_tau(FITNESS_DAYS);
        let last_days = evenings.iter().rev().take(6).enumerate();
        let raced: f64 = last_days.map(|(age, e)| e.race_load * k_tau(FITNESS_DAYS) * kept.powi(age as i32 + 1)).sum();
        let limit = ramp_limit(week_ago);
        let sized = &mut filled.days[day];
        loop {
            let (load, second) = self.loads(day, sized);
            let points = morning.fitness.step(load + second + self.other_load(day)).ctl - raced - week_ago;
            let can_shrink = sized.total() > self.sizes.easy_least;
            if points <= limit || !can_shrink {
                return;
            }
            if sized.second_min > 0.0 {
                sized.second_min = 0.0;
            } else {
                sized.minutes = (sized.minutes - 5.0).max(self.sizes.easy_least);
            }
            filled.shortened = Some(PlanReason::RampGuard { rise: points, limit });
        }
    }

    /// Load of the run of a day and of its second run.
    pub fn loads(&self, day: usize, sized: &Sized) -> (f64, f64) {
        let load = match self.race(day).filter(|_| sized.kind == Kind::Race) {
            Some(race) => self.rates.race(&race).1,
            None => self.rates.load(sized.kind, sized.minutes),
        };
        (load, self.rates.load(Kind::Recovery, sized.second_min))
    }
}
