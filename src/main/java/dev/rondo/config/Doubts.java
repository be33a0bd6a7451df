package dev.rondo.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Settings that work in some networks and are mistakes in most: not refused, but said at the start.
 */
final class Doubts {

  private Doubts() {}

  /** A line for each of them. */
  static List<String> of(NodeConfig config) {
    List<String> doubts = new ArrayList<>();
    if (config.role() == Role.WORKER) {
      listensElsewhere(config, doubts);
    }
    return doubts;
  }

  /** An address may be passed on to another one, so that this may be right. */
  private static void listensElsewhere(NodeConfig config, List<String> doubts) {
    config.ring().members().stream()
        .filter(member -> member.id() == config.id())
        .filter(member -> !Hosts.same(member.host(), config.host()))
        .forEach(
            member ->
                doubts.add(
                    "host is '%s', but the others look for %s at '%s', where members has it"
                        .formatted(config.host(), member.name(), member.host())));
  }
}
