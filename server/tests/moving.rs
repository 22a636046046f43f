//! `muster move`, as whoever runs an instance meets it.

use crate::command_line::{Instance, said};
use store::{Engine, Store};
use store_testing::Database;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_instance_moves_by_one_command_and_is_served_from_there() {
    let instance = Instance::new();
    let target = Database::create_empty(Engine::Postgres).await;
    let moving = ["move", "--to", target.url.as_str()];
    let (status, _, error) = said(&instance.run(&moving));
    assert_eq!(status, Some(1), "there is nothing to move: {error}");

    assert_eq!(said(&instance.run(&["seed-demo"])).0, Some(0));
    let (_, members, _) = said(&instance.run(&["group", "export"]));
    let serving = instance.serve(&[]);
    let (status, _, error) = said(&instance.run(&moving));
    assert_eq!(status, Some(1), "not while it is served");
    assert!(error.contains("Stop it first"), "{error}");
    serving.terminate();

    let (status, out, error) = said(&instance.run(&moving));
    assert_eq!(status, Some(0), "{error}");
    assert!(out.contains("holds all that"), "{out}");
    let there = ["--database-url", target.url.as_str()];
    let at_target = |arguments: &[&str]| said(&instance.run(&[arguments, there.as_slice()].concat()));
    assert_eq!(at_target(&["check"]).0, Some(0));
    let (_, moved, _) = at_target(&["group", "export"]);
    assert!(moved.lines().count() > 10_000);
    assert_eq!(moved, members, "everybody is where they were");
    let serving = instance.serve(&there);
    serving.sign_in(server::demo::SIGN_INS[0].1, server::demo::PASSWORD);
    serving.terminate();

    let (status, _, error) = said(&instance.run(&moving));
    assert_eq!(status, Some(1), "a second time there is something in the way");
    assert!(error.contains("has accounts already"), "{error}");
    let (status, _, error) = said(&instance.run(&["move", "--to", "sqlite://elsewhere.db"]));
    assert_eq!(status, Some(1), "{error}");

    // The file is as it was.
    assert_eq!(said(&instance.run(&["check"])).0, Some(0));
    Store::open(&target.url).await.expect("opens").close().await;
    target.remove().await;
}
