//! The SQLite file: opening, mending, reading and writing rows.

use super::key::Key;
use super::place::{APPLICATION_ID, Place};
use super::sealed::Sealed;
use crate::content::ContentHash;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OptionalExtension, Row, Statement, Transaction, TransactionBehavior, params};
use std::time::Duration;

/// Raised with every change of the tables; an older store is begun anew, a newer one left alone.
const SCHEMA_VERSION: i64 = 1;
const SCHEMA: &str = "
    CREATE TABLE content (
        hash BLOB NOT NULL, version INTEGER NOT NULL, value BLOB NOT NULL, seal BLOB NOT NULL, used INTEGER NOT NULL,
        PRIMARY KEY (hash, version));
    CREATE TABLE source (
        path TEXT NOT NULL, version INTEGER NOT NULL, size INTEGER NOT NULL, modified_ns INTEGER NOT NULL,
        value BLOB NOT NULL, seal BLOB NOT NULL, used INTEGER NOT NULL,
        PRIMARY KEY (path, version));";

/// Plans of earlier days. Made when the first one is kept, so that stores from before there were any stay what they are.
const PLANS: &str = "
    CREATE TABLE IF NOT EXISTS plan (
        owner TEXT NOT NULL, made TEXT NOT NULL, value BLOB NOT NULL, seal BLOB NOT NULL,
        PRIMARY KEY (owner, made))";

/// A table of values by a name each, of which only the latest are kept; made like the plans.
#[derive(Clone, Copy, Debug)]
pub(super) struct NamedValues {
    table: &'static str,
    name: &'static str,
}

/// Reports in folders.
pub(super) const REPORTS: NamedValues = NamedValues { table: "report", name: "folder" };
/// Answers to questions.
pub(super) const ANSWERS: NamedValues = NamedValues { table: "answer", name: "question" };

/// What was worked out for seasons.
pub(super) const MEMOS: NamedValues = NamedValues { table: "memo", name: "owner" };

/// Other processes write for a moment only.
const PATIENCE: Duration = Duration::from_secs(5);
/// SQLite does not wait for others when it changes to a write-ahead log.
const WAL_ATTEMPTS: u32 = 20;
const WAL_PAUSE: Duration = Duration::from_millis(10);

/// Why the store cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    #[error("{0}")]
    Sqlite(#[from] rusqlite::Error),
    #[error("{0}")]
    Folder(#[from] std::io::Error),
    #[error("it is not a store of freshlegs and was left alone")]
    Foreign,
    #[error("a newer version of this program keeps it")]
    Newer,
}

/// A kept value with the day on which it was last used.
#[derive(Debug)]
pub(super) struct StoredValue {
    pub value: Sealed,
    pub used: i64,
}

/// All that goes into one transaction.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub contents: Vec<(ContentHash, Sealed)>,
    pub sources: Vec<(Key, Sealed)>,
    /// Rows that were of use and whose day is to be set to today.
    pub used_contents: Vec<ContentHash>,
    pub used_sources: Vec<String>,
}

impl Batch {
    pub(super) fn is_empty(&self) -> bool {
        self.contents.is_empty()
            && self.sources.is_empty()
            && self.used_contents.is_empty()
            && self.used_sources.is_empty()
    }
}

#[derive(Debug)]
pub(super) struct Database {
    connection: Connection,
    /// Rows of other digest versions are not seen.
    version: u32,
}

impl Database {
    /// Opens the store or makes one; true where a damaged one was emptied for it.
    pub(super) fn open(place: &Place, version: u32) -> Result<(Database, bool), Trouble> {
        match Database::open_sound(place, version) {
            Ok(database) => Ok((database, false)),
            // The first connection is closed by now, as `is_ours` asks for.
            Err(trouble) if trouble.is_damage() && place.is_ours() => Ok((Database::anew(place, version)?, true)),
            Err(trouble) if trouble.is_damage() => Err(Trouble::Foreign),
            Err(trouble) => Err(trouble),
        }
    }

    /// Opens the store or makes one, if what is there is not damaged.
    pub(super) fn open_sound(place: &Place, version: u32) -> Result<Database, Trouble> {
        place.create_folder()?;
        let mut connection = connect(place)?;
        prepare(&mut connection)?;
        Ok(Database { connection, version })
    }

    /// Empties what is there, under SQLite's own locks: another process may be at it too.
    pub(super) fn anew(place: &Place, version: u32) -> Result<Database, Trouble> {
        let mut connection = connect(place)?;
        empty(&connection)?;
        prepare(&mut connection)?;
        Ok(Database { connection, version })
    }

    /// What is kept under each, in their order. Files are locked once for all of them.
    pub(super) fn contents(&self, hashes: &[ContentHash]) -> Result<Vec<Option<StoredValue>>, Trouble> {
        let sql = "SELECT value, seal, used FROM content WHERE hash = ?1 AND version = ?2";
        let at_once = self.connection.unchecked_transaction()?;
        let mut statement = at_once.prepare(sql)?;
        hashes.iter().map(|hash| row(&mut statement, params![hash.as_bytes(), self.version])).collect()
    }

