package dev.rondo.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
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
import org.junit.jupiter.api.Test;

class ApiDocumentTest {
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
  void the_paths_are_those_of_the_code() throws IOException {
    Set<String> documented =
        new TreeSet<>(ApiContract.document().getJsonObject("paths").fieldNames());
    assertThat(documented).contains("/eventbus/info", "/eventbus/websocket");
    documented.removeIf(path -> path.startsWith("/eventbus/"));
    Set<String> found = SourceRoutes.all();
    assertThat(found).contains("/eventbus/*");
    found.remove("/eventbus/*");
    // Behind these prefixes keys stay as they are: no router sees them.
    found.addAll(Set.of("/kv/{key}", "/ring/keys/{key}"));
    assertThat(documented).isEqualTo(found);
  }

  @Test
  void every_problem_is_named_under_its_status_or_among_the_others() {
    Set<String> named = new TreeSet<>();
    ApiContract.operations().forEach(one -> named.addAll(problemsOf(one)));
    assertThat(named)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ProblemCode.values()).map(ProblemCode::code).toList());
  }

  private static Set<String> problemsOf(ApiContract.Operation one) {
    JsonObject responses =
        ApiContract.document()
            .getJsonObject("paths")
            .getJsonObject(one.path())
            .getJsonObject(one.method().toLowerCase(Locale.ROOT))
            .getJsonObject("responses");
    Set<String> named = new TreeSet<>();
    for (String status : responses.fieldNames()) {
      String text = resolved(responses.getJsonObject(status)).getString("description");
      List<String> words = Arrays.asList(text.split("[^a-z_]+", -1));
      for (ProblemCode code : ProblemCode.values()) {
        if (words.contains(code.code())) {
          named.add(code.code());
          assertThat(Set.of(String.valueOf(code.status()), "default"))
              .as("%s names %s", one, code.code())
              .contains(status);
        }
      }
    }
    return named;
  }

  @Test
  void examples_of_what_is_sent_keep_their_schemas() {
    JsonObject parameters =
        ApiContract.document().getJsonObject("components").getJsonObject("parameters");
    int checked = 0;
    for (String name : parameters.fieldNames()) {
      checked += checkExample(parameters.getJsonObject(name));
    }
    JsonObject paths = ApiContract.document().getJsonObject("paths");
    for (ApiContract.Operation one : ApiContract.operations().toList()) {
      JsonObject operation =
          paths.getJsonObject(one.path()).getJsonObject(one.method().toLowerCase(Locale.ROOT));
      JsonObject content =
          operation
              .getJsonObject("requestBody", new JsonObject())
              .getJsonObject("content", new JsonObject());
      for (String type : content.fieldNames()) {
        checked += checkExample(content.getJsonObject(type));
      }
    }
    assertThat(checked).isGreaterThan(5);
  }

  private static int checkExample(JsonObject part) {
    Object example = part.getValue("example");
    if (example == null) {
      return 0;
    }
    JsonObject schema = resolved(part.getJsonObject("schema"));
    JsonSchemaOptions options =
        new JsonSchemaOptions()
            .setBaseUri("http://127.0.0.1/")
            .setDraft(Draft.DRAFT202012)
            .setOutputFormat(OutputFormat.Basic);
    OutputUnit found = Validator.create(JsonSchema.of(schema), options).validate(example);
    assertThat(found.getValid()).as("%s: %s", example, found.getErrors()).isTrue();
    return 1;
  }

  private static JsonObject resolved(JsonObject part) {
    String reference = part.getString("$ref");
    if (reference == null) {
      return part;
    }
    String[] steps = reference.split("/", -1);
    return ApiContract.document()
        .getJsonObject("components")
        .getJsonObject(steps[2])
        .getJsonObject(steps[3]);
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
