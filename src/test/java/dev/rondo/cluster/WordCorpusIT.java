package dev.rondo.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rondo.bench.BenchCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A dictionary goes in through random workers and comes out of every one. */
class WordCorpusIT {
  @RegisterExtension static final Cluster cluster = Cluster.of(4);

  private static final Path DICTIONARY = Path.of("/usr/share/dict/words");

  /** Every so-manieth word: all of them would take too long for a test of every build. */
  private static final int STEP = Integer.getInteger("rondo.words.step", 8);

  @TempDir Path folder;

  @Test
  void every_word_comes_back_from_every_worker_and_is_on_exactly_its_owners() throws IOException {
    assumeTrue(Files.isReadable(DICTIONARY), DICTIONARY + " is there");
    List<String> all = Files.readAllLines(DICTIONARY);
    List<String> some =
        IntStream.range(0, all.size()).filter(i -> i % STEP == 0).mapToObj(all::get).toList();
    Path words = Files.write(folder.resolve("words"), some);

    StringWriter out = new StringWriter();
    List<String> arguments =
        new ArrayList<>(List.of("--words", words.toString(), "--check-placement"));
    cluster.ids().forEach(worker -> arguments.addAll(List.of("--url", cluster.url(worker))));
    int exit =
        new CommandLine(new BenchCommand(Map.of()))
            .setOut(new PrintWriter(out))
            .execute(arguments.toArray(String[]::new));

    assertThat(exit).as(out.toString()).isZero();
    assertThat(out.toString()).contains("0 differences, 0 misplaced");
  }
}
