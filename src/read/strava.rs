//! Strava's `activities.csv`: names and types of the activities beside it.
//!
//! Its headers and types are in the athlete's language, its columns change with the years and some headers occur twice.
//! So a column is told by what stands in it, and its header only helps where that leaves a choice.

mod words;

use super::{Limits, ReadError, sport, xml};
use crate::activity::{Flag, Sport, SubSport};
use crate::shown::Text;
use csv::StringRecord;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};
use words::{
    COMPETITION_WORDS, EXERTION_WORDS, FILE_WORDS, LONG_RUN_WORDS, NAME_WORDS, RECOVERY_WORDS, TEMPERATURE_WORDS,
    TYPE_WORDS,
};

/// What the list is called in every language.
pub const FILE_NAME: &str = "activities.csv";
/// The folder beside it, in which the files lie.
pub const FOLDER: &str = "activities";

/// What the list says of one activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Its title.
    pub name: Option<Text>,
    /// `Unknown` where the list has no types.
    pub sport: Sport,
    /// How or where it was done.
    pub sub_sport: SubSport,
    /// What the runner marked it as.
    pub flag: Option<Flag>,
    /// Perceived exertion, 1..=10.
    pub rpe: Option<u8>,
    /// Air temperature by the service's weather, whole °C.
    pub air_c: Option<i16>,
}

/// The list. Activities are found by where their file lies, seen from the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    activities: HashMap<String, Listed>,
    /// The key of every file by its name alone, where no other file has that name.
    by_name: HashMap<String, String>,
}

/// True for the path of a file that may be such a list.
pub fn is_listing(path: &str) -> bool {
    let name = path.rsplit(['/', '\\', ' ']).next();
    name.is_some_and(|name| name.eq_ignore_ascii_case(FILE_NAME))
}

impl Listing {
    /// Reads the list; `None` if it does not list files of activities.
    ///
    /// # Errors
    /// For one with more cells than the limits allow.
    pub fn parse(bytes: &[u8], limits: &Limits) -> Result<Option<Listing>, ReadError> {
        let table = Table::parse(&xml::decode(bytes), limits)?;
        let Some(files) = table.files() else { return Ok(None) };
        let types = table.types(files);
        let names = table.names(files, types);
        let told = ToldColumns::in_table(&table);
        let activities = table.rows.iter().filter_map(|row| {
            let cell = |column: Option<usize>| column.and_then(|c| row.get(c)).filter(|text| !text.is_empty());
            let (sport, sub_sport) = cell(types).map(sport::by_name).unwrap_or_default();
            let name = cell(names).and_then(Text::filled);
            let number = |column: Option<usize>| cell(column).and_then(xml::number);
            let listed = Listed {
                name,
                sport,
                sub_sport,
                flag: told.flag(|column| cell(Some(column)).is_some_and(is_yes)),
                rpe: number(told.rpe).filter(|rpe| (1.0..=10.0).contains(rpe)).map(|rpe| rpe.round() as u8),
                air_c: number(told.air_c).filter(|c| (-60.0..=60.0).contains(c)).map(|c| c.round() as i16),
            };
            Some((key(cell(Some(files))?), listed))
        });
        let activities: HashMap<String, Listed> = activities.collect();
        Ok(Some(Listing { by_name: by_name(&activities), activities }))
    }

    /// What the list at `list_path` says of the file at `file_path`; both may lie in the same archive. A file that was
    /// moved to another folder below the list is known by its name.
    pub fn of(&self, list_path: &str, file_path: &str) -> Option<&Listed> {
        let folder = &list_path[..list_path.len().checked_sub(FILE_NAME.len())?];
        let key = key(file_path.strip_prefix(folder)?);
        self.activities.get(&key).or_else(|| self.activities.get(self.by_name.get(name_of(&key))?))
    }

    /// Activities in the list.
    pub fn len(&self) -> usize {
        self.activities.len()
    }

    /// True of a list without activities.
    pub fn is_empty(&self) -> bool {
        self.activities.is_empty()
    }
}

/// Columns of what the runner and the weather said; what stands in them looks like so many others that their headers
/// decide.
struct ToldColumns {
    flags: Vec<(usize, Flag)>,
    rpe: Option<usize>,
    air_c: Option<usize>,
}

