package dev.rondo.generation;

import dev.rondo.bus.BusProtocol;
import dev.rondo.generation.echo.EchoVerticle;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Jars with other code of the verticle that echoes. */
final class Jars {

  private static final String NAME = EchoVerticle.class.getName().replace('.', '/');

  private Jars() {}

  /** Makes a jar of the changed source, which says that it speaks {@code protocol}. */
  static Path make(Path jar, int protocol, UnaryOperator<String> change) throws IOException {
    Path work = Files.createTempDirectory("echo");
    try {
      return make(jar, protocol, change, work);
    } finally {
      delete(work);
    }
  }

  private static Path make(Path jar, int protocol, UnaryOperator<String> change, Path work)
      throws IOException {
    Path source = work.resolve(NAME + ".java");
    Files.createDirectories(source.getParent());
    String text = Files.readString(Path.of("src/test/java").resolve(NAME + ".java"));
    Files.writeString(source, change.apply(text));
    compile(source, work);
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "2.0");
    manifest.getMainAttributes().putValue(BusProtocol.ATTRIBUTE, Integer.toString(protocol));
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest);
        Stream<Path> classes = Files.walk(work)) {
      for (Path one : classes.filter(path -> path.toString().endsWith(".class")).toList()) {
        out.putNextEntry(new JarEntry(work.relativize(one).toString()));
        out.write(Files.readAllBytes(one));
      }
    }
    return jar;
  }

  /** Makes a jar that fits. */
  static Path make(Path jar, UnaryOperator<String> change) throws IOException {
    return make(jar, BusProtocol.VERSION, change);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static void compile(Path source, Path into) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options = List.of("-proc:none", "-nowarn", "-d", into.toString());
      if (!compiler
          .getTask(null, files, null, options, null, files.getJavaFileObjects(source))
          .call()) {
        throw new IllegalStateException("the changed source does not compile");
      }
    }
  }
}
