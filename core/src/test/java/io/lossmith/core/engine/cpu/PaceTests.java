package io.lossmith.core.engine.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When brief runs are shared out: times here are made up. */
class PaceTests {
  private static final long CLOSE = 50_000;
  private static final int ROW = 100;
  private static final long ME = 1;
  private static final long OTHER = 2;

  private final Pace pace = new Pace(CLOSE, 0);
  private long now;

  @Test
  void runsThatFollowEachOtherCloselyAreARow() {
    for (int run = 0; run < ROW; run++) {
      assertThat(next(10, ME)).as("run %d", run).isFalse();
    }
    assertThat(next(10, ME)).isTrue();
    assertThat(next(10, ME)).isTrue();
  }

  @Test
  void aPauseEndsARow() {
    row();
    assertThat(next(CLOSE, ME)).isFalse();
    assertThat(next(10, ME)).isFalse();
  }

  @Test
  void anotherCallerEndsARowAndIsRememberedForAWhile() {
    row();
    assertThat(pace.rests(now)).isFalse();
    assertThat(next(10, OTHER)).isFalse();
    assertThat(pace.rests(now)).isTrue();
    now += 100_000_000;
    assertThat(pace.rests(now)).isFalse();
  }

  @Test
  void anotherCallerAfterAPauseIsNoDisturbance() {
    row();
    assertThat(next(CLOSE, OTHER)).isFalse();
    assertThat(pace.rests(now)).isFalse();
  }

  @Test
  void whoFindsTheTeamBusyIsSeenToo() {
    row();
    assertThat(pace.take()).isTrue();
    assertThat(next(10, ME)).isFalse();
    pace.giveBack();
    assertThat(next(10, ME)).isFalse();
    now += 100_000_000;
    assertThat(pace.take()).isTrue();
  }

  @Test
  void whereNoTimeIsCloseThereIsNoRow() {
    Pace never = new Pace(0, 0);
    for (int run = 0; run < 2 * ROW; run++) {
      assertThat(never.takeBriefly(0, ME)).isFalse();
    }
  }

  private void row() {
    for (int run = 0; run <= ROW; run++) {
      next(10, ME);
    }
    assertThat(next(10, ME)).isTrue();
  }

  private boolean next(long later, long thread) {
    now += later;
    boolean isTaken = pace.takeBriefly(now, thread);
    if (isTaken) {
      pace.giveBack();
    }
    return isTaken;
  }
}
