package dev.rondo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuMeterTest {
  @TempDir Path proc;

  @Test
  void user_and_system_time_of_all_processes_add_up() throws IOException {
    stat(11, "11 (java) S 1 1 1 0 -1 4194560 100 0 0 0 250 50 0 0 20 0 30 0 100");
    stat(12, "12 (a (b) c) S 1 1 1 0 -1 4194560 100 0 0 0 3 2 0 0 20 0 30 0 100");
    assertThat(new CpuMeter(proc, List.of(11L)).micros()).isEqualTo(3_000_000);
    assertThat(new CpuMeter(proc, List.of(11L, 12L)).micros()).isEqualTo(3_050_000);
  }

  @Test
  void without_a_process_the_time_is_unknown() {
    assertThat(new CpuMeter(proc, List.of()).micros()).isNaN();
    assertThat(new CpuMeter(proc, List.of(99L)).micros()).isNaN();
  }

  private void stat(long pid, String text) throws IOException {
    Files.createDirectories(proc.resolve(Long.toString(pid)));
    Files.writeString(proc.resolve(pid + "/stat"), text);
  }
}
