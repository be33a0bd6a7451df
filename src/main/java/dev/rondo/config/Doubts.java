package dev.rondo.config;

import dev.rondo.core.member.Member;
import java.util.ArrayList;
import java.util.List;

/**
 * Settings that work in some networks and are mistakes in most: not refused, but said at the start.
 */
final class Doubts {

  private Doubts() {}

  /** A line for each of them. */
  static List<String> of(NodeConfig config, Settings settings) {
    List<String> doubts = new ArrayList<>();
    if (config.role() == Role.WORKER) {
      listensElsewhere(config, doubts);
      if (settings.made(Setting.CONTROLLER_HOST).isEmpty()) {
        guessesItsController(config, doubts);
      }
    }
    return doubts;
  }

  /** Beside itself, which is right on one machine of them at most. */
  private static void guessesItsController(NodeConfig config, List<String> doubts) {
    long hosts = config.ring().members().stream().map(Member::host).distinct().count();
    ControllerConfig controller = config.controller();
    if (hosts > 1 && controller.grpcPort() > 0) {
      doubts.add(
          "controller.host is not set: the controller is looked for here, at %s:%d, though members"
                  .formatted(controller.host(), controller.grpcPort())
              + " are on several hosts");
    }
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
