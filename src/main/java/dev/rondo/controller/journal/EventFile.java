package dev.rondo.controller.journal;

import dev.rondo.bus.Events.Logged;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of the event log, one JSON object a line. It blocks, and one thread uses it at a time.
 *
 * <p>New lines are appended; once it has twice as many as are kept, the file is written anew. It is
 * not synced: after a power cut the last events may be missing, or the last line torn.
 */
final class EventFile {
  private static final Logger log = LoggerFactory.getLogger(EventFile.class);

  private final Path file;
  private final int keptMax;
  private int lines;
  private boolean damaged;

  /** The log in {@code file}, of which the last {@code keptMax} events matter. */
  EventFile(Path file, int keptMax) {
    this.file = file;
    this.keptMax = keptMax;
  }

  /** The events that are kept, oldest first. Lines that cannot be read are left out, and go. */
  Deque<Logged> load() throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    Deque<Logged> kept = new ArrayDeque<>();
    if (!Files.exists(file)) {
      return kept;
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    List<String> all = text.lines().filter(line -> !line.isBlank()).toList();
    all.forEach(line -> take(line, kept));
    lines = all.size();
    damaged = damaged || !(text.isEmpty() || text.endsWith("\n"));
    if (damaged) {
      log.warn("Event log damaged, what can be read is kept file={} events={}", file, kept.size());
      rewrite(kept);
    }
    return kept;
  }

  /** Adds an event, which {@code kept} ends with. What failed once is made up for. */
  void append(Logged event, Collection<Logged> kept) throws IOException {
    if (damaged || lines >= 2 * keptMax) {
      rewrite(kept);
      return;
    }
    damaged = true;
    Files.writeString(file, line(event), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    damaged = false;
    lines++;
  }

  private void take(String line, Deque<Logged> kept) {
    try {
      Logged event = EventJson.read(line);
      if (kept.isEmpty() || event.seq() > kept.getLast().seq()) {
        kept.addLast(event);
      }
      if (kept.size() > keptMax) {
        kept.removeFirst();
      }
    } catch (RuntimeException unreadable) {
      damaged = true;
    }
  }

  private void rewrite(Collection<Logged> kept) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    damaged = true;
    Files.writeString(draft, kept.stream().map(EventFile::line).collect(Collectors.joining()));
    Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    damaged = false;
    lines = kept.size();
  }

  private static String line(Logged event) {
    return EventJson.write(event).encode() + "\n";
  }
}
