package dev.rondo.simulation;

import dev.rondo.bus.PeerFault;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One question that any of several workers can answer, as the router's failover asks it. */
final class Failover<A> {

  /** How one worker is asked. */
  interface Question<A> {
    void ask(Worker from, Worker peer, Consumer<A> answer, Consumer<PeerFault.Kind> fault);
  }

  private final Worker from;
  private final Iterator<Integer> peers;
  private Question<A> question = (worker, peer, answer, fault) -> {};
  private Predicate<A> declines = answer -> false;
  private Consumer<A> answer = given -> {};
  private Consumer<PeerFault.Kind> failure = kind -> {};
  private int underway;
  private boolean over;
  private @Nullable A declined;
  private boolean mayHaveActed;

  Failover(Worker from, List<Integer> peers) {
    this.from = from;
    this.peers = peers.iterator();
  }

  void run(
      Question<A> question,
      Predicate<A> declines,
      Consumer<A> answer,
      Consumer<PeerFault.Kind> failure) {
    this.question = question;
    this.declines = declines;
    this.answer = answer;
    this.failure = failure;
    askNext();
    from.later(Worker.HEDGE, this::hedge);
  }

  private void hedge() {
    if (!over && peers.hasNext()) {
      askNext();
    }
  }

  private void askNext() {
    if (!peers.hasNext()) {
      giveUp();
      return;
    }
    underway++;
    Worker peer = from.simulation().workers().get(peers.next());
    question.ask(from, peer, this::answered, this::failed);
  }

  private void answered(A given) {
    underway--;
    if (over) {
      return;
    }
    if (declines.test(given)) {
      declined = given;
      askNext();
    } else {
      over = true;
      answer.accept(given);
    }
  }

  private void failed(PeerFault.Kind kind) {
    underway--;
    mayHaveActed |= kind == PeerFault.Kind.UNANSWERED;
    if (!over) {
      askNext();
    }
  }

  private void giveUp() {
    if (underway > 0 || over) {
      return;
    }
    over = true;
    if (declined != null && !mayHaveActed) {
      answer.accept(declined);
    } else {
      failure.accept(mayHaveActed ? PeerFault.Kind.UNANSWERED : PeerFault.Kind.NOT_SENT);
    }
  }
}
