package dev.rondo.controller.web;

import dev.rondo.http.ApiContract;
import org.junit.jupiter.api.Test;

/** A controller and what {@code openapi.json} says of controllers. */
class ApiDocumentTest {

  @Test
  void a_controller_has_what_is_documented_and_nothing_else() {
    try (TestController controller = new TestController();
        ApiContract contract = new ApiContract()) {
      contract.hold("controller", "http://127.0.0.1:" + controller.port());
    }
  }
}
