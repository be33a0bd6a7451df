package dev.rondo.generation;

import java.security.ProtectionDomain;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Loads the packages of one verticle from memory, and everything else from the parent: messages,
 * {@code core} and libraries are the same for all generations.
 *
 * <p>Nothing outside refers to it but its classes, so it goes with the last object of them. They
 * have the protection domain of the node itself, because a thread remembers that of whoever was at
 * work when it was started.
 */
final class Classes extends ClassLoader {

  private final Map<String, byte[]> bytes;
  private final ProtectionDomain domain;

  /**
   * Loads classes from {@code bytes}, by their binary names, in place of the parent's.
   *
   * @param version which these packages say of themselves
   */
  Classes(Map<String, byte[]> bytes, Set<String> packages, String version, ClassLoader parent) {
    super(parent);
    this.bytes = Map.copyOf(bytes);
    this.domain = Classes.class.getProtectionDomain();
    packages.forEach(name -> definePackage(name, null, null, null, null, version, null, null));
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> own = own(name);
      return own == null ? super.loadClass(name, resolve) : own;
    }
  }

  private @Nullable Class<?> own(String name) {
    byte[] code = bytes.get(name);
    if (code == null) {
      return null;
    }
    Class<?> loaded = findLoadedClass(name);
    return loaded == null ? defineClass(name, code, 0, code.length, domain) : loaded;
  }
}
