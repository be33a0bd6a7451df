package dev.rondo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.RollingPolicyBase;
import ch.qos.logback.core.rolling.RolloverFailure;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How Rondo logs: to the console, or where {@code rondo.log.file} names a file, to that one and one
 * older one. In code rather than in XML: to read it took every node a third of a second of its
 * start. A file named by {@code -Dlogback.configurationFile} is read instead, if there is one.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {

  private static final String PATTERN =
      "%d{\"yyyy-MM-dd'T'HH:mm:ss.SSSXXX\"} %-5level %logger{0}: %msg%n";

  private static final long FILE_BYTES = 10 << 20;
  private static final long LOOK_AT_SIZE_MILLIS = 100;

  /**
   * Hazelcast warns of what is everyday life here, peers that are down; Rondo logs that itself.
   * Some classes of Vert.x report a connection or a stream that was reset without a handler as an
   * error: whatever was under way on it is told of its end. One throws where a stream is closed
   * before it was used, which Netty logs and goes on. Others cannot say goodbye to a Hazelcast that
   * has ended.
   */
  private static final Map<String, Level> LEVELS =
      Map.of(
          "com.hazelcast", Level.ERROR,
          "com.hazelcast.instance", Level.OFF,
          "io.netty", Level.WARN,
          "io.netty.handler.codec.http2.DefaultHttp2Connection", Level.OFF,
          "io.vertx", Level.WARN,
          "io.vertx.core.impl.VertxImpl", Level.OFF,
          "io.vertx.spi.cluster.hazelcast", Level.OFF,
          "io.vertx.core.net.impl.ConnectionBase", Level.OFF,
          "io.vertx.core.http.impl.HttpClientRequestImpl", Level.OFF,
          "io.vertx.core.http.impl.HttpClientResponseImpl", Level.OFF);

  /** Made by Logback. */
  public LogSetup() {}

  @Override
  public ExecutionStatus configure(LoggerContext loggers) {
    if (System.getProperty("logback.configurationFile") != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    String file = System.getProperty("rondo.log.file");
    loggers.getLogger("ROOT").setLevel(Level.INFO);
    loggers.getLogger("ROOT").addAppender(appender(loggers, file));
    LEVELS.forEach((name, level) -> loggers.getLogger(name).setLevel(level));
    String asked = System.getenv("RONDO_LOG_LEVEL");
    loggers.getLogger("dev.rondo").setLevel(Level.toLevel(asked, Level.INFO));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static Appender<ILoggingEvent> appender(LoggerContext loggers, @Nullable String file) {
    OutputStreamAppender<ILoggingEvent> appender =
        file == null ? new ConsoleAppender<>() : rolling(loggers, file);
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(loggers);
    encoder.setPattern(PATTERN);
    encoder.start();
    appender.setContext(loggers);
    appender.setEncoder(encoder);
    appender.start();
    return appender;
  }

  private static RollingFileAppender<ILoggingEvent> rolling(LoggerContext loggers, String file) {
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(loggers);
    appender.setFile(file);
    OneOlder older = new OneOlder();
    older.setContext(loggers);
    older.setParent(appender);
    older.start();
    SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
    size.setContext(loggers);
    size.setMaxFileSize(new FileSize(Long.getLong("rondo.log.bytes", FILE_BYTES)));
    size.setCheckIncrement(Duration.buildByMilliseconds(LOOK_AT_SIZE_MILLIS));
    size.start();
    appender.setRollingPolicy(older);
    appender.setTriggeringPolicy(size);
    return appender;
  }

  /** Keeps one older file beside the log. Logback's own take a pattern, which not every path is. */
  private static final class OneOlder extends RollingPolicyBase {

    @Override
    public void rollover() {
      try {
        Path file = Path.of(getActiveFileName());
        Files.move(
            file,
            file.resolveSibling(file.getFileName() + ".1"),
            StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new RolloverFailure("the log stays in its file", e);
      }
    }

    @Override
    public String getActiveFileName() {
      return getParentsRawFileProperty();
    }
  }
}
