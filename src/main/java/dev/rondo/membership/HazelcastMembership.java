package dev.rondo.membership;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstance;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.IntConsumer;

/**
 * The members of Hazelcast's cluster, by the attributes that every node sets.
 *
 * <p>The native listener, not Vert.x's: that one speaks seconds later, or only when a stopped
 * process goes on.
 */
public final class HazelcastMembership implements Membership {

  /** The attribute that says whether a member is a worker. */
  public static final String ROLE = "rondo.role";

  /** The attribute with the worker's id. */
  public static final String ID = "rondo.id";

  private final Cluster cluster;

  public HazelcastMembership(HazelcastInstance hazelcast) {
    this.cluster = hazelcast.getCluster();
  }

  @Override
  public Runnable follow(IntConsumer left, IntConsumer joined) {
    UUID listener = cluster.addMembershipListener(new Listener(left, joined));
    return () -> cluster.removeMembershipListener(listener);
  }

  private record Listener(IntConsumer left, IntConsumer joined) implements MembershipListener {

    @Override
    public void memberAdded(MembershipEvent event) {
      worker(event.getMember()).ifPresent(joined);
    }

    /** A worker that was started again may be back before its former process is seen to leave. */
    @Override
    public void memberRemoved(MembershipEvent event) {
      OptionalInt worker = worker(event.getMember());
      boolean back = event.getMembers().stream().map(Listener::worker).anyMatch(worker::equals);
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
}
