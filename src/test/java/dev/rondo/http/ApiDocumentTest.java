package dev.rondo.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ApiDocumentTest {
  private static final Pattern RESOURCE =
      Pattern.compile("\"(/(?:kv|ring|node|cluster|health|metrics|openapi)[^\"?%]*)\"");

  @Test
  void it_keeps_the_rules_of_openapi_and_its_examples_those_of_their_schemas() {
    try (ApiContract contract = new ApiContract()) {
      JsonObject paths = ApiContract.document().getJsonObject("paths");
      ApiContract.operations()
          .forEach(
              one -> {
                JsonObject operation =
                    paths
                        .getJsonObject(one.path())
                        .getJsonObject(one.method().toLowerCase(Locale.ROOT));
                checkExamples(contract, one.id(), operation.getJsonObject("responses"));
              });
    }
  }

  private static void checkExamples(ApiContract contract, String id, JsonObject responses) {
    for (String status : responses.fieldNames()) {
      JsonObject content =
          responses.getJsonObject(status).getJsonObject("content", new JsonObject());
      for (String type : content.fieldNames()) {
        JsonObject example = content.getJsonObject(type).getJsonObject("example");
        if (example != null) {
          contract.check(id, Integer.parseInt(status), type, example.encode());
        }
      }
    }
  }

  @Test
  void it_knows_every_problem_by_its_code() {
    JsonArray codes =
        schema("Problem").getJsonObject("properties").getJsonObject("code").getJsonArray("enum");
    assertThat(codes.stream().map(String.class::cast))
        .containsExactlyElementsOf(
            Arrays.stream(ProblemCode.values()).map(ProblemCode::code).toList());
  }

  @Test
  void every_reference_leads_somewhere_and_every_part_is_referred_to() {
    JsonObject components = ApiContract.document().getJsonObject("components");
    Set<String> parts = new TreeSet<>();
    for (String kind : components.fieldNames()) {
      components
          .getJsonObject(kind)
          .fieldNames()
          .forEach(name -> parts.add("#/components/" + kind + "/" + name));
    }
    Set<String> references =
        Pattern.compile("\"\\$ref\":\"([^\"]+)\"")
            .matcher(ApiContract.document().encode())
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(references).isEqualTo(parts);
  }

  /** Of what is not there no test of the document could tell. */
  @Test
  void every_path_in_the_code_is_in_it() throws IOException {
    Set<String> documented = ApiContract.document().getJsonObject("paths").fieldNames();
    for (String resource : resources()) {
      assertThat(documented)
          .as(resource)
          .anyMatch(path -> path.startsWith(resource) || path.contains(resource + "/"));
    }
  }

  private static List<String> resources() throws IOException {
    Set<String> found = new TreeSet<>();
    for (String room : List.of("api", "controller/web", "controller/gateway", "http")) {
      try (Stream<Path> sources = Files.list(Path.of("src/main/java/dev/rondo", room))) {
        for (Path source : sources.filter(Files::isRegularFile).toList()) {
          RESOURCE
              .matcher(Files.readString(source))
              .results()
              .map(one -> one.group(1).replaceAll(":(\\w+)", "{$1}"))
              .forEach(found::add);
        }
      }
    }
    assertThat(found).contains("/kv", "/cluster/workers/{id}/restart", "/openapi.json");
    return List.copyOf(found);
  }

  @Test
  void its_version_is_that_of_the_project() throws IOException {
    String version = ApiContract.document().getJsonObject("info").getString("version");
    assertThat(Files.readString(Path.of("pom.xml")))
        .containsPattern("<artifactId>rondo</artifactId>\\s*<version>" + version);
  }

  private static JsonObject schema(String name) {
    return ApiContract.document()
        .getJsonObject("components")
        .getJsonObject("schemas")
        .getJsonObject(name);
  }
}