impl ToldColumns {
    fn in_table(table: &Table) -> ToldColumns {
        let column = |words: &[&str]| {
            let is = |header: &str| words.contains(&header.trim().to_lowercase().as_str());
            table.headers.iter().position(is)
        };
        let flags =
            [(COMPETITION_WORDS, Flag::Competition), (LONG_RUN_WORDS, Flag::LongRun), (RECOVERY_WORDS, Flag::Recovery)];
        ToldColumns {
            flags: flags.into_iter().filter_map(|(words, flag)| Some((column(words)?, flag))).collect(),
            rpe: column(EXERTION_WORDS),
            air_c: column(TEMPERATURE_WORDS),
        }
    }

    fn flag(&self, is_set: impl Fn(usize) -> bool) -> Option<Flag> {
        self.flags.iter().find(|(column, _)| is_set(*column)).map(|(_, flag)| *flag)
    }
}

/// True for a flag that is set: `1.0`, `true`.
fn is_yes(cell: &str) -> bool {
    xml::number(cell).is_some_and(|n| n > 0.0) || matches!(cell.to_lowercase().as_str(), "true" | "yes" | "wahr" | "ja")
}

/// The same for a file however its path is written and whether it was unpacked since or not.
fn key(path: &str) -> String {
    let path = path.trim().replace('\\', "/");
    let path = path.strip_prefix("./").unwrap_or(&path);
    path.strip_suffix(".gz").unwrap_or(path).to_owned()
}

/// The last part of a key.
fn name_of(key: &str) -> &str {
    key.rsplit(['/', '›']).next().unwrap_or(key).trim_start()
}

fn by_name(activities: &HashMap<String, Listed>) -> HashMap<String, String> {
    let mut keys: HashMap<&str, Option<&String>> = HashMap::new();
    for key in activities.keys() {
        keys.entry(name_of(key)).and_modify(|known| *known = None).or_insert(Some(key));
    }
    keys.into_iter().filter_map(|(name, key)| Some((name.to_owned(), key?.clone()))).collect()
}

struct Table {
    headers: StringRecord,
    rows: Vec<StringRecord>,
}

impl Table {
    fn parse(text: &str, limits: &Limits) -> Result<Table, ReadError> {
        // A spreadsheet writes it back with semicolons in some countries, or with tabs.
        let head = text.lines().next().unwrap_or("");
        let count = |mark: char| head.matches(mark).count();
        let delimiter =
            [',', ';', '\t'].into_iter().rev().max_by_key(|mark| count(*mark)).map_or(b',', |mark| mark as u8);
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(false)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let mut records = reader.records().flatten();
        let mut table = Table { headers: records.next().unwrap_or_default(), rows: Vec::new() };
        // Every column is looked through in every row, be it there or not.
        let mut columns = table.headers.len();
        for row in records {
            columns = columns.max(row.len());
            table.rows.push(row);
            if columns.saturating_mul(table.rows.len()) > limits.list_cells {
                return Err(ReadError::TooManyCells { limit: limits.list_cells });
            }
        }
        Ok(table)
    }

    /// The cells of a column that hold something.
    fn cells(&self, column: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().filter_map(move |row| row.get(column)).filter(|cell| !cell.is_empty())
    }

    /// Share of the filled cells that are so, 0..=1; 0 for an empty column.
    fn share(&self, column: usize, is: impl Fn(&str) -> bool) -> f64 {
        let (filled, fitting) =
            self.cells(column).fold((0, 0), |(filled, fitting), cell| (filled + 1, fitting + u32::from(is(cell))));
        if filled == 0 { 0.0 } else { f64::from(fitting) / f64::from(filled) }
    }

    fn different_cells(&self, column: usize) -> usize {
        self.cells(column).collect::<BTreeSet<_>>().len()
    }

    fn header_says(&self, column: usize, words: &[&str]) -> bool {
        let header = self.headers.get(column).map(|header| header.to_lowercase()).unwrap_or_default();
        words.iter().any(|word| header.contains(word))
    }

    /// The column of files: `activities/123.fit.gz`. Without the folder titles can look so too.
    fn files(&self) -> Option<usize> {
        let is_in_folder = |cell: &str| cell.split(['/', '\\']).rev().skip(1).any(|part| part == FOLDER);
        let find = |is: &dyn Fn(&str) -> bool| {
            let fitting = (0..self.headers.len()).filter(|c| self.share(*c, is) > 0.5);
            fitting.min_by_key(|c| !self.header_says(*c, FILE_WORDS))
        };
        find(&is_in_folder).or_else(|| find(&is_activity_file))
    }

