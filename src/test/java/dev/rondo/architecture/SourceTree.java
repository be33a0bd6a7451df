package dev.rondo.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** The project's own files, as the tidiness rules see them. */
final class SourceTree {
  static final Path MAIN = Path.of("src/main/java");

  /** A length in lines, and where it was measured. */
  record Length(String where, int lines) {}

  private SourceTree() {}

  static List<Path> files(Path root, String suffix) {
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(root)) {
      return paths.filter(path -> path.toString().endsWith(suffix)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Length> fileLengths() {
    return files(MAIN, ".java").stream()
        .map(file -> new Length(file.toString(), (int) text(file).lines().count()))
        .toList();
  }

  /** Every method and constructor with a body, from its first modifier to its last brace. */
  static List<Length> methodLengths() {
    List<Length> lengths = new ArrayList<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      var units = manager.getJavaFileObjectsFromPaths(files(MAIN, ".java"));
      var task = (JavacTask) compiler.getTask(null, manager, null, List.of(), null, units);
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        new MethodScanner(unit, positions, lengths).scan(unit, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lengths;
  }

  private static final class MethodScanner extends TreeScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<Length> lengths;

    MethodScanner(CompilationUnitTree unit, SourcePositions positions, List<Length> lengths) {
      this.unit = unit;
      this.positions = positions;
      this.lengths = lengths;
    }

    @Override
    public Void visitMethod(MethodTree method, Void none) {
      if (method.getBody() != null) {
        LineMap lines = unit.getLineMap();
        long first = lines.getLineNumber(positions.getStartPosition(unit, method));
        long last = lines.getLineNumber(positions.getEndPosition(unit, method));
        String file = unit.getSourceFile().getName();
        lengths.add(
            new Length(file + ":" + first + " " + method.getName(), (int) (last - first + 1)));
      }
      return super.visitMethod(method, null);
    }
  }
}
