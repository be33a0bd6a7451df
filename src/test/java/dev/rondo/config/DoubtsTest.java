package dev.rondo.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not refused, and said at the start. */
class DoubtsTest {
  private static final String TWO = "[{'id':0,'host':'192.0.2.6'},{'id':1,'host':'192.0.2.7'}]";

  @ParameterizedTest
  @CsvSource({"127.0.0.1, 127.0.0.1", "Node-1, node-1", "localhost, 127.0.0.1"})
  void a_worker_that_listens_where_it_is_listed_has_nothing_to_say(String host, String listed) {
    String members = "[{'id':0,'host':'%s'}]".formatted(listed);
    assertThat(doubts("{'role':'worker','host':'%s','members':%s}".formatted(host, members)))
        .isEmpty();
  }

  @Test
  void a_worker_that_listens_elsewhere_says_where_the_others_look_for_it() {
    assertThat(doubts("{'role':'worker','id':0,'members':[{'id':0,'host':'192.0.2.7'}]}"))
        .containsExactly(
            "host is '127.0.0.1', but the others look for Worker 0 at '192.0.2.7',"
                + " where members has it");
  }

  @Test
  void a_worker_among_several_hosts_says_that_it_guesses_where_its_controller_is() {
    String worker = "{'role':'worker','id':1,'host':'192.0.2.7','members':%s%s}";
    assertThat(doubts(worker.formatted(TWO, "")))
        .containsExactly(
            "controller.host is not set: the controller is looked for here, at 192.0.2.7:6000,"
                + " though members are on several hosts");
    assertThat(doubts(worker.formatted(TWO, ",'controller':{'host':'192.0.2.7'}"))).isEmpty();
    assertThat(doubts(worker.formatted(TWO, ",'controller':{'grpcPort':0}"))).isEmpty();
  }

  @Test
  void a_controller_may_be_anywhere() {
    assertThat(doubts("{'members':%s}".formatted(TWO))).isEmpty();
  }

  private static List<String> doubts(String json) {
    Settings settings = Spelling.ofJson(new JsonObject(json.replace('\'', '"')), "the test");
    return Doubts.of(Assembly.of(settings), settings);
  }
}