    /// The column whose cells name sports. Titles do so too ("Morning Run"), but types are fewer and shorter.
    fn types(&self, files: usize) -> Option<usize> {
        let is_sport = |cell: &str| sport::by_name(cell).0 != Sport::Unknown;
        let is_word = |cell: &str| !cell.chars().any(|c| c.is_ascii_digit());
        let says_type = |c: usize| self.header_says(c, TYPE_WORDS);
        let fits = |c: &usize| {
            let sports = self.share(*c, is_sport);
            *c != files && self.share(*c, is_word) > 0.9 && (sports > 0.5 || sports > 0.0 && says_type(*c))
        };
        let length = |c: usize| self.cells(c).map(str::len).sum::<usize>();
        (0..self.headers.len()).filter(fits).min_by_key(|c| (!says_type(*c), self.different_cells(*c), length(*c)))
    }

    /// The column of titles: words in nearly every row, and hardly two rows alike.
    fn names(&self, files: usize, types: Option<usize>) -> Option<usize> {
        let says_name = |c: usize| self.header_says(c, NAME_WORDS);
        let is_words = |cell: &str| cell.chars().any(char::is_alphabetic) && !is_date(cell);
        let is_filled = |c: usize| 10 * self.cells(c).count() >= 9 * self.rows.len();
        let fits = |c: &usize| {
            let reads_so = says_name(*c) && self.share(*c, |cell| xml::number(cell).is_none()) > 0.5
                || self.share(*c, is_words) > 0.9;
            *c != files && Some(*c) != types && is_filled(*c) && reads_so
        };
        (0..self.headers.len()).filter(fits).max_by_key(|c| (says_name(*c), self.different_cells(*c)))
    }
}

/// True for a name that ends like those of files this program reads.
fn is_activity_file(cell: &str) -> bool {
    let name = cell.to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    [".fit", ".gpx", ".tcx"].iter().any(|extension| name.ends_with(extension))
}

