package dev.rondo.generation;

import dev.rondo.bus.Bus;
import dev.rondo.config.NodeConfig;
import io.vertx.core.Deployable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** How one kind of verticle is made. */
public abstract sealed class Recipe {

  /** Makes one, which serves with {@code bus}. */
  abstract Deployable verticle(Code code, NodeConfig config, Bus bus) throws Exception;

  /** One that stays as long as the node. */
  public static Recipe lasting(Supplier<? extends Deployable> maker) {
    return new Lasting(maker);
  }

  /**
   * One that can be replaced. Its class has a public constructor that takes the configuration, the
   * bus and the {@code parts} of the node, in this order.
   */
  public static Replaced replaceable(Class<? extends Deployable> type, Object... parts) {
    return new Replaced(type.getName(), Set.of(type.getPackageName()), List.of(parts));
  }

  static final class Lasting extends Recipe {
    private final Supplier<? extends Deployable> maker;

    private Lasting(Supplier<? extends Deployable> maker) {
      this.maker = maker;
    }

    @Override
    Deployable verticle(Code code, NodeConfig config, Bus bus) {
      return maker.get();
    }
  }

  /** One that can be replaced. */
  public static final class Replaced extends Recipe {
    private final String className;
    private final Set<String> packages;
    private final List<Object> parts;

    private Replaced(String className, Set<String> packages, List<Object> parts) {
      this.className = className;
      this.packages = packages;
      this.parts = parts;
    }

    String className() {
      return className;
    }

    /** What is loaded anew for other code. */
    Set<String> packages() {
      return packages;
    }

    /** The same, of which also the package of {@code other} is replaced. */
    public Replaced with(Class<?> other) {
      Set<String> more = new HashSet<>(packages);
      more.add(other.getPackageName());
      return new Replaced(className, Set.copyOf(more), parts);
    }

    @Override
    Deployable verticle(Code code, NodeConfig config, Bus bus) throws Exception {
      List<Object> arguments = new ArrayList<>(List.of(config, bus));
      arguments.addAll(parts);
      return code.verticle(className, arguments);
    }
  }
}
