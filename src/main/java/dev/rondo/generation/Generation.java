package dev.rondo.generation;

import dev.rondo.bus.Handover;
import dev.rondo.bus.Tenure;
import dev.rondo.config.NodeConfig;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** All instances of one kind of verticle that were made together, of one code. */
final class Generation {

  private final int number;
  private final Code code;
  private final NodeConfig config;
  private final Tenure tenure;
  private final List<Incumbent> incumbents;

  private Generation(
      int number, Code code, NodeConfig config, Tenure tenure, List<Incumbent> incumbents) {
    this.number = number;
    this.code = code;
    this.config = config;
    this.tenure = tenure;
    this.incumbents = List.copyOf(incumbents);
  }

  /**
   * Makes a generation with an instance on each of the event loops; fails with what that throws.
   */
  static Generation make(
      Recipe recipe, int number, Code code, NodeConfig config, Tenure tenure, List<EventLoop> loops)
      throws Exception {
    long readyMillis = config.redeploy().readySeconds() * 1000L;
    List<Incumbent> incumbents = new ArrayList<>();
    for (EventLoop loop : loops) {
      incumbents.add(new Incumbent(recipe.verticle(code, config, tenure.bus()), loop, readyMillis));
    }
    return new Generation(number, code, config, tenure, incumbents);
  }

  int number() {
    return number;
  }

  Code code() {
    return code;
  }

  NodeConfig config() {
    return config;
  }

  Tenure tenure() {
    return tenure;
  }

  List<EventLoop> loops() {
    return incumbents.stream().map(Incumbent::loop).toList();
  }

  /** Starts all; when one does not start, those that did are stopped again. */
  Future<Void> start(Vertx vertx) {
    return Future.join(each(incumbent -> incumbent.start(vertx)))
        .<Void>mapEmpty()
        .recover(failure -> drop(vertx).transform(stopped -> Future.failedFuture(failure)));
  }

  /** What each gives up; when one does not, or not in time, all go on as before. */
  Future<List<Handover>> handOver(long millis) {
    List<Future<Handover>> given = each(Incumbent::handOver);
    return Future.join(given)
        .timeout(millis, TimeUnit.MILLISECONDS)
        .map(all -> all.<Handover>list())
        .recover(failure -> goOn(given).transform(done -> Future.failedFuture(failure)));
  }

  private Future<?> goOn(List<Future<Handover>> given) {
    List<Future<Void>> going = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      Incumbent incumbent = incumbents.get(i);
      Future<Void> back = given.get(i).compose(incumbent::takeOver);
      // Whoever has not answered yet does so some time, and gets its own state back then.
      if (given.get(i).succeeded()) {
        going.add(back);
      }
    }
    return Future.join(going);
  }

  /** Each takes over from the one with the same index. */
  Future<Void> takeOver(List<Handover> states) {
    List<Future<Void>> taking = new ArrayList<>();
    for (int i = 0; i < incumbents.size(); i++) {
      taking.add(incumbents.get(i).takeOver(states.get(i)));
    }
    return Future.join(taking).mapEmpty();
  }

  /** Takes over from nobody. */
  Future<Void> takeOver() {
    return takeOver(incumbents.stream().map(first -> Handover.NOTHING).toList());
  }

  /** Completes when nothing is in flight. */
  Future<Void> retire() {
    return Future.join(each(Incumbent::retire)).compose(retired -> tenure.idle());
  }

  Future<Integer> inFlight() {
    return together(Incumbent::inFlight)
        .otherwise(List.of())
        .map(counts -> tenure.underway() + counts.stream().mapToInt(Integer::intValue).sum());
  }

  /** Stops one that failed or has retired; what it began and did not end is lost. */
  Future<Void> drop(Vertx vertx) {
    return Future.join(each(incumbent -> incumbent.drop(vertx))).mapEmpty();
  }

  /** Stops it as a part of the node's own end, for which it has all the time that it needs. */
  Future<Void> stop(Vertx vertx) {
    return Future.join(each(incumbent -> incumbent.stop(vertx))).mapEmpty();
  }

  private <T> Future<List<T>> together(Function<Incumbent, Future<T>> what) {
    return Future.join(each(what)).map(all -> all.<T>list());
  }

  private <T> List<Future<T>> each(Function<Incumbent, Future<T>> what) {
    return incumbents.stream().map(what).toList();
  }
}
