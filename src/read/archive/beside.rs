//! Exports of Apple Health and the routes beside them: which route belongs to which workout.

use super::{Content, Damage, Entry, WITHIN};
use crate::read::ReadError;
use crate::read::apple::{Export, Workout};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Read;

/// The folder beside an export in which its routes lie.
const FOLDER: &str = "workout-routes/";

/// Exports that were read, and the routes beside them that are still to come.
#[derive(Default)]
pub struct Beside {
    exports: HashMap<String, Export>,
    waiting: Vec<Waiting>,
    /// The workout of each route, by the route's name.
    by_route: HashMap<String, usize>,
}

struct Waiting {
    workout: Workout,
    routes: Vec<Vec<u8>>,
    damage: Option<Damage>,
    missing: usize,
}

/// Places of the files that are read together: each possible export with the routes beside it.
pub fn groups(names: &[&str]) -> Vec<Vec<usize>> {
    let mut by_folder: BTreeMap<String, (bool, Vec<usize>)> = BTreeMap::new();
    for (i, name) in names.iter().enumerate().filter(|(_, name)| may_be_export(name)) {
        by_folder.entry(folder_of(&plain(name)).to_owned()).or_default().1.push(i);
    }
    for (i, name) in names.iter().enumerate() {
        let name = plain(name);
        let Some(at) = name.rfind(FOLDER) else { continue };
        if let Some((has_routes, group)) = by_folder.get_mut(&name[..at]) {
            *has_routes = true;
            group.push(i);
        }
    }
    by_folder.into_values().filter(|(has_routes, _)| *has_routes).map(|(_, group)| group).collect()
}

/// True for a name that a route of an export may have.
pub fn may_be_route(name: &str) -> bool {
    plain(name).contains(FOLDER)
}

/// The name with one kind of stroke.
pub fn plain(name: &str) -> String {
    name.replace('\\', "/")
}

/// The folder or archive in which something of this name lies, as names begin that lie there too.
fn folder_of(name: &str) -> &str {
    let folder = name.rfind('/').map(|at| at + 1);
    let archive = name.rfind(WITHIN).map(|at| at + WITHIN.len());
    &name[..folder.max(archive).unwrap_or(0)]
}

impl Beside {
    /// Reads the exports among these files; `open` opens one. What cannot be opened will say so in its turn.
    pub fn among<F: Read>(files: &[String], open: impl Fn(&str) -> Result<F, String>) -> Beside {
        let routes = files.iter().filter(|name| may_be_route(name)).map(|name| plain(name)).collect();
        let mut beside = Beside::default();
        for name in files.iter().filter(|name| may_be_export(name)) {
            if let Some(export) = open(name).ok().and_then(Export::sniffed) {
                beside.add(name, export, &routes);
            }
        }
        beside
    }

    /// Takes an export of this name; `routes` are the names of those that will follow.
    pub fn add(&mut self, name: &str, mut export: Export, routes: &HashSet<String>) {
        let name = plain(name);
        let folder = folder_of(&name);
        let mut alone = Vec::new();
        for workout in std::mem::take(&mut export.workouts) {
            let mut own: Vec<String> = workout.routes.iter().map(|route| format!("{folder}{route}")).collect();
            own.retain(|route| routes.contains(route) && !self.by_route.contains_key(route));
            own.sort();
            own.dedup();
            if own.is_empty() {
                alone.push(workout);
                continue;
            }
            let missing = own.len();
            self.by_route.extend(own.into_iter().map(|route| (route, self.waiting.len())));
            self.waiting.push(Waiting { workout, routes: Vec::new(), damage: None, missing });
        }
        self.exports.insert(name, Export { workouts: alone, ..export });
    }

    /// What is to be shown in place of an export of this name.
    pub fn export(&mut self, name: &str) -> Option<Vec<Entry>> {
        let Export { workouts, broken } = self.exports.remove(&plain(name))?;
        let failed = broken.map(|reason| Entry::failed(name, ReadError::Xml { reason: reason.into() }));
        let workouts = Entry { name: name.into(), content: Content::Workouts(workouts) };
        Some(std::iter::once(workouts).chain(failed).collect())
    }

    /// What is to be shown in place of this entry: a route with its workout where it is one.
    pub fn joined(&mut self, entry: Entry) -> Vec<Entry> {
        let Some(at) = self.by_route.remove(&plain(&entry.name)) else { return vec![entry] };
        let Some(waiting) = self.waiting.get_mut(at) else { return vec![entry] };
        let name = entry.name.clone();
        let mut shown = Vec::new();
        match entry.content {
            Content::Bytes { bytes, damage } => {
                waiting.routes.push(bytes);
                waiting.damage = waiting.damage.or(damage);
            }
            _ => shown.push(entry),
        }
        waiting.missing -= 1;
        if waiting.missing == 0 {
            let (workout, routes) = (std::mem::take(&mut waiting.workout), std::mem::take(&mut waiting.routes));
            let content = Content::Routes { workout: Box::new(workout), routes, damage: waiting.damage };
            shown.push(Entry { name, content });
        }
        shown
    }
}

/// Exports have a name in the language of the phone, which ends alike in all.
pub fn may_be_export(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("xml"))
}
