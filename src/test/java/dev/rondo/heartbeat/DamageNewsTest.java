package dev.rondo.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.bus.ClusterEvent;
import dev.rondo.bus.StorageFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DamageNewsTest {
  private final List<ClusterEvent> told = new ArrayList<>();

  @Test
  void a_store_that_was_set_aside_is_told_of_once() {
    DamageNews news = new DamageNews(3, null, told::add);
    news.learn(figures(null));
    assertThat(told).isEmpty();
    news.learn(figures("store.corrupt-1"));
    news.learn(figures("store.corrupt-1"));
    assertThat(told).hasSize(1);
    assertThat(told.get(0).kind()).isEqualTo("storage_damaged");
    assertThat(told.get(0).worker()).isEqualTo(3);
    assertThat(told.get(0).text()).contains("store.corrupt-1");
    news.learn(figures("store.corrupt-2"));
    assertThat(told).hasSize(2);
  }

  @Test
  void what_the_generation_before_has_told_is_not_told_again() {
    DamageNews before = new DamageNews(3, null, told::add);
    before.learn(figures("store.corrupt-1"));
    told.clear();
    DamageNews news = new DamageNews(3, before.told(), told::add);
    news.learn(figures("store.corrupt-1"));
    news.learn(figures("store.corrupt-1"));
    assertThat(told).isEmpty();
    news.learn(figures("store.corrupt-2"));
    assertThat(told).hasSize(1);
  }

  private static StorageFigures figures(String setAside) {
    return new StorageFigures(
        StorageFigures.Health.OPEN, 0, 0, 0, 0, Map.of(), 0, 0, setAside, List.of());
  }
}
