package dev.rondo.generation;

import java.lang.ref.WeakReference;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The classes that announced themselves, as far as they are still there. */
public final class Loaded {

  private static final Queue<WeakReference<Class<?>>> all = new ConcurrentLinkedQueue<>();

  private Loaded() {}

  public static void add(Class<?> loaded) {
    all.add(new WeakReference<>(loaded));
  }

  static int ever() {
    return all.size();
  }

  static long present() {
    System.gc();
    return all.stream().filter(one -> one.get() != null).count();
  }
}
