package dev.rondo.cli;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rondo events}: what happened, oldest first. */
@Command(name = "events", description = "Shows what happened, newest last.")
final class EventsCommand extends ClientCommand {

  private static final int PAGE = 1000;
  private static final long LOOK_EVERY_MILLIS = 1000;

  @Option(names = "--follow", description = "goes on until it is interrupted")
  private boolean follow;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "the last N events, 1 to 1000 (50)")
  private int limit;

  @Override
  void run(Server server) throws InterruptedException {
    require("--limit", limit, 1, PAGE);
    long last = show(read(server, "/cluster/events?limit=" + limit), 0);
    CountDownLatch never = new CountDownLatch(1);
    while (follow && !never.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
      last = next(server, last);
    }
  }

  /** A controller that is away for a while is waited for. */
  private long next(Server server, long since) {
    try {
      return show(read(server, "/cluster/events?limit=%d&since=%d".formatted(PAGE, since)), since);
    } catch (Refused refused) {
      if (refused.exit() != Exits.UNAVAILABLE) {
        throw refused;
      }
      return since;
    }
  }

  private long show(JsonObject page, long since) {
    long last = since;
    for (Object one : page.getJsonArray("events")) {
      JsonObject event = (JsonObject) one;
      last = event.getLong("seq");
      out().println(isJson() ? event.encode() : line(event));
    }
    out().flush();
    // A log that was lost begins anew, with smaller numbers.
    return Math.min(last, page.getLong("newest"));
  }

  private static String line(JsonObject event) {
    return "%s %-5s %s: %s"
        .formatted(
            event.getString("at"),
            event.getString("level"),
            event.getString("kind"),
            Table.printable(event.getString("text")));
  }
}
