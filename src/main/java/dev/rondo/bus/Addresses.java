package dev.rondo.bus;

import dev.rondo.core.member.ClusterState;
import dev.rondo.core.member.Topology;
import dev.rondo.core.version.Version;

/** Every conversation inside a node, on one screen. */
public final class Addresses {

  private Addresses() {}

  // Persistence: the only owner of what is on this worker's disk.

  /** Copies, hints, metadata to make durable; answered after the fsync, one outcome each. */
  public static final Endpoint<Storing.Store, Storing.Stored> STORE =
      new Endpoint<>("storage.store");

  /** What this worker holds of some keys. */
  public static final Endpoint<Holding.Lookup, Holding.Held> LOOK_UP =
      new Endpoint<>("storage.lookup");

  /** A page of what this worker holds, in key order. */
  public static final Endpoint<Listing.Page, Listing.Listed> LIST = new Endpoint<>("storage.list");

  /** A page of whole records, in ring order, for a peer that rebuilds. */
  public static final Endpoint<Ranging.Range, Ranging.Ranged> RANGE =
      new Endpoint<>("storage.range");

  /** Digests of what this worker holds together with another one. */
  public static final Endpoint<Digesting.Ranges, Digesting.Digests> DIGEST =
      new Endpoint<>("storage.digest");

  /** A page of the versions that this worker holds together with another one. */
  public static final Endpoint<Inventory.Shared, Inventory.Page> INVENTORY =
      new Endpoint<>("storage.inventory");

  /** Digests out of this worker's Merkle trees. */
  public static final Endpoint<Branching.Branches, Branching.Answer> BRANCHES =
      new Endpoint<>("storage.branches");

  /** A page of the versions that this worker holds in some buckets of its Merkle trees. */
  public static final Endpoint<Inventory.Buckets, Inventory.Page> BUCKETS =
      new Endpoint<>("storage.buckets");

  /** A page of the versions that this worker holds and does not own. */
  public static final Endpoint<Inventory.Surplus, Inventory.Page> SURPLUS =
      new Endpoint<>("storage.surplus");

  /** What this worker holds and cannot read. */
  public static final Endpoint<Damaged.Ask, Damaged.Keys> DAMAGED =
      new Endpoint<>("storage.damaged");

  /** The oldest hints that wait for one worker. */
  public static final Endpoint<Hinting.Waiting, Hinting.Hints> HINTS =
      new Endpoint<>("storage.hints");

  /** Whether a hint waits here under a key. */
  public static final Endpoint<Hinting.Search, Hinting.Kept> HINTED =
      new Endpoint<>("storage.hinted");

  /** A small named value that was stored as metadata. */
  public static final Endpoint<Remembering.Recall, Remembering.Recalled> RECALL =
      new Endpoint<>("storage.recall");

  /** Figures about this worker's storage. */
  public static final Endpoint<StorageFigures.Ask, StorageFigures> STORAGE_FIGURES =
      new Endpoint<>("storage.figures");

  /** When tombstones last came late to this worker. */
  public static final Endpoint<Lateness.Ask, Lateness> LATENESS =
      new Endpoint<>("storage.lateness");

  /** This worker's storage lost records, and nobody knows which. */
  public static final Topic<RecordsLost> RECORDS_LOST = new Topic<>("storage.lost");

  // Router: client requests.

  /** A client's write, at any worker. */
  public static final Endpoint<Writing.Write, Writing.Outcome> WRITE =
      new Endpoint<>("router.write");

  /** A client's read, at any worker. */
  public static final Endpoint<Reading.Read, Reading.Outcome> READ = new Endpoint<>("router.read");

  /** A write that another worker stamped and passed on to this owner; never passed on again. */
  public static final Endpoint<Writing.Forwarded, Writing.Outcome> COORDINATE_WRITE =
      new Endpoint<>("router.coordinate.write");

  /** A read that another worker passed on to this owner; never passed on again. */
  public static final Endpoint<Reading.Read, Reading.Outcome> COORDINATE_READ =
      new Endpoint<>("router.coordinate.read");

  /** A fresh version, for a worker whose own clock is off. */
  public static final Endpoint<Stamping.Ask, Version> STAMP = new Endpoint<>("router.stamp");

  /** Which version each owner of a key holds, and what waits at those who stand in. */
  public static final Endpoint<Locating.Locate, Locating.Located> LOCATE =
      new Endpoint<>("router.locate");

  /** A page of the live keys of the whole cluster. */
  public static final Endpoint<Scanning.Scan, Scanning.Outcome> SCAN =
      new Endpoint<>("router.scan");

  // Replication: the only way to the peers.

  /** A copy or a hint for a peer. */
  public static final Endpoint<Peering.Send, Storing.Result> SEND = new Endpoint<>("peers.send");

  /** What a peer holds of a key. */
  public static final Endpoint<Peering.Fetch, Holding.Answer> FETCH = new Endpoint<>("peers.fetch");

  /** Whether a hint waits at a peer under a key. */
  public static final Endpoint<Peering.FetchHint, Hinting.Kept> FETCH_HINT =
      new Endpoint<>("peers.hint");

  /** A write for an owner to coordinate. */
  public static final Endpoint<Peering.ForwardWrite, Writing.Outcome> FORWARD_WRITE =
      new Endpoint<>("peers.forward.write");

  /** A read for an owner to coordinate. */
  public static final Endpoint<Peering.ForwardRead, Reading.Outcome> FORWARD_READ =
      new Endpoint<>("peers.forward.read");

  /** A page of what a peer holds. */
  public static final Endpoint<Peering.ListPage, Scanning.Rows> FETCH_PAGE =
      new Endpoint<>("peers.page");

