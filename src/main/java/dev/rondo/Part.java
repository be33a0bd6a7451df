package dev.rondo;

import dev.rondo.generation.Recipe;
import io.vertx.core.Deployable;
import java.util.function.Supplier;

/**
 * One verticle of a node.
 *
 * @param name in the log and for whoever wants to replace it
 * @param instances how many of it, each on an event loop
 */
record Part(String name, int instances, Recipe recipe) {

  /** One that stays as long as the node. */
  Part(String name, int instances, Supplier<? extends Deployable> verticle) {
    this(name, instances, Recipe.lasting(verticle));
  }
}
