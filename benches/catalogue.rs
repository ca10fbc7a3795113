//! What the groups in memory cost: searching, leafing, changing one group, building, and the memory they take; and what it
//! costs to draw a page of them.
//!
//! `cargo bench --bench catalogue` measures; `docs/performance.md` says what came out on which machine.

#![allow(missing_docs)]

#[path = "../tests/it/support/many.rs"]
mod many;

use std::{collections::HashSet, env, fs, hint::black_box, process::Command};

use criterion::{BatchSize, BenchmarkId, Criterion};
use many::Company;
use roster::{
    domain::ids::GroupId,
    features::groups::samples,
    store::catalogue::{Entry, Place, Search, Snapshot},
};

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];
/// What is typed, by what it finds.
const TYPED: [(&str, &str); 7] = [
    ("all groups", ""),
    ("whole word", "finance"),
    ("beginning", "finan"),
    ("three words", "finance planning team"),
    ("one letter", "f"),
    ("mistyped", "finanec planning"),
    ("nothing", "xylophonequx"),
];

fn main() {
    if let Some(part) = env::args().find_map(|arg| arg.strip_prefix("--memory-of-one-in=")?.parse().ok()) {
        return memory(part);
    }
    memory_in_fresh_processes();
    quality();
    let mut criterion = Criterion::default().configure_from_args();
    for size in SIZES {
        let groups = Company::new(7).groups(size);
        let snapshot = Snapshot::new(groups.clone(), 1);
        search(&mut criterion, &snapshot, &groups);
        change(&mut criterion, &snapshot, &groups);
    }
    draw(&mut criterion);
    criterion.final_summary();
}

fn search(criterion: &mut Criterion, snapshot: &Snapshot, groups: &[Entry]) {
    let mine: HashSet<GroupId> = groups.iter().take(30).map(|entry| entry.group.id).collect();
    let mut bench = criterion.benchmark_group("search");
    for (what, words) in TYPED {
        let search = Search { words, mine: Some(&mine), ..Search::default() };
        bench.bench_function(BenchmarkId::new(what, groups.len()), |bencher| {
            bencher.iter(|| snapshot.search(black_box(&search), &Place::Start, 20));
        });
    }
    let search = Search { mine: Some(&mine), ..Search::default() };
    let deep = snapshot.search(&search, &Place::Start, groups.len() * 9 / 10).next.unwrap_or_default();
    bench.bench_function(BenchmarkId::new("page near the end", groups.len()), |bencher| {
        bencher.iter(|| snapshot.search(black_box(&search), &deep, 20));
    });
    bench.finish();
}

/// One group gets another name, or its designation changes; and everything is built anew.
fn change(criterion: &mut Criterion, snapshot: &Snapshot, groups: &[Entry]) {
    let mut bench = criterion.benchmark_group("change");
    let one = &groups[groups.len() / 2];
    let mut group = one.group.clone();
    group.name.push_str(" Renamed");
    let renamed = Entry::new(group, one.owners.clone(), None, false);
    bench.bench_function(BenchmarkId::new("one group", groups.len()), |bencher| {
        bencher.iter_batched(
            || vec![renamed.clone()],
            |changed| snapshot.with(changed, vec![], 2),
            BatchSize::LargeInput,
        );
    });
    bench.bench_function(BenchmarkId::new("one designation", groups.len()), |bencher| {
        bencher.iter_batched(
            || one.designation.clone().into_iter().collect(),
            |changed| snapshot.with(vec![], changed, 2),
            BatchSize::LargeInput,
        );
    });
    bench.sample_size(10);
    bench.bench_function(BenchmarkId::new("everything", groups.len()), |bencher| {
        bencher.iter_batched(|| groups.to_vec(), |groups| Snapshot::new(groups, 1), BatchSize::PerIteration);
    });
    bench.finish();
}

fn draw(criterion: &mut Criterion) {
    let draw = samples::drawing(&Snapshot::new(Company::new(7).groups(1_000), 1));
    criterion.bench_function("draw a page of 20 groups", |bencher| bencher.iter(&draw));
}

/// Measures the memory in processes that have done nothing else: what was freed before would be taken again unseen.
fn memory_in_fresh_processes() {
    for part in [1, 20] {
        let program = env::current_exe().unwrap_or_default();
        let _ = Command::new(program).arg(format!("--memory-of-one-in={part}")).status();
    }
}

/// Prints the memory of the catalogue of a hundred thousand groups, of which one in so many takes part.
fn memory(part: usize) {
    let before = resident();
    let groups = Company::new(7).groups(100_000).into_iter().enumerate();
    let groups = groups.map(|(n, entry)| if n % part == 0 { entry } else { Entry { designation: None, ..entry } });
    let snapshot = Snapshot::new(groups.collect(), 1);
    let (taking_part, memory) = (snapshot.designated_count(), resident().saturating_sub(before) / 1_000);
    println!("memory of the catalogue of 100,000 groups, {taking_part} of which take part: {memory} MB");
}

fn quality() {
    const TRIES: usize = 1_000;
    let mut company = Company::new(7);
    let all = company.groups(100_000);
    let snapshot = Snapshot::new(all.clone(), 1);
    let found = |(wanted, typed): (&Entry, String)| {
        let found = snapshot.search(&Search { words: &typed, ..Search::default() }, &Place::Start, 10);
        found.entries.iter().any(|entry| entry.group.id == wanted.group.id)
    };
    let hits = (0..TRIES).filter(|_| found(company.mistyped(&all))).count();
    println!("found among the first ten of 100,000 after one mistake: {hits} of {TRIES}");
}

/// Returns the memory that the process holds, in kilobytes; nothing where the system does not tell.
fn resident() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}