    /// What is kept of each, in their order.
    pub(super) fn sources(&self, keys: &[&Key]) -> Result<Vec<Option<StoredValue>>, Trouble> {
        let sql = "SELECT value, seal, used FROM source
            WHERE path = ?1 AND version = ?2 AND size = ?3 AND modified_ns = ?4";
        let at_once = self.connection.unchecked_transaction()?;
        let mut statement = at_once.prepare(sql)?;
        let of = |key: &&Key| {
            let Ok(size) = i64::try_from(key.size) else { return Ok(None) };
            row(&mut statement, params![key.path, self.version, size, key.modified_ns])
        };
        keys.iter().map(of).collect()
    }

    /// All or nothing.
    pub(super) fn write(&mut self, batch: &Batch, today: i64) -> Result<(), Trouble> {
        let version = self.version;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        write_rows(&transaction, batch, version, today)?;
        Ok(transaction.commit()?)
    }

    /// The plans of an owner with the days they were made on, oldest first.
    pub(super) fn plans(&self, owner: &str) -> Result<Vec<(String, Sealed)>, Trouble> {
        if !self.has_table("plan")? {
            return Ok(Vec::new());
        }
        let sql = "SELECT made, value, seal FROM plan WHERE owner = ?1 ORDER BY made";
        let mut statement = self.connection.prepare(sql)?;
        let kept = |row: &Row| Ok((row.get(0).unwrap_or_default(), sealed(row, 1)));
        Ok(statement.query_map([owner], kept)?.collect::<Result<_, _>>()?)
    }

    /// Keeps a plan in place of another one of its owner and day, and only so many of the latest.
    pub(super) fn keep_plan(&mut self, owner: &str, made: &str, plan: &Sealed, most: usize) -> Result<(), Trouble> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(PLANS)?;
        let insert = "INSERT OR REPLACE INTO plan VALUES (?1, ?2, ?3, ?4)";
        transaction.execute(insert, params![owner, made, plan.bytes, plan.seal])?;
        let older = "DELETE FROM plan WHERE owner = ?1 AND made NOT IN
            (SELECT made FROM plan WHERE owner = ?1 ORDER BY made DESC LIMIT ?2)";
        transaction.execute(older, params![owner, most as i64])?;
        Ok(transaction.commit()?)
    }

    /// What is kept under a name.
    pub(super) fn named(&self, of: NamedValues, name: &str) -> Result<Option<Sealed>, Trouble> {
        let NamedValues { table, name: column } = of;
        if !self.has_table(table)? {
            return Ok(None);
        }
        let sql = format!("SELECT value, seal FROM {table} WHERE {column} = ?1");
        Ok(self.connection.query_row(&sql, [name], |row| Ok(sealed(row, 0))).optional()?)
    }

    /// Keeps a value in place of the one before, and of the latest only so many and so many bytes.
    pub(super) fn keep_named(
        &mut self,
        of: NamedValues,
        name: &str,
        value: &Sealed,
        (most, most_bytes): (usize, usize),
    ) -> Result<(), Trouble> {
        let NamedValues { table, name: column } = of;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(&format!(
            "CREATE TABLE IF NOT EXISTS {table}
                ({column} TEXT NOT NULL PRIMARY KEY, value BLOB NOT NULL, seal BLOB NOT NULL)"
        ))?;
        let insert = format!("INSERT OR REPLACE INTO {table} VALUES (?1, ?2, ?3)");
        transaction.execute(&insert, params![name, value.bytes, value.seal])?;
        let older = format!(
            "DELETE FROM {table} WHERE rowid NOT IN (SELECT rowid FROM
                (SELECT rowid, sum(length(value)) OVER (ORDER BY rowid DESC) AS bytes FROM {table}
                    ORDER BY rowid DESC LIMIT ?1)
                WHERE bytes <= ?2)"
        );
        transaction.execute(&older, [most as i64, i64::try_from(most_bytes).unwrap_or(i64::MAX)])?;
        Ok(transaction.commit()?)
    }

    fn has_table(&self, name: &str) -> Result<bool, Trouble> {
        let sql = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?1";
        Ok(self.connection.query_row(sql, [name], |row| row.get::<_, i64>(0))? > 0)
    }

    /// Removes what was not used since a day, if there is more than `limit` bytes.
    pub(super) fn prune(&mut self, limit: i64, before: i64) -> Result<(), Trouble> {
        let pragma = |name: &str| self.connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
        let pages = pragma("page_count")? - pragma("freelist_count")?;
        if pages * pragma("page_size")? <= limit {
            return Ok(());
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute("DELETE FROM source WHERE used < ?1", [before])?;
        transaction.execute("DELETE FROM content WHERE used < ?1", [before])?;
        transaction.commit()?;
        Ok(self.connection.execute_batch("PRAGMA incremental_vacuum")?)
    }

    pub(super) fn version(&self) -> u32 {
        self.version
    }

    #[cfg(test)]
    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }
}

