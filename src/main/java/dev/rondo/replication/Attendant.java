package dev.rondo.replication;

import dev.rondo.bus.Addresses;
import dev.rondo.bus.Bus;
import dev.rondo.bus.Endpoint;
import dev.rondo.bus.Hinting;
import dev.rondo.bus.Holding;
import dev.rondo.bus.Reading;
import dev.rondo.bus.Stamping;
import dev.rondo.bus.Storing;
import dev.rondo.bus.Writing;
import dev.rondo.config.Timeouts;
import dev.rondo.core.purge.Clearance;
import dev.rondo.core.version.Version;
import dev.rondo.proto.Answer;
import dev.rondo.proto.Fetch;
import dev.rondo.proto.ListPage;
import dev.rondo.proto.Request;
import dev.rondo.proto.Requests;
import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Does what peers ask: one question to the storage for all copies of a message, one for all looks.
 */
final class Attendant {

  private final Bus bus;
  private final Timeouts timeouts;
  private final ClockWatch clock;
  private final LastSeen lastSeen;
  private final KnownStores stores;
  private final BooleanSupplier complete;
  private final Epochs epochs;
  private final Function<Long, Future<Clearance>> clearance;

  Attendant(
      NodeSetup setup,
      ClockWatch clock,
      LastSeen lastSeen,
      KnownStores stores,
      BooleanSupplier complete,
      Epochs epochs,
      Function<Long, Future<Clearance>> clearance) {
    this.clearance = clearance;
    this.complete = complete;
    this.epochs = epochs;
    this.bus = setup.bus();
    this.timeouts = setup.config().timeouts();
    this.clock = clock;
    this.lastSeen = lastSeen;
    this.stores = stores;
  }

  /** Every request of the message gets exactly one answer, sooner or later. */
  void attend(int caller, Requests message, Replies replies, Servings servings) {
    Intake intake = new Intake(message.getRequestsCount());
    for (Request request : message.getRequestsList()) {
      try {
        sort(caller, request, intake, replies, servings);
      } catch (IllegalArgumentException malformed) {
        replies.add(WireAnswers.fault(request.getId(), reason(malformed)));
      }
    }
    store(intake, replies);
    lookUp(intake, replies, servings);
    lastSeen.saw(intake.latest());
  }

  private void sort(
      int caller, Request request, Intake intake, Replies replies, Servings servings) {
    long id = request.getId();
    switch (request.getBodyCase()) {
      case PUT -> {
        Storing.Entry.Put put = WireRequests.put(request.getPut());
        boolean fresh = request.getPut().getFresh();
        take(caller, id, put, put.record().version(), fresh, intake, replies);
      }
      case HINT -> {
        Storing.Entry.Hint hint = WireRequests.hint(request.getHint());
        boolean fresh = request.getHint().getFresh();
        take(caller, id, hint, hint.record().version(), fresh, intake, replies);
      }
      case FETCH -> fetch(id, request.getFetch(), intake, replies);
      case WRITE -> write(id, WireRequests.write(request.getWrite()), intake, replies);
      case READ -> read(id, WireRequests.read(request.getRead()), servings);
      case STAMP -> stamp(id, replies);
      case PING -> replies.add(WireAnswers.pong(id, clock.own()));
      case LIST -> list(id, request.getList(), replies);
      case ADOPT_STORE -> adopt(id, caller, request, replies);
      case ASK_STATE -> replies.add(state(id));
      case CLEAR -> clear(id, request.getClear().getEpoch(), replies);
      case BODY_NOT_SET -> throw new IllegalArgumentException("request of an unknown kind");
    }
  }

  private void clear(long id, long epoch, Replies replies) {
    clearance
        .apply(epoch)
        .onComplete(
            said -> replies.add(WireClearance.answer(id, said)),
            failure -> replies.add(WireAnswers.fault(id, reason(failure))));
  }

  private void take(
      int caller,
      long id,
      Storing.Entry entry,
      Version version,
      boolean fresh,
      Intake intake,
      Replies replies) {
    boolean early = clock.isTooFarAhead(version);
    if (early) {
      clock.refused(caller, version);
    }
    if (early || (fresh && clock.isLongGone(version))) {
      replies.add(WireAnswers.stored(id, Storing.Result.Refusal.CLOCK_DRIFT));
    } else {
      intake.store(id, entry);
      intake.saw(version);
    }
  }

