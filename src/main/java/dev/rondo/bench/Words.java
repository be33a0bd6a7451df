package dev.rondo.bench;

import dev.rondo.core.record.Key;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;

/**
 * Distinct keys, and a value for each that follows from the key and from this run: what an earlier
 * run left behind counts as different.
 */
record Words(List<String> list, String run) {

  Words {
    list = List.copyOf(list);
  }

  /** The lines that can be keys, each once. */
  static Words of(Collection<String> lines) {
    LinkedHashSet<String> distinct = new LinkedHashSet<>();
    for (String line : lines) {
      int bytes = line.getBytes(StandardCharsets.UTF_8).length;
      if (bytes >= 1 && bytes <= Key.BYTES_MAX) {
        distinct.add(line);
      }
    }
    return new Words(List.copyOf(distinct), UUID.randomUUID().toString());
  }

  Buffer valueOf(String word) {
    return Buffer.buffer(word + " in " + run);
  }

  /** The path of a key, with every byte escaped that means something in a URI. */
  static String path(String word) {
    return "/kv/" + escape(word);
  }

  /** Text as it may stand anywhere in a URI. */
  static String escape(String text) {
    StringBuilder path = new StringBuilder(text.length() + 8);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (plain || "-_.~".indexOf(c) >= 0) {
        path.append(c);
      } else {
        path.append('%').append(hex(c >> 4)).append(hex(c & 15));
      }
    }
    return path.toString();
  }

  private static char hex(int digit) {
    return "0123456789ABCDEF".charAt(digit);
  }
}