  /** A fresh version from a peer's clock. */
  public static final Endpoint<Peering.AskStamp, Version> FETCH_STAMP =
      new Endpoint<>("peers.stamp");

  /** Whom this worker can reach; also published whenever it changes. */
  public static final Endpoint<Reachability.Ask, Reachability> REACHABILITY =
      new Endpoint<>("peers.reachability");

  /** Whom this worker can reach, from now on. */
  public static final Topic<Reachability> REACHABILITY_CHANGED = new Topic<>("peers.reachable");

  /** The latest version seen in traffic with the peers; the clock that stamps moves past it. */
  public static final Topic<Version> OBSERVED = new Topic<>("peers.observed");

  /** Somebody wants this worker to make its copies equal to its peers' now. */
  public static final Topic<Repairing.Order> REPAIR_ORDERED = new Topic<>("peers.repair");

  /** An exchange with a peer is over, in some arcs of the ring. */
  public static final Topic<Exchanged> EXCHANGED = new Topic<>("peers.exchanged");

  /** What this worker's tombstones wait for. */
  public static final Endpoint<PurgeObstacles.Ask, PurgeObstacles> PURGE_OBSTACLES =
      new Endpoint<>("peers.purge.obstacles");

  /** Which tombstones may go; takes the place of what was said before. */
  public static final Topic<Ripening> RIPENED = new Topic<>("peers.ripened");

  // Heartbeat: this node's view of the cluster and of itself.

  /** The topology in force; also published whenever it changes. */
  public static final Endpoint<ViewAsk, Topology> TOPOLOGY = new Endpoint<>("view.topology");

  /** The topology, from now on. */
  public static final Topic<Topology> TOPOLOGY_CHANGED = new Topic<>("view.topology.changed");

  /** What this worker is fit for; also published whenever it changes. */
  public static final Endpoint<ViewAsk, Fitness> FITNESS = new Endpoint<>("view.fitness");

  /** What this worker is fit for, from now on. */
  public static final Topic<Fitness> FITNESS_CHANGED = new Topic<>("view.fitness.changed");

  /** What a verticle has found out about one side of this worker's fitness. */
  public static final Topic<Fitness.Finding> FINDING = new Topic<>("view.finding");

  /** A worker's process left the cluster, noticed by the membership layer. */
  public static final Topic<Departure> DEPARTED = new Topic<>("view.departed");

  /** A cluster state that another node works by; adopted when it is newer than this node's. */
  public static final Topic<ClusterState> STATE_SEEN = new Topic<>("view.state.seen");

  /** What time it is elsewhere, as whoever is no peer says; every second. */
  public static final Topic<Vouching> VOUCHED = new Topic<>("view.vouched");

  /** This worker has been away. */
  public static final Topic<CatchUp> CATCH_UP = new Topic<>("view.catch-up");

  // What the heartbeat tells the controller of.

  /** Background work of this worker, at most a few times a second. */
  public static final Topic<WorkProgress> WORK = new Topic<>("figures.work");

  /** This worker has the copies that it owns by a cluster state. */
  public static final Topic<Filled> FILLED = new Topic<>("figures.filled");

  /** Client requests of the last second, from each HTTP instance. */
  public static final Topic<Traffic> TRAFFIC = new Topic<>("figures.traffic");

  /** Acknowledgements behind the answers of writes that clients follow; on both roles of nodes. */
  public static final Topic<LateAcknowledgement> LATE = new Topic<>("figures.late");

  // The node itself: which generation of each verticle is in force.

  /** All verticles of this node. */
  public static final Endpoint<Redeploying.Ask, Redeploying.Verticles> VERTICLES =
      new Endpoint<>("node.verticles");

  /** Replaces one of them. */
  public static final Endpoint<Redeploying.Redeploy, Redeploying.Outcome> REDEPLOY =
      new Endpoint<>("node.redeploy");

  /** A verticle that is being replaced, or was. */
  public static final Topic<Redeploying.Verticle> VERTICLE_CHANGED =
      new Topic<>("node.verticle.changed");

  // On the controller.

  /** The cluster as the controller knows it. */
  public static final Endpoint<Roster.Ask, Roster> ROSTER = new Endpoint<>("controller.roster");

  /** The cluster, whenever anything of it changes. */
  public static final Topic<Roster> ROSTER_CHANGED = new Topic<>("controller.roster.changed");

  /** What happens, for the event log; what happens on a worker, the controller hears. */
  public static final Topic<ClusterEvent> EVENT = new Topic<>("controller.event");

  /** What happened, from the event log. */
  public static final Endpoint<Events.Ask, Events.Page> EVENTS =
      new Endpoint<>("controller.events");

  /** An event that the log has numbered. */
  public static final Topic<Events.Logged> EVENT_LOGGED = new Topic<>("controller.event.logged");

  /** Changes the cluster's configuration. */
  public static final Endpoint<Configuring.Change, Configuring.Outcome> CONFIGURE =
      new Endpoint<>("controller.configure");

  /** The process of a worker of this machine has ended. */
  public static final Topic<ProcessExit> PROCESS_EXITED = new Topic<>("controller.process.exited");

  /** A worker of this machine is not started any more. */
  public static final Topic<ProcessGivenUp> PROCESS_GIVEN_UP =
      new Topic<>("controller.process.given-up");

  /** Replaces a verticle on the workers. */
  public static final Endpoint<Rolling.Wish, Rolling.Outcome> ROLL_OUT =
      new Endpoint<>("controller.roll-out");

  /** Restarts a worker of this machine. */
  public static final Endpoint<Restarting.Restart, Restarting.Outcome> RESTART =
      new Endpoint<>("controller.restart");

  /** Has workers make their copies equal. */
  public static final Endpoint<Repairing.Repair, Repairing.Outcome> REPAIR =
      new Endpoint<>("controller.repair");
}
