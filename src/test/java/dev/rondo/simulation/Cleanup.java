package dev.rondo.simulation;

import dev.rondo.bus.Holding;
import dev.rondo.core.member.Topology;
import dev.rondo.core.record.Key;
import dev.rondo.core.record.StoredRecord;
import dev.rondo.core.version.Version;
import java.util.List;

/** One worker removes what it does not own any more, once all owners have it or something newer. */
final class Cleanup {

  private final Worker worker;
  private final Topology topology;

  Cleanup(Worker worker, Topology topology) {
    this.worker = worker;
    this.topology = topology;
  }

  void start() {
    for (Key key : worker.simulation().keys()) {
      StoredRecord record = worker.disk().holds(key);
      if (record != null && !topology.isOwner(worker.id(), key)) {
        new Removal(key, record.version()).start();
      }
    }
  }

  private final class Removal {
    private final Key key;
    private final Version version;
    private int missing;

    Removal(Key key, Version version) {
      this.key = key;
      this.version = version;
    }

    void start() {
      List<Integer> owners = topology.preferenceList(key).owners(topology.state().ownersMax());
      missing = owners.size();
      for (int owner : owners) {
        worker
            .simulation()
            .network()
            .<Holding.Answer>ask(
                worker,
                worker.simulation().workers().get(owner),
                Worker.REPLICA_TIMEOUT,
                (peer, reply) -> peer.lookUp(key, Holding.Want.VERSION, reply),
                this::hear,
                fault -> {});
      }
    }

    private void hear(Holding.Answer held) {
      if (held instanceof Holding.Answer.VersionOnly theirs && !version.isAfter(theirs.version())) {
        missing--;
      }
      StoredRecord own = worker.disk().holds(key);
      boolean current = worker.adopted().epoch() == topology.state().epoch();
      if (missing == 0 && current && own != null && own.version().equals(version)) {
        worker.simulation().trace().add(worker, "removes", key, version);
        worker.disk().remove(key);
      }
    }
  }
}
