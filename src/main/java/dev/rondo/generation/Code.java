package dev.rondo.generation;

import dev.rondo.bus.Redeploying;
import io.vertx.core.Deployable;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;

/** Where the classes of a verticle come from. */
final class Code {

  private final Redeploying.Code label;
  private final ClassLoader loader;

  Code(Redeploying.Code label, ClassLoader loader) {
    this.label = label;
    this.loader = loader;
  }

  /** The jar that the node was started from. */
  static Code own() {
    String version = Code.class.getPackage().getImplementationVersion();
    return new Code(
        new Redeploying.Code(version == null ? "development" : version, null),
        Code.class.getClassLoader());
  }

  Redeploying.Code label() {
    return label;
  }

  /** One verticle by the public constructor that takes just these; fails with what it throws. */
  Deployable verticle(String className, List<Object> arguments) throws Exception {
    Constructor<?> constructor = constructor(loader.loadClass(className), arguments);
    try {
      return (Deployable) constructor.newInstance(arguments.toArray());
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause() instanceof Exception cause
          ? cause
          : new Unfit("It cannot be made: " + thrown.getCause());
    }
  }

  private static Constructor<?> constructor(Class<?> type, List<Object> arguments) throws Unfit {
    return Arrays.stream(type.getConstructors())
        .filter(constructor -> takes(constructor.getParameterTypes(), arguments))
        .findFirst()
        .orElseThrow(() -> new Unfit(type.getName() + " has no constructor that this node knows"));
  }

  private static boolean takes(Class<?>[] types, List<Object> arguments) {
    if (types.length != arguments.size()) {
      return false;
    }
    for (int i = 0; i < types.length; i++) {
      if (!types[i].isInstance(arguments.get(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    String jar = label.jar();
    return jar == null ? label.version() : label.version() + " of " + jar;
  }
}
