package io.lossmith.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WeakMemoTests {
  private final AtomicInteger limit = new AtomicInteger(100);
  private final WeakMemo<String, String> memo = new WeakMemo<>(limit::get);
  private final Object owner = new Object();

  private String get(Object owner, String key, String made) {
    return memo.get(owner, key, () -> made);
  }

  @Test
  void whatWasMadeIsRemembered() {
    assertThat(get(owner, "a", "made")).isEqualTo("made");
    assertThat(get(owner, "a", "made again")).isEqualTo("made");
    assertThat(get(owner, "b", "other")).isEqualTo("other");
    assertThat(memo.size()).isEqualTo(2);
  }

  @Test
  void ownersAreToldApartByIdentity() {
    assertThat(get(new String("x"), "a", "one")).isEqualTo("one");
    assertThat(get(new String("x"), "a", "two")).isEqualTo("two");
  }

  @Test
  void theLeastRecentlyUsedIsForgottenFirst() {
    limit.set(2);
    get(owner, "a", "a");
    get(owner, "b", "b");
    get(owner, "a", "a");
    get(owner, "c", "c");
    assertThat(memo.size()).isEqualTo(2);
    assertThat(get(owner, "a", "made again")).isEqualTo("a");
    assertThat(get(owner, "b", "made again")).isEqualTo("made again");
    limit.set(1);
    get(owner, "d", "d");
    assertThat(memo.size()).isEqualTo(1);
  }

  @Test
  void ofTwoThatMakeTheSameOneWins() {
    String got = memo.get(owner, "a", () -> get(owner, "a", "first") + " and second");
    assertThat(got).isEqualTo("first");
    assertThat(get(owner, "a", "third")).isEqualTo("first");
  }

  @Test
  void whatIsOfAnOwnerGoesWithTheOwner() throws InterruptedException {
    get(owner, "a", "made");
    get(new Object(), "a", "made");
    for (int i = 0; i < 100 && memo.size() > 1; i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertThat(memo.size()).isEqualTo(1);
    assertThat(get(owner, "a", "made again")).isEqualTo("made");
  }
}
