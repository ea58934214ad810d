package io.lossmith.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.lossmith.core.engine.Program;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoinedInputsTests {
  private static final float[][] NONE = {};

  private final float[] x = {1};
  private final float[] y = {2};
  private final float[] own = {3};

  /** Does something else than to compute. */
  private interface Run {
    void with(float[][] inputs);
  }

  private static Program program(Run run) {
    return new Program() {
      @Override
      public void run(float[][] inputs, float[][] outputs) {
        run.with(inputs);
      }

      @Override
      public String explain() {
        return "";
      }

      @Override
      public void close() {}
    };
  }

  @Test
  void ownArraysFollowTheCallers() {
    JoinedInputs joined = new JoinedInputs(new float[][] {own});
    for (float[] given : List.of(x, y)) {
      joined.run(
          program(all -> assertThat(List.of(all)).containsExactly(given, own)),
          new float[][] {given},
          NONE);
    }
  }

  @Test
  void withoutAnyOfItsOwnTheCallersListIsHandedOn() {
    float[][] given = {x, y};
    new JoinedInputs(NONE).run(program(all -> assertThat(all).isSameAs(given)), given, NONE);
    assertThat(List.of(given)).containsExactly(x, y);
  }

  /** A run within a run stands for one on another thread. */
  @Test
  void runsAtTheSameTimeDoNotMeet() {
    JoinedInputs joined = new JoinedInputs(new float[][] {own});
    Program inner = program(all -> assertThat(List.of(all)).containsExactly(y, own));
    Program outer =
        program(
            all -> {
              joined.run(inner, new float[][] {y}, NONE);
              assertThat(List.of(all)).containsExactly(x, own);
            });
    joined.run(outer, new float[][] {x}, NONE);
    joined.run(outer, new float[][] {x}, NONE);
  }

  @Test
  void nothingOfTheCallersIsKept() {
    JoinedInputs joined = new JoinedInputs(new float[][] {own});
    List<float[][]> lists = new ArrayList<>();
    joined.run(program(lists::add), new float[][] {x}, NONE);
    Program broken =
        program(
            all -> {
              lists.add(all);
              throw new IllegalStateException("broken");
            });
    assertThatThrownBy(() -> joined.run(broken, new float[][] {y}, NONE)).hasMessage("broken");
    assertThat(lists)
        .allSatisfy(list -> assertThat(Arrays.asList(list)).containsExactly(null, own));
  }

  @Test
  void onceWarmItAllocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    JoinedInputs joined = new JoinedInputs(new float[][] {own});
    Program idle = program(all -> {});
    float[][] given = {x};
    long[] spent = new long[5];
    for (int round = 0; round < spent.length; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 1000; i++) {
        joined.run(idle, given, NONE);
      }
      spent[round] = threads.getCurrentThreadAllocatedBytes() - before;
    }
    assertThat(Arrays.stream(spent).min()).hasValue(0);
  }
}
