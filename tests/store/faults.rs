//! The store on a disk that fails: every write, every flush and every removal of SQLite's fails once.

use super::{Season, text};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Stands between the program and the C library: counts what is done to the store's files and lets one of it fail.
const SHIM: &str = r#"
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long seen;

static int is_store(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return strstr(path, "store.sqlite") != NULL;
}

static int fails(void) {
    const char *at = getenv("FAULT_AT");
    long now = __sync_add_and_fetch(&seen, 1);
    if (!at || now != atol(at)) return 0;
    errno = now % 2 ? EIO : ENOSPC;
    return 1;
}

__attribute__((destructor)) static void say(void) {
    const char *path = getenv("FAULT_COUNT");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (file) { fprintf(file, "%ld", seen); fclose(file); }
}

#define ON_FD(type, name, parameters, arguments) \
    type name parameters { \
        static type (*real) parameters; \
        if (!real) real = (type (*) parameters) dlsym(RTLD_NEXT, #name); \
        if (is_store(fd) && fails()) return -1; \
        return real arguments; \
    }

ON_FD(ssize_t, write, (int fd, const void *bytes, size_t count), (fd, bytes, count))
ON_FD(ssize_t, pwrite, (int fd, const void *bytes, size_t count, off_t at), (fd, bytes, count, at))
ON_FD(ssize_t, pwrite64, (int fd, const void *bytes, size_t count, off64_t at), (fd, bytes, count, at))
ON_FD(int, fsync, (int fd), (fd))
ON_FD(int, fdatasync, (int fd), (fd))
ON_FD(int, ftruncate, (int fd, off_t length), (fd, length))
ON_FD(int, ftruncate64, (int fd, off64_t length), (fd, length))

int unlink(const char *path) {
    static int (*real)(const char *);
    if (!real) real = (int (*)(const char *)) dlsym(RTLD_NEXT, "unlink");
    if (strstr(path, "store.sqlite") && fails()) return -1;
    return real(path);
}
"#;

/// The shim built, where there is a C compiler; building freshlegs takes one.
fn shim(folder: &Path) -> Option<PathBuf> {
    let (source, library) = (folder.join("shim.c"), folder.join("shim.so"));
    fs::write(&source, SHIM).expect("a file");
    let built = Command::new("cc").args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).arg(&source).status();
    if !built.is_ok_and(|status| status.success()) {
        println!("skipped: no C compiler");
        return None;
    }
    Some(library)
}

/// The table of runs with the `at`-th of all that is done to the store failing, none of it for 0.
fn run(season: &Season, shim: &Path, at: usize) -> Output {
    let store = season.store();
    let mut command = season.command(&["runs", "--format=csv", "--store", &store.to_string_lossy()]);
    command.env("LD_PRELOAD", shim).env("FAULT_AT", at.to_string());
    command.env("FAULT_COUNT", season.folder.path().join("count"));
    command.output().expect("program")
}

fn count(season: &Season) -> usize {
    fs::read_to_string(season.folder.path().join("count")).expect("a count").parse().expect("a number")
}

fn remove_store(season: &Season) {
    for end in ["", "-wal", "-shm", "-journal"] {
        let _ = fs::remove_file(season.folder.path().join(format!("store.sqlite{end}")));
    }
}

// The answer is the same whatever fails, and the next run finds a store that serves or makes one.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[test]
fn everything_done_to_the_store_may_fail_once() {
    let season = Season::new("2026-04-13");
    let Some(shim) = shim(season.folder.path()) else { return };
    let plain = season.runs_without_store();
    assert_eq!(text(run(&season, &shim, 0)), plain);
    let first = count(&season);
    assert!(first > 10, "the shim saw {first}");
    // Once more with something to add to a store that is there.
    for is_new in [true, false] {
        let prepare = |what: usize| {
            remove_store(&season);
            if !is_new {
                assert_eq!(text(run(&season, &shim, 0)), plain);
                season.write("broken.gpx", format!("<gpx><trk>{what}").as_bytes());
            }
        };
        prepare(0);
        assert_eq!(text(run(&season, &shim, 0)), plain);
        let all = count(&season);
        for at in 1..=all {
            prepare(at);
            assert_eq!(text(run(&season, &shim, at)), plain, "fault {at} of {all}, new: {is_new}");
            let after = run(&season, &shim, 0);
            let says = String::from_utf8_lossy(&after.stderr).into_owned();
            assert!(!says.contains("is not used"), "fault {at} of {all}, new: {is_new}: {says}");
            assert_eq!(text(after), plain, "after fault {at} of {all}, new: {is_new}");
        }
        println!("{all} faults, new: {is_new}");
    }
}
