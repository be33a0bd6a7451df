package dev.rondo.wire;

import dev.rondo.bus.Redeploying;
import dev.rondo.bus.Redeploying.Action;
import dev.rondo.bus.Redeploying.Attempt;
import dev.rondo.bus.Redeploying.Status;
import dev.rondo.bus.Redeploying.Step;
import dev.rondo.proto.Code;
import dev.rondo.proto.Replacement;
import dev.rondo.proto.Verticle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Verticles on the wire. Reading fails with {@link IllegalArgumentException}. */
public final class VerticleWire {

  private VerticleWire() {}

  /** As a message, without what is in flight. */
  public static Verticle of(Redeploying.Verticle verticle) {
    Verticle.Builder message =
        Verticle.newBuilder()
            .setName(verticle.name())
            .setReplaceable(verticle.replaceable())
            .setInstances(verticle.instances())
            .setGeneration(verticle.generation())
            .setCode(verticle.code().version())
            .setJar(text(verticle.code().jar()))
            .setSinceMillis(verticle.sinceMillis());
    Redeploying.Code rollback = verticle.rollback();
    if (rollback != null) {
      message.setRollback(code(rollback));
    }
    Attempt last = verticle.last();
    return last == null ? message.build() : message.setLast(replacement(last)).build();
  }

  private static Replacement replacement(Attempt attempt) {
    return Replacement.newBuilder()
        .setTicket(attempt.ticket())
        .setRollback(attempt.action() == Action.ROLLBACK)
        .setStatus(word(attempt.status()))
        .setStep(word(attempt.step()))
        .setGeneration(attempt.generation())
        .setCode(code(attempt.code()))
        .setStartedAtMillis(attempt.startedMillis())
        .setEndedAtMillis(attempt.endedMillis())
        .setHeldMillis(attempt.heldMillis())
        .setReason(attempt.reason())
        .build();
  }

  private static Code code(Redeploying.Code code) {
    return Code.newBuilder().setVersion(code.version()).setJar(text(code.jar())).build();
  }

  /** In the node's own type. */
  public static Redeploying.Verticle read(Verticle message) {
    return new Redeploying.Verticle(
        message.getName(),
        message.getReplaceable(),
        message.getInstances(),
        message.getGeneration(),
        new Redeploying.Code(message.getCode(), orNull(message.getJar())),
        message.getSinceMillis(),
        0,
        message.hasRollback() ? read(message.getRollback()) : null,
        message.hasLast() ? read(message.getLast()) : null);
  }

  private static <E extends Enum<E>> E named(Class<E> type, String word) {
    try {
      return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'%s' is no %s of a replacement"
              .formatted(Quoted.line(word), type.getSimpleName().toLowerCase(Locale.ROOT)),
          e);
    }
  }

  private static Attempt read(Replacement message) {
    return new Attempt(
        message.getTicket(),
        message.getRollback() ? Action.ROLLBACK : Action.REDEPLOY,
        named(Status.class, message.getStatus()),
        named(Step.class, message.getStep()),
        message.getGeneration(),
        read(message.getCode()),
        message.getStartedAtMillis(),
        message.getEndedAtMillis(),
        message.getHeldMillis(),
        message.getReason());
  }

  private static Redeploying.Code read(Code message) {
    return new Redeploying.Code(message.getVersion(), orNull(message.getJar()));
  }

  private static String text(@Nullable String jar) {
    return jar == null ? "" : jar;
  }

  private static @Nullable String orNull(String jar) {
    return jar.isEmpty() ? null : jar;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
