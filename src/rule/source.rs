//! Where a criterion or a limit comes from.

use serde::Serialize;
use std::fmt;

/// An article, a book, a paper, or the project itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Lister, "Perfect Recovery Run".
    PerfectRecoveryRun,
    /// Russell, Kwok and Gabb, "Best gentle recovery sessions".
    GentleSessions,
    /// Friel, The Triathlete's Training Bible.
    Friel,
    /// Pfitzinger & Douglas, Advanced Marathoning.
    Pfitzinger,
    /// Daniels, Daniels' Running Formula.
    Daniels,
    /// Maffetone, The Maffetone Method.
    Maffetone,
    /// Seiler, Haugen & Kuffel 2007, Med Sci Sports Exerc 39:1366.
    Seiler2007,
    /// Stanley, Peake & Buchheit 2013, Sports Med 43:1259.
    Stanley2013,
    /// Riegel 1981, Am Sci 69:285.
    Riegel1981,
    /// Own choice, tried on seasons whose runners had said what each run was for.
    OwnChoice,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Source::PerfectRecoveryRun => "Lister, Perfect Recovery Run",
            Source::GentleSessions => "Russell, Kwok & Gabb, Best gentle recovery sessions",
            Source::Friel => "Friel, The Triathlete's Training Bible",
            Source::Pfitzinger => "Pfitzinger & Douglas, Advanced Marathoning",
            Source::Daniels => "Daniels, Daniels' Running Formula",
            Source::Maffetone => "Maffetone, The Maffetone Method",
            Source::Seiler2007 => "Seiler et al. 2007, Med Sci Sports Exerc 39:1366",
            Source::Stanley2013 => "Stanley et al. 2013, Sports Med 43:1259",
            Source::Riegel1981 => "Riegel 1981, Am Sci 69:285",
            Source::OwnChoice => "own choice, tried on real seasons",
        })
    }
}
