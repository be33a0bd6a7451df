package dev.rondo.membership;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import java.util.OptionalInt;
import java.util.function.IntConsumer;

/** Which of Hazelcast's members are workers, by the attributes that every node sets. */
record WorkerListener(IntConsumer left, IntConsumer joined) implements MembershipListener {

  /** The attribute that says whether a member is a worker. */
  static final String ROLE = "rondo.role";

  /** The attribute with the worker's id. */
  static final String ID = "rondo.id";

  @Override
  public void memberAdded(MembershipEvent event) {
    if (!event.getMember().localMember()) {
      worker(event.getMember()).ifPresent(joined);
    }
  }

  /** A worker that was started again may be back before its former process is seen to leave. */
  @Override
  public void memberRemoved(MembershipEvent event) {
    OptionalInt worker = worker(event.getMember());
    boolean back = event.getMembers().stream().map(WorkerListener::worker).anyMatch(worker::equals);
    if (!back) {
      worker.ifPresent(left);
    }
  }

  private static OptionalInt worker(Member member) {
    String id = member.getAttribute(ID);
    return "worker".equals(member.getAttribute(ROLE)) && id != null
        ? OptionalInt.of(Integer.parseInt(id))
        : OptionalInt.empty();
  }
}
