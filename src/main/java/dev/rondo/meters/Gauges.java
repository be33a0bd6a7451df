package dev.rondo.meters;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The gauges of one generation of a verticle.
 *
 * <p>A registry keeps the gauge that came first under a name, and with it the generation whose
 * figure it shows, for ever. These replace the one before, and when they go they take away only
 * what is still theirs. Counters and timers need nothing of this: all generations count on.
 */
public final class Gauges implements AutoCloseable {

  private final MeterRegistry registry;
  private final List<Gauge> mine = new ArrayList<>();

  public Gauges(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Shows a figure from now on, in the place of whoever showed it before. */
  public void show(
      String name,
      Tags tags,
      @Nullable String unit,
      String description,
      Supplier<? extends Number> figure) {
    Gauge before = registry.find(name).tags(tags).gauge();
    if (before != null) {
      registry.remove(before);
    }
    mine.add(
        Gauge.builder(name, () -> figure.get())
            .description(description)
            .baseUnit(unit)
            .tags(tags)
            .strongReference(true)
            .register(registry));
  }

  /** Shows nothing any more. */
  @Override
  public void close() {
    for (Gauge gauge : mine) {
      if (registry.find(gauge.getId().getName()).tags(gauge.getId().getTags()).gauge() == gauge) {
        registry.remove(gauge);
      }
    }
    mine.clear();
  }
}
