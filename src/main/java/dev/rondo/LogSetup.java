package dev.rondo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Map;

/**
 * How Rondo logs. In code rather than in XML: to read the file took every node a third of a second
 * of its start. A file named by {@code -Dlogback.configurationFile} is read instead, if there is
 * one.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {

  private static final String PATTERN =
      "%d{\"yyyy-MM-dd'T'HH:mm:ss.SSSXXX\"} %-5level %logger{0}: %msg%n";

  /**
   * Hazelcast warns of what is everyday life here, peers that are down; Rondo logs that itself. The
   * two classes of Vert.x report a reset connection without a handler as an error: whatever was
   * under way on it is told of its end.
   */
  private static final Map<String, Level> LEVELS =
      Map.of(
          "com.hazelcast", Level.ERROR,
          "com.hazelcast.instance", Level.OFF,
          "io.netty", Level.WARN,
          "io.vertx", Level.WARN,
          "io.vertx.core.net.impl.ConnectionBase", Level.OFF,
          "io.vertx.core.http.impl.HttpClientRequestImpl", Level.OFF);

  /** Made by Logback. */
  public LogSetup() {}

  @Override
  public ExecutionStatus configure(LoggerContext loggers) {
    if (System.getProperty("logback.configurationFile") != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(loggers);
    encoder.setPattern(PATTERN);
    encoder.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(loggers);
    console.setEncoder(encoder);
    console.start();
    loggers.getLogger("ROOT").setLevel(Level.INFO);
    loggers.getLogger("ROOT").addAppender(console);
    LEVELS.forEach((name, level) -> loggers.getLogger(name).setLevel(level));
    String asked = System.getenv("RONDO_LOG_LEVEL");
    loggers.getLogger("dev.rondo").setLevel(Level.toLevel(asked, Level.INFO));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
