//! The sweep: of every flow, each call of the directory goes wrong in each way, once and for as long as the flow lasts.
//!
//! A flow is run without faults first, and what it asks of the directory then is what is swept: a new call is swept by itself.
//! After each case nobody has seen a fault of ours or waited for longer than the deadlines, what pages say agrees with the
//! directory and the record, no decision is lost or made twice, and one more visit brings everything to a true end.

mod answering;
mod asking;
mod browsing;
mod leaving;
mod refreshing;
mod seen;
mod signing_in;
mod ways;
mod world;

use std::{collections::HashMap, rc::Rc};

use roster_emulator::Fault;
use tokio::task::{JoinSet, LocalSet};

use self::{
    seen::Seen,
    ways::Way,
    world::{Spot, World},
};

/// How many portals share the cases of a flow.
const PORTALS: usize = 4;

/// Something that people do, and how to tell whether it went well.
trait Flow: 'static {
    /// What a case is about.
    type Subject;

    /// Calls of the provider, which are swept beside those of the directory.
    const OF_PROVIDER: &[(&str, &str)] = &[];

    /// Makes a case at a group of its own.
    async fn arrange(world: &World, spot: &Spot) -> Self::Subject;

    /// Does what is swept.
    async fn act(world: &World, subject: &Self::Subject, seen: &Seen);

    /// Asserts that what pages say is true, now that nothing goes wrong any more.
    async fn check(world: &World, subject: &Self::Subject, seen: &Seen);

    /// Brings what was begun to its end, and asserts that it is the true one.
    async fn heal(world: &World, subject: &Self::Subject, seen: &Seen);
}

/// A call of the directory, told from others of its kind by its number.
#[derive(Debug, Clone)]
struct Asked {
    method: String,
    path: String,
    nth: usize,
}

/// What goes wrong in a case.
#[derive(Debug, Clone)]
struct Case {
    asked: Asked,
    way: Way,
    times: usize,
}

/// Sweeps a flow, and names every case that went wrong.
async fn sweep<F: Flow>(name: &'static str) {
    LocalSet::new().run_until(Box::pin(sweep_here::<F>(name))).await;
}

async fn sweep_here<F: Flow>(name: &'static str) {
    let started = std::time::Instant::now();
    let first = Rc::new(World::start().await);
    let calls = measured::<F>(&first).await;
    let cases: Vec<Case> = calls.iter().flat_map(cases_of).collect();
    let (count, mut workers) = (cases.len(), JoinSet::new());
    let mut first = Some(first);
    for worker in 0..PORTALS {
        let mine: Vec<Case> = cases.iter().skip(worker).step_by(PORTALS).cloned().collect();
        let world = first.take();
        workers.spawn_local(async move {
            let world = match world {
                Some(world) => world,
                None => Rc::new(World::start().await),
            };
            work::<F>(world, mine).await
        });
    }

    let failed: Vec<String> = workers.join_all().await.into_iter().flatten().collect();

    eprintln!("{name}: {} calls, {count} cases, {:?}", calls.len(), started.elapsed());
    assert!(!calls.is_empty(), "{name} asks the directory for something");
    assert!(failed.is_empty(), "{} of {count} cases went wrong:\n{}", failed.len(), failed.join("\n"));
}

/// Returns what a flow asks of the directory when all goes well.
async fn measured<F: Flow>(world: &World) -> Vec<Asked> {
    let spot = world.spot().await;
    let subject = F::arrange(world, &spot).await;
    world.portal.emulator.forget_calls();
    let seen = Seen;
    F::act(world, &subject, &seen).await;
    let calls = world.portal.emulator.calls();
    F::check(world, &subject, &seen).await;
    F::heal(world, &subject, &seen).await;

    let mut known: HashMap<(String, String), usize> = HashMap::new();
    let mut numbered = |method: String, path: String| {
        let nth = known.entry((method.clone(), path.clone())).and_modify(|nth| *nth += 1).or_insert(1);
        Asked { nth: *nth, method, path: path.replace(&spot.id.to_string(), SPOT) }
    };
    let of_provider = F::OF_PROVIDER.iter().map(|(method, path)| ((*method).to_owned(), (*path).to_owned()));
    let of_directory = calls.into_iter().map(|call| (call.method, call.path));
    of_provider.chain(of_directory).map(|(method, path)| numbered(method, path)).collect()
}

/// Stands for the group of a case in what is asked.
const SPOT: &str = "{group}";

fn cases_of(asked: &Asked) -> Vec<Case> {
    let case = |way: &Way, times| Case { asked: asked.clone(), way: way.clone(), times };
    let mut cases = Vec::new();
    for way in ways::all().into_iter().filter(|way| !way.of_writes || asked.method != "GET") {
        cases.push(case(&way, 1000));
        if way.may_pass {
            cases.push(case(&way, 1));
        }
    }
    cases
}

/// Runs cases one after the other on a portal, and returns those that went wrong.
async fn work<F: Flow>(mut world: Rc<World>, cases: Vec<Case>) -> Vec<String> {
    let mut failed = Vec::new();
    for case in cases {
        let name =
            format!("{} {} #{} {}×{}", case.asked.method, case.asked.path, case.asked.nth, case.way.name, case.times);
        let ends_sign_in = case.way.ends_sign_in;
        if tokio::task::spawn_local(run::<F>(world.clone(), case)).await.is_err() {
            failed.push(name);
            world = Rc::new(World::start().await);
        } else if ends_sign_in {
            // A sign-in that was just renewed is not renewed again for five minutes.
            world.sign_in_again().await;
        }
    }
    world.portal.record_is_whole().await;
    failed
}

async fn run<F: Flow>(world: Rc<World>, case: Case) {
    let spot = world.spot().await;
    let subject = F::arrange(&world, &spot).await;
    let emulator = &world.portal.emulator;
    let path = case.asked.path.replace(SPOT, &spot.id.to_string());
    let fault = Fault::on(&case.asked.method, &path).nth(case.asked.nth).times(case.times);
    emulator.fault(fault.answer(case.way.action.clone()));

    let seen = Seen;
    F::act(&world, &subject, &seen).await;
    emulator.clear_faults();
    F::check(&world, &subject, &seen).await;
    F::heal(&world, &subject, &seen).await;
}

#[tokio::test]
async fn approving() {
    sweep::<answering::Approving>("approving").await;
}

#[tokio::test]
async fn finishing() {
    sweep::<answering::Finishing>("finishing").await;
}

#[tokio::test]
async fn asking_to_join() {
    sweep::<asking::Asking>("asking").await;
}

#[tokio::test]
async fn browsing() {
    sweep::<browsing::Browsing>("browsing").await;
}

#[tokio::test]
async fn leaving() {
    sweep::<leaving::Leaving>("leaving").await;
}

#[tokio::test]
async fn removing() {
    sweep::<leaving::Removing>("removing").await;
}

#[tokio::test]
async fn refreshing_the_directory_copy() {
    sweep::<refreshing::Refreshing>("refreshing").await;
}

#[tokio::test]
async fn signing_in() {
    sweep::<signing_in::SigningIn>("signing in").await;
}
