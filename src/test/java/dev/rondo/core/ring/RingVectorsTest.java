package dev.rondo.core.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rondo.core.record.Key;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden vectors: what every implementation of this ring agrees on. */
class RingVectorsTest {

  private static final JsonObject VECTORS = read("/ring-vectors.json");

  /** A ring of the vectors; printed by its shape. */
  record Vector(JsonObject json) {

    Ring ring() {
      return Ring.of(workers(), json.getInteger("vnodes"));
    }

    List<Integer> workers() {
      return integers(json.getJsonArray("workers"));
    }

    @Override
    public String toString() {
      return "workers %s with %d vnodes".formatted(workers(), json.getInteger("vnodes"));
    }
  }

  static Stream<Vector> rings() {
    return objects(VECTORS.getJsonArray("rings")).map(Vector::new);
  }

  @Test
  void keys_have_the_positions_of_the_vectors() {
    assertThat(objects(VECTORS.getJsonArray("keys")))
        .isNotEmpty()
        .allSatisfy(
            key ->
                assertThat(Position.toLong(Key.of(key.getString("key")).position()))
                    .isEqualTo(key.getLong("position")));
  }

  @ParameterizedTest
  @MethodSource("rings")
  void the_ring_begins_with_the_tokens_of_the_vectors(Vector vector) {
    List<Token> tokens = vector.ring().tokens();
    JsonArray first = vector.json().getJsonArray("first");
    for (int i = 0; i < first.size(); i++) {
      JsonObject expected = first.getJsonObject(i);
      assertThat(Position.toLong(tokens.get(i).position())).isEqualTo(expected.getLong("position"));
      assertThat(tokens.get(i).worker()).isEqualTo(expected.getInteger("worker"));
    }
  }

  @ParameterizedTest
  @MethodSource("rings")
  void workers_have_the_shares_of_the_vectors(Vector vector) {
    JsonObject expected = vector.json().getJsonObject("primaryShare");
    assertThat(vector.ring().shares()).hasSameSizeAs(expected.fieldNames());
    vector
        .ring()
        .shares()
        .forEach(
            (worker, share) ->
                assertThat(share)
                    .isCloseTo(expected.getDouble(worker.toString()), within(0.000_001)));
  }

  @ParameterizedTest
  @MethodSource("rings")
  void keys_have_the_owners_of_the_vectors(Vector vector) {
    Ring ring = vector.ring();
    JsonObject owners = vector.json().getJsonObject("owners3");
    for (String key : owners.fieldNames()) {
      assertThat(ring.preferenceList(Key.of(key).position()).owners(3))
          .as(key)
          .isEqualTo(integers(owners.getJsonArray(key)));
    }
  }

  private static Stream<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast);
  }

  private static List<Integer> integers(JsonArray array) {
    return array.stream().map(Integer.class::cast).toList();
  }

  private static JsonObject read(String resource) {
    try (InputStream in = RingVectorsTest.class.getResourceAsStream(resource)) {
      byte[] bytes = Objects.requireNonNull(in, resource).readAllBytes();
      return new JsonObject(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + resource, e);
    }
  }
}
