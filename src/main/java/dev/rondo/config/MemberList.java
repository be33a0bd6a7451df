package dev.rondo.config;

import dev.rondo.core.member.Member;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The setting {@code members}: read, derived and written. */
final class MemberList {

  private static final List<String> FIELDS = List.of("id", "host", "httpPort", "grpcPort");

  private MemberList() {}

  /** Workers 0 to {@code count - 1} on one host. */
  static List<Member> derived(int count, String host) {
    return IntStream.range(0, count).mapToObj(id -> standard(id, host)).toList();
  }

  /** A worker at the usual ports. */
  static Member standard(int id, String host) {
    return new Member(id, host, Ports.ofWorker(Ports.HTTP, id), Ports.ofWorker(Ports.GRPC, id));
  }

  /** The members as they are listed; {@code host} is for those that name none. */
  static List<Member> read(JsonArray list, String host) {
    List<Member> members = new ArrayList<>();
    Set<Integer> ids = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      String key = "members[" + i + "]";
      Object entry = list.getValue(i);
      if (!(entry instanceof JsonObject fields)) {
        throw new ConfigException(key, entry, "an object with id, host, httpPort and grpcPort");
      }
      Member member = read(key, fields, host);
      Check.that(ids.add(member.id()), key + ".id", member.id(), "each id once");
      members.add(member);
    }
    Check.that(!members.isEmpty(), "members", "[]", "at least one member");
    return members;
  }

  /** The same list as JSON. */
  static JsonArray write(List<Member> members) {
    JsonArray list = new JsonArray();
    for (Member member : members) {
      list.add(
          new JsonObject()
              .put("id", member.id())
              .put("host", member.host())
              .put("httpPort", member.httpPort())
              .put("grpcPort", member.grpcPort()));
    }
    return list;
  }

  private static Member read(String key, JsonObject fields, String defaultHost) {
    for (String field : fields.fieldNames()) {
      if (!FIELDS.contains(field)) {
        String what = "setting " + key + "." + field + Unknown.value(fields.getValue(field));
        throw new ConfigException(Unknown.line(what, field, FIELDS));
      }
    }
    int id = number(key + ".id", fields.getValue("id"), 0, Member.ID_MAX);
    Member usual = standard(id, defaultHost);
    return new Member(
        id,
        host(key + ".host", fields.getValue("host", defaultHost)),
        number(key + ".httpPort", fields.getValue("httpPort", usual.httpPort()), 1, 65535),
        number(key + ".grpcPort", fields.getValue("grpcPort", usual.grpcPort()), 1, 65535));
  }

  private static int number(String key, @Nullable Object json, int least, int most) {
    long number = (Long) Kind.INTEGER.ofJson(key, json);
    Check.range(key, number, least, most);
    return (int) number;
  }

  private static String host(String key, @Nullable Object json) {
    String host = (String) Kind.TEXT.ofJson(key, json);
    Check.host(key, host);
    return host;
  }
}