/// `Sep 12, 2018, 3:02:23 PM` or `09.12.2022, 15:24:49`.
fn is_date(cell: &str) -> bool {
    cell.contains(':') && cell.chars().filter(char::is_ascii_digit).count() >= 7
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(bytes: &[u8]) -> Option<Listing> {
        Listing::parse(bytes, &Limits::USUAL).unwrap()
    }

    fn listed(csv: &str, file: &str) -> Listed {
        parse(csv.as_bytes()).unwrap().of("x/activities.csv", &format!("x/{file}")).unwrap().clone()
    }

    fn is(name: &str, sport: Sport, sub_sport: SubSport) -> Listed {
        Listed { name: Some(name.into()), sport, sub_sport, flag: None, rpe: None, air_c: None }
    }

    const ENGLISH: &str = "\
Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Max Heart Rate,Relative Effort,Commute,Activity Gear,Filename,Elapsed Time,Distance,Type,Media
1,\"Sep 12, 2018, 3:02:23 PM\",Evening Run,Run,\"easy, with
a friend\",1800,5.00,160,20,false,Shoes,activities/1.fit.gz,1800.0,5000.0,,media/a.jpg
2,\"Sep 13, 2018, 3:02:23 PM\",Evening Ride,Ride,,1800,15.00,150,20,false,Bike,activities/2.gpx,1800.0,15000.0,,
3,\"Sep 14, 2018, 3:02:23 PM\",\"Hills, \"\"fun\"\"\",Trail Run,,1800,5.00,160,20,false,Shoes,activities/3.tcx.gz,1800.0,5000.0,,
4,\"Sep 15, 2018, 3:02:23 PM\",Gym,Weight Training,,1800,0,120,20,false,,,1800.0,0,,
";

    const GERMAN: &str = "\
Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Aktivitätsbeschreibung,Verstrichene Zeit,Distanz,Max. Herzfrequenz,Pendeln,Dateiname,Sportlergewicht,Verstrichene Zeit,Distanz,Anzahl Läufe,Art,Startzeit
1,\"09.12.2022, 15:24:49\",2022-12-09 16:24,Lauf,,1800,\"5,00\",160,false,activities/1.fit.gz,70,1800.0,5000.0,,,
2,\"10.12.2022, 15:24:49\",Radfahrt am Abend,Radfahrt,,1800,\"15,00\",150,false,activities/2.gpx.gz,70,1800.0,15000.0,,,
3,\"11.12.2022, 15:24:49\",Loipe,Skilanglauf,,1800,\"5,00\",160,false,activities/3.fit.gz,70,1800.0,5000.0,,,
4,\"12.12.2022, 15:24:49\",Morgenlauf,Lauf,,1800,\"5,00\",160,false,activities/4.fit.gz,70,1800.0,5000.0,,,
";

    #[test]
    fn flags_effort_and_weather() {
        let english = "Activity Name,Activity Type,Filename,Perceived Exertion,Prefer Perceived Exertion,Weather Temperature,\
                       Recovery,With Pet,Competition,Long Run\n\
                       A,Run,activities/1.gpx,3.0,1.0,23.6,1.0,0.0,0.0,0.0\n\
                       B,Run,activities/2.gpx,9.0,,-4.2,0.0,,1.0,0.0\n\
                       C,Run,activities/3.gpx,,,,,,,\n";
        let told = |n: u32| {
            let Listed { flag, rpe, air_c, .. } = listed(english, &format!("activities/{n}.gpx"));
            (flag, rpe, air_c)
        };
        assert_eq!(told(1), (Some(Flag::Recovery), Some(3), Some(24)));
        assert_eq!(told(2), (Some(Flag::Competition), Some(9), Some(-4)));
        assert_eq!(told(3), (None, None, None));
        let german = "Name der Aktivität,Aktivitätsart,Dateiname,Gefühlte Anstrengung,Wetter: Temperatur,Langer Lauf\n\
                      A,Lauf,activities/1.gpx,\"4,0\",\"18,5\",\"1,0\"\n";
        let Listed { flag, rpe, air_c, .. } = listed(german, "activities/1.gpx");
        assert_eq!((flag, rpe, air_c), (Some(Flag::LongRun), Some(4), Some(19)));
    }

    #[test]
    fn english() {
        assert_eq!(listed(ENGLISH, "activities/1.fit.gz"), is("Evening Run", Sport::Running, SubSport::Generic));
        assert_eq!(listed(ENGLISH, "activities/2.gpx"), is("Evening Ride", Sport::Cycling, SubSport::Generic));
        assert_eq!(listed(ENGLISH, "activities/3.tcx"), is("Hills, \"fun\"", Sport::Running, SubSport::Trail));
        assert_eq!(parse(ENGLISH.as_bytes()).unwrap().len(), 3);
    }

    #[test]
    fn german_with_headers_twice() {
        assert_eq!(listed(GERMAN, "activities/1.fit.gz"), is("2022-12-09 16:24", Sport::Running, SubSport::Generic));
        assert_eq!(listed(GERMAN, "activities/2.gpx.gz"), is("Radfahrt am Abend", Sport::Cycling, SubSport::Generic));
        assert_eq!(listed(GERMAN, "activities/3.fit.gz"), is("Loipe", Sport::Other, SubSport::Generic));
    }

    #[test]
    fn columns_in_any_order_under_any_header() {
        for (csv, name) in [(ENGLISH, "Evening Run"), (GERMAN, "2022-12-09 16:24")] {
            let mut rows: Vec<Vec<String>> = csv::ReaderBuilder::new()
                .has_headers(false)
                .from_reader(csv.as_bytes())
                .records()
                .map(|row| row.unwrap().iter().map(str::to_owned).collect())
                .collect();
            rows.iter_mut().for_each(|row| row.reverse());
            let written = |rows: &[Vec<String>]| {
                let mut writer = csv::Writer::from_writer(Vec::new());
                rows.iter().for_each(|row| writer.write_record(row).unwrap());
                String::from_utf8(writer.into_inner().unwrap()).unwrap()
            };
            let shuffled = listed(&written(&rows), "activities/1.fit.gz");
            assert_eq!(shuffled, is(name, Sport::Running, SubSport::Generic));
            // In a language that nobody thought of, titles of digits could be anything.
            rows[0].iter_mut().for_each(|header| *header = "ẅ".into());
            assert_eq!(listed(&written(&rows), "activities/1.fit.gz").sport, Sport::Running);
            assert_eq!(listed(&written(&rows[..]), "activities/2.gpx").sport, Sport::Cycling);
        }
    }

    #[test]
    fn old_and_short_lists() {
        let old = "id,date,name,type,description,elapsed_time,distance,commute,gear,filename\n\
                   7,2018-09-12 15:02:23,Morning Run,Run,,783,3681.0,true,,activities/7.gpx\n";
        assert_eq!(listed(old, "activities/7.gpx"), is("Morning Run", Sport::Running, SubSport::Generic));
        let semicolons = old.replace(',', ";");
        assert_eq!(listed(&semicolons, "activities\\7.gpx.gz"), is("Morning Run", Sport::Running, SubSport::Generic));
        let french = "Date de l'activité,Nom de l'activité,Type d'activité,Nom du fichier,Nombre de courses\n\
                      \"8 sept. 2023, 16:02:23\",Footing,Course à pied,activities/7.fit.gz,3\n\
                      \"9 sept. 2023, 16:02:23\",Balade,Marche,activities/8.fit.gz,3\n";
        assert_eq!(listed(french, "activities/7.fit"), is("Footing", Sport::Running, SubSport::Generic));
        assert_eq!(listed(french, "activities/8.fit"), is("Balade", Sport::Walking, SubSport::Generic));
    }

    #[test]
    fn a_list_whose_words_are_half_known() {
        let czech = "ID aktivity,Datum aktivity,Název aktivity,Typ aktivity,Název souboru\n\
                     1,\"1. 5. 2024, 6:02:23\",Ráno,Běh,activities/1.fit.gz\n\
                     2,\"2. 5. 2024, 6:02:23\",Večer,Cyklistika,activities/2.fit.gz\n\
                     3,\"3. 5. 2024, 6:02:23\",Poledne,Cvičení,activities/3.fit.gz\n";
        let sports = [1, 2, 3].map(|n| listed(czech, &format!("activities/{n}.fit.gz")).sport);
        assert_eq!(sports, [Sport::Running, Sport::Cycling, Sport::Unknown]);
    }

    #[test]
    fn files_in_other_folders_are_known_by_their_names() {
        for (cell, path) in [
            ("1.gpx.gz", "1.gpx"),
            ("1.gpx.gz", "activities/1.gpx.gz"),
            ("./activities/1.gpx", "activities/1.gpx"),
            ("export_9/activities/1.gpx", "activities/1.gpx.gz"),
            ("activities/1.gpx", "1.gpx"),
            ("activities/1.gpx", "activities.zip › 1.gpx"),
            ("1.FIT", "2024/1.FIT"),
        ] {
            let list = format!("date,name,type,filename\n2018-09-12,Round.gpx,Run,{cell}\n");
            assert_eq!(listed(&list, path), is("Round.gpx", Sport::Running, SubSport::Generic), "{cell} {path}");
            assert_eq!(listed(&list.replace(',', "\t"), path).sport, Sport::Running, "{cell} {path}");
        }
    }

    #[test]
    fn of_two_files_of_one_name_the_path_decides() {
        let list = "name,type,filename\nA,Run,a/1.gpx\nB,Ride,b/1.gpx\n";
        assert_eq!(listed(list, "b/1.gpx").sport, Sport::Cycling);
        let listing = parse(list.as_bytes()).unwrap();
        assert_eq!(listing.of("x/activities.csv", "x/1.gpx"), None);
        assert_eq!(listing.of("x/activities.csv", "y/a/1.gpx"), None);
    }

    #[test]
    fn other_tables_and_other_places_are_nothing() {
        assert_eq!(parse(b"a,b\n1,2\n"), None);
        assert_eq!(parse(b""), None);
        assert_eq!(parse(&[0xff, 0xfe, 0, 1, 2, 3]), None);
        let listing = parse(ENGLISH.as_bytes()).unwrap();
        assert!(listing.of("x/activities.csv", "y/activities/1.fit.gz").is_none());
        assert!(listing.of("activities.csv", "activities/1.fit.gz").is_some());
        assert!(listing.of("e.zip › activities.csv", "e.zip › activities/1.fit.gz").is_some());
        assert!(listing.of("csv", "activities/1.fit.gz").is_none());
        assert!(
            is_listing("e.zip › activities.csv") && is_listing("x/Activities.CSV") && !is_listing("my_activities.csv")
        );
    }

    #[test]
    fn lists_of_more_cells_than_anyone_has_are_refused() {
        let limits = Limits { list_cells: 1000, ..Limits::USUAL };
        let wide = format!("name,type,filename{}\nA,Run,activities/1.gpx\n", ",".repeat(990));
        let long = format!("name,type,filename\n{}", "A,Run,activities/1.gpx\n".repeat(330));
        assert!(Listing::parse(wide.as_bytes(), &limits).is_ok() && Listing::parse(long.as_bytes(), &limits).is_ok());
        // Columns that only the first row has are looked through in every row.
        for list in [wide + "B,Run,activities/2.gpx", long + &"A,Run,activities/1.gpx\n".repeat(4)] {
            let refused = Listing::parse(list.as_bytes(), &limits);
            assert_eq!(refused, Err(ReadError::TooManyCells { limit: 1000 }));
        }
    }
}