  private void fetch(long id, Fetch fetch, Intake intake, Replies replies) {
    if (fetch.getHint()) {
      Hinting.Search question = new Hinting.Search(Wire.key(fetch.getKey()));
      ask(id, Addresses.HINTED, question, timeouts.storeMillis(), WireAnswers::kept, replies);
    } else {
      intake.lookUp(id, WireRequests.fetch(fetch));
    }
  }

  private void store(Intake intake, Replies replies) {
    List<Storing.Entry> entries = intake.entries();
    if (entries.isEmpty()) {
      return;
    }
    bus.ask(Addresses.STORE, new Storing.Store(entries), timeouts.storeMillis())
        .onComplete(
            stored -> {
              for (int i = 0; i < entries.size(); i++) {
                replies.add(WireAnswers.stored(intake.entryId(i), stored.results().get(i)));
              }
            },
            failure -> {
              for (int i = 0; i < entries.size(); i++) {
                replies.add(WireAnswers.fault(intake.entryId(i), reason(failure)));
              }
            });
  }

  /** Looks up what one caller asks for. */
  Servings servings(Replies replies) {
    return new Servings(
        replies,
        lookup -> bus.ask(Addresses.LOOK_UP, lookup, timeouts.storeMillis()),
        timeouts.storeMillis());
  }

  private void lookUp(Intake intake, Replies replies, Servings servings) {
    if (intake.wishes().isEmpty()) {
      return;
    }
    if (complete.getAsBoolean()) {
      servings.lookUp(intake.wishes());
    } else {
      plead(intake, replies);
    }
  }

  /**
   * A worker that is not rebuilt yet knows nothing for sure: also what it holds may be older than
   * what it once acknowledged, and must not count as what an owner knows.
   */
  private static void plead(Intake intake, Replies replies) {
    for (Servings.Wish wish : intake.wishes()) {
      replies.add(WireAnswers.held(wish.id(), new Holding.Answer.Nothing(false)));
    }
  }

  /**
   * The coordinator stores its own copy past this worker's check, so the version is judged here.
   */
  private void write(long id, Writing.Forwarded write, Intake intake, Replies replies) {
    if (clock.isTooFarAhead(write.version()) || clock.isLongGone(write.version())) {
      replies.add(WireWrites.answer(id, Writing.Outcome.Refused.NOT_COORDINATING));
      return;
    }
    intake.saw(write.version());
    long timeout = write.write().timeoutMillis();
    ask(id, Addresses.COORDINATE_WRITE, write, timeout, WireWrites::answer, replies);
  }

  private void read(long id, Reading.Read read, Servings servings) {
    long timeout = Math.max(1, read.timeoutMillis());
    servings.read(
        id,
        () ->
            bus.ask(Addresses.COORDINATE_READ, read, timeout)
                .map(outcome -> WireReads.answer(id, outcome)),
        WireReads.answer(id, Reading.Outcome.Refused.OVERLOADED));
  }

  private void list(long id, ListPage list, Replies replies) {
    boolean counts = complete.getAsBoolean();
    ask(
        id,
        Addresses.LIST,
        WireLists.page(list),
        timeouts.storeMillis(),
        (own, page) -> WireLists.listed(own, page, counts),
        replies);
  }

  private void stamp(long id, Replies replies) {
    Stamping.Ask question = Stamping.Ask.FRESH;
    ask(id, Addresses.STAMP, question, timeouts.storeMillis(), WireAnswers::stamp, replies);
  }

  private <Q, A> void ask(
      long id,
      Endpoint<Q, A> endpoint,
      Q question,
      long timeoutMillis,
      BiFunction<Long, A, Answer> answer,
      Replies replies) {
    bus.ask(endpoint, question, Math.max(1, timeoutMillis))
        .map(result -> answer.apply(id, result))
        .onComplete(replies::add, failure -> replies.add(WireAnswers.fault(id, reason(failure))));
  }

  private Answer state(long id) {
    return epochs
        .newerThan(0)
        .map(state -> WireAnswers.state(id, state))
        .orElseGet(() -> WireAnswers.fault(id, "it does not know its state yet"));
  }

  private void adopt(long id, int caller, Request request, Replies replies) {
    stores
        .adopt(caller, Wire.bytes(request.getAdoptStore().getStoreId()))
        .onComplete(
            kept -> replies.add(WireAnswers.stored(id, Storing.Result.Done.DURABLE)),
            failure -> replies.add(WireAnswers.fault(id, reason(failure))));
  }

  static String reason(Throwable failure) {
    if (failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.TIMEOUT) {
      return "it did not finish in time";
    }
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
