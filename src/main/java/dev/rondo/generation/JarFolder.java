package dev.rondo.generation;

import dev.rondo.bus.BusProtocol;
import dev.rondo.bus.Redeploying;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * The only folder from which other code is taken. The packages of a verticle are read into memory
 * as a whole, so that the file may be replaced or removed afterwards. It blocks.
 */
final class JarFolder {

  private static final String SUFFIX = ".class";
  private static final long CLASSES_BYTES_MAX = 64 << 20;
  private static final int HASH_BYTES = 4;

  private final Path folder;

  JarFolder(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  Path path() {
    return folder;
  }

  /** The code of a verticle in the jar {@code name}. */
  Code code(String name, Recipe.Replaced recipe) throws Unfit {
    Path file = find(name);
    try (JarFile jar = new JarFile(file.toFile())) {
      String version = version(jar.getManifest());
      Map<String, byte[]> classes = classes(jar, recipe.packages());
      if (!classes.containsKey(recipe.className())) {
        throw new Unfit(name + " does not contain " + recipe.className());
      }
      String label = version + "+" + hash(classes);
      ClassLoader loader =
          new Classes(classes, recipe.packages(), version, JarFolder.class.getClassLoader());
      warm(classes.keySet(), loader);
      return new Code(new Redeploying.Code(label, folder.relativize(file).toString()), loader);
    } catch (IOException | SecurityException broken) {
      throw new Unfit(name + " is no jar that can be read: " + broken.getMessage());
    }
  }

  /** So that event loops need not read, check and prepare classes while questions wait. */
  private static void warm(Set<String> names, ClassLoader loader) throws Unfit {
    for (String name : names) {
      try {
        Class.forName(name, true, loader);
      } catch (ClassNotFoundException | LinkageError unfit) {
        throw new Unfit(name + " does not fit into this node: " + unfit);
      }
    }
  }

  private Path find(String name) throws Unfit {
    try {
      Path real = folder.resolve(name).toRealPath();
      Path root = folder.toRealPath();
      if (!real.startsWith(root) || !folder.resolve(name).normalize().startsWith(folder)) {
        throw new Unfit("'%s' is not in redeploy.jarDirectory (%s)".formatted(name, folder));
      }
      if (!Files.isRegularFile(real) || !real.toString().endsWith(".jar")) {
        throw new Unfit("'%s' is not a file that ends with .jar".formatted(name));
      }
      return folder.resolve(root.relativize(real));
    } catch (IOException | InvalidPathException absent) {
      throw new Unfit("There is no '%s' in redeploy.jarDirectory (%s)".formatted(name, folder));
    }
  }

  private static String version(@Nullable Manifest manifest) throws Unfit {
    Attributes main = manifest == null ? new Attributes() : manifest.getMainAttributes();
    String protocol = main.getValue(BusProtocol.ATTRIBUTE);
    if (protocol == null) {
      throw new Unfit("The jar does not say its " + BusProtocol.ATTRIBUTE + "; no Rondo?");
    }
    if (!protocol.equals(Integer.toString(BusProtocol.VERSION))) {
      throw new Unfit(
          ("The jar speaks version %s on the bus and this node version %d: its verticles do not fit"
                  + " beside those that run. A rolling restart installs it: stop, replace the jar,"
                  + " start, one worker after the other")
              .formatted(protocol, BusProtocol.VERSION));
    }
    String version = main.getValue(Attributes.Name.IMPLEMENTATION_VERSION);
    return version == null ? "unknown" : version;
  }

  private static Map<String, byte[]> classes(JarFile jar, Set<String> packages)
      throws IOException, Unfit {
    Map<String, byte[]> classes = new TreeMap<>();
    long bytes = 0;
    for (Enumeration<? extends ZipEntry> all = jar.entries(); all.hasMoreElements(); ) {
      ZipEntry entry = all.nextElement();
      String name = entry.getName().replace('/', '.');
      if (name.endsWith(SUFFIX) && packages.contains(packageOf(name))) {
        byte[] code = read(jar, entry, CLASSES_BYTES_MAX - bytes);
        bytes += code.length;
        classes.put(name.substring(0, name.length() - SUFFIX.length()), code);
      }
    }
    return classes;
  }

  private static byte[] read(JarFile jar, ZipEntry entry, long bytesMax) throws IOException, Unfit {
    try (InputStream in = jar.getInputStream(entry)) {
      byte[] code = in.readNBytes((int) bytesMax + 1);
      if (code.length > bytesMax) {
        throw new Unfit("The classes of the verticle are larger than 64 MiB");
      }
      return code;
    }
  }

  /** Of {@code dev.rondo.api.KvRoutes.class}, the first three. */
  private static String packageOf(String classFile) {
    int simple = classFile.lastIndexOf('.', classFile.length() - SUFFIX.length() - 1);
    return simple < 0 ? "" : classFile.substring(0, simple);
  }

  private static String hash(Map<String, byte[]> classes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      classes.values().forEach(digest::update);
      return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