impl Trouble {
    /// True where the file's content is wrong; false where it cannot be got at.
    pub(super) fn is_damage(&self) -> bool {
        // `Unknown` is an error in a statement: ours are right, so it is a table that is missing or another.
        let damage = [ErrorCode::DatabaseCorrupt, ErrorCode::NotADatabase, ErrorCode::Unknown];
        let Trouble::Sqlite(error) = self else { return false };
        let ends_early = error.sqlite_extended_error_code() == Some(rusqlite::ffi::SQLITE_IOERR_SHORT_READ);
        ends_early || error.sqlite_error_code().is_some_and(|code| damage.contains(&code))
    }
}

/// The value that begins in this column. A column of a wrong type is a damaged row: no row at all, and written over the next
/// time.
fn sealed(row: &Row, from: usize) -> Sealed {
    Sealed { bytes: row.get(from).unwrap_or_default(), seal: row.get(from + 1).unwrap_or_default() }
}

fn row(statement: &mut Statement, parameters: &[&dyn rusqlite::ToSql]) -> Result<Option<StoredValue>, Trouble> {
    let kept = |row: &Row| Ok(StoredValue { value: sealed(row, 0), used: row.get(2).unwrap_or_default() });
    Ok(statement.query_row(parameters, kept).optional()?)
}

fn connect(place: &Place) -> Result<Connection, Trouble> {
    let connection = Connection::open(place.path())?;
    connection.busy_timeout(PATIENCE)?;
    // What a damaged file says must not run as code, and is looked at more closely.
    connection.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;")?;
    Ok(connection)
}

/// Makes sure that this is a store, and makes one of an empty file.
fn prepare(connection: &mut Connection) -> Result<(), Trouble> {
    if !is_store(&connection.transaction()?)? {
        // Only possible before the first page is written.
        connection.execute_batch("PRAGMA auto_vacuum = INCREMENTAL")?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have been faster.
        if !is_store(&transaction)? {
            transaction.execute_batch(SCHEMA)?;
            transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
            transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
        }
        transaction.commit()?;
    }
    write_ahead(connection);
    // Safe for the file with a write-ahead log; the last runs before a power cut may have to be read again.
    Ok(connection.execute_batch("PRAGMA synchronous = NORMAL")?)
}

/// True for a store of ours, false for an empty database, an error for anything else.
///
/// All in one transaction: another process may be making the store at this moment.
fn is_store(transaction: &Transaction) -> Result<bool, Trouble> {
    let pragma = |name: &str| transaction.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let (owner, schema) = (pragma("application_id")?, pragma("user_version")?);
    let tables: i64 = transaction.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    match (owner, schema) {
        (0, 0) if tables == 0 => Ok(false),
        (owner, SCHEMA_VERSION) if owner == i64::from(APPLICATION_ID) => Ok(true),
        (owner, schema) if owner == i64::from(APPLICATION_ID) && schema > SCHEMA_VERSION => Err(Trouble::Newer),
        // Not as it should be; whether it may be emptied depends on whose it is.
        _ => Err(Trouble::Sqlite(rusqlite::Error::SqliteFailure(
            rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_NOTADB),
            None,
        ))),
    }
}

/// Readers and the writer do not wait for each other. Where that cannot be had, the store works all the same.
fn write_ahead(connection: &Connection) {
    for _ in 0..WAL_ATTEMPTS {
        let mode = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get::<_, String>(0));
        match mode {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => std::thread::sleep(WAL_PAUSE),
            _ => return,
        }
    }
}

/// SQLite's own way to empty a file of which it can make nothing.
fn empty(connection: &Connection) -> Result<(), Trouble> {
    // Makes it look at the file first, so that it keeps the journal it has.
    let _ = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_RESET_DATABASE, true)?;
    let emptied = connection.execute_batch("VACUUM");
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_RESET_DATABASE, false)?;
    Ok(emptied?)
}

fn write_rows(transaction: &Transaction, batch: &Batch, version: u32, today: i64) -> Result<(), Trouble> {
    let mut insert = transaction.prepare("INSERT OR REPLACE INTO content VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for (hash, value) in &batch.contents {
        insert.execute(params![hash.as_bytes(), version, value.bytes, value.seal, today])?;
    }
    let mut insert = transaction.prepare("INSERT OR REPLACE INTO source VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
    for (key, value) in &batch.sources {
        let Ok(size) = i64::try_from(key.size) else { continue };
        insert.execute(params![key.path, version, size, key.modified_ns, value.bytes, value.seal, today])?;
    }
    let mut update = transaction.prepare("UPDATE content SET used = ?3 WHERE hash = ?1 AND version = ?2")?;
    for hash in &batch.used_contents {
        update.execute(params![hash.as_bytes(), version, today])?;
    }
    let mut update = transaction.prepare("UPDATE source SET used = ?3 WHERE path = ?1 AND version = ?2")?;
    for path in &batch.used_sources {
        update.execute(params![path, version, today])?;
    }
    Ok(())
}
