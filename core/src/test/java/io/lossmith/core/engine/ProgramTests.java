package io.lossmith.core.engine;

import static io.lossmith.core.graph.Nodes.add;
import static io.lossmith.core.graph.Nodes.input;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.lossmith.core.Shape;
import io.lossmith.core.graph.Graph;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The door to the engines: who shares a program, what is kept between runs, and how it ends. */
class ProgramTests {
  private static final Graph GRAPH =
      Graph.of(List.of(Shape.of(1), Shape.of(1)), List.of(add(input(0, 1), input(1, 1))));

  private final AtomicInteger made = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private BiConsumer<float[][], float[][]> work =
      (inputs, outputs) -> outputs[0][0] = inputs[0][0] + inputs[1][0];

  private final Program program =
      new Program(
          "fake",
          GRAPH,
          new EngineProgram() {
            @Override
            public Call newCall() {
              made.incrementAndGet();
              return new ArrayCall(GRAPH) {
                @Override
                protected void compute() {
                  work.accept(inputs, outputs);
                }
              };
            }

            @Override
            public String explain() {
              return "adds";
            }

            @Override
            public void close() {
              ended.incrementAndGet();
            }
          });

  private final float[] x = {1};
  private final float[] y = {2};
  private final float[] out = {0};

  private static float run(Program program, float... inputs) {
    float[][] given = new float[inputs.length][];
    for (int i = 0; i < given.length; i++) {
      given[i] = new float[] {inputs[i]};
    }
    float[] result = {0};
    program.run(given, new float[][] {result});
    return result[0];
  }

  private Program share(float own) {
    return Objects.requireNonNull(program.share(new float[][] {{own}}));
  }

  @Test
  void aCallIsFilledAndRun() {
    try (Call call = program.call()) {
      call.input(0, x);
      call.input(1, y);
      call.output(0, call.number());
      call.run();
      assertThat(call.number()).containsExactly(3);
    }
    assertThat(program.engine()).isEqualTo("fake");
  }

  @Test
  void ownArraysFollowTheCallers() {
    Program five = share(5);
    Program seven = share(7);
    assertThat(run(five, 1)).isEqualTo(6);
    assertThat(run(seven, 1)).isEqualTo(8);
    assertThat(run(program, 1, 2)).isEqualTo(3);
    assertThat(made).hasValue(1);
  }

  @Test
  void anArrayForOneOfItsOwnIsOneTooMany() {
    assertThatThrownBy(() -> run(share(5), 1, 2)).hasMessage("fake: 2 input arrays, must be 1");
  }

  @Test
  void whatIsWrittenIsNotOneOfItsOwn() {
    float[] own = {5};
    Program five = Objects.requireNonNull(program.share(new float[][] {own}));
    assertThatThrownBy(() -> five.run(new float[][] {x}, new float[][] {own}))
        .hasMessage("fake: output 0 is the same array as a parameter, must be one of its own");
  }

  @Test
  void aCallIsKeptForTheNextRun() {
    for (int i = 0; i < 5; i++) {
      run(program, 1, 2);
    }
    assertThat(made).hasValue(1);
  }

  /** A run within a run stands for one on another thread. */
  @Test
  void runsAtTheSameTimeDoNotMeet() {
    BiConsumer<float[][], float[][]> adds = work;
    work =
        (inputs, outputs) -> {
          work = adds;
          assertThat(run(program, 10, 20)).isEqualTo(30);
          adds.accept(inputs, outputs);
        };
    assertThat(run(program, 1, 2)).isEqualTo(3);
    assertThat(made).hasValue(2);
  }

  @Test
  void moreCallersThanAreKeptHaveCallsMade() {
    for (int round = 0; round < 2; round++) {
      List<Call> calls = IntStream.range(0, 20).mapToObj(i -> program.call()).toList();
      assertThat(calls).doesNotHaveDuplicates();
      calls.forEach(Call::close);
    }
    assertThat(made).hasValue(20 + 4);
  }

  @Test
  void aCallThatIsClosedTwiceGoesToOneCaller() {
    Call call = program.call();
    call.close();
    call.close();
    assertThat(program.call()).isSameAs(call);
    assertThat(program.call()).isNotSameAs(call);
    program.close();
    assertThat(ended).hasValue(0);
  }

  @Test
  void nothingOfTheCallersIsKept() {
    List<float[][]> lists = new ArrayList<>();
    work =
        (inputs, outputs) -> {
          lists.add(inputs);
          lists.add(outputs);
        };
    run(program, 1, 2);
    run(share(5), 1);
    work =
        (inputs, outputs) -> {
          lists.add(inputs);
          throw new IllegalStateException("broken");
        };
    assertThatThrownBy(() -> run(program, 1, 2)).hasMessage("broken");
    assertThatThrownBy(() -> program.run(new float[][] {x, y}, new float[][] {y}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(lists)
        .hasSize(5)
        .allSatisfy(list -> assertThat(Arrays.asList(list)).containsOnlyNulls());
    assertThat(made).hasValue(1);
  }

  @Test
  void itEndsWithTheLastWhoSharesIt() {
    Program five = share(5);
    program.close();
    program.close();
    assertThat(ended).hasValue(0);
    assertThatThrownBy(() -> run(program, 1, 2))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("fake: this program is closed; compile it again");
    assertThat(program.share(new float[0][])).isNull();
    assertThat(run(five, 1)).isEqualTo(6);
    five.close();
    assertThat(ended).hasValue(1);
    assertThatThrownBy(() -> run(five, 1)).isExactlyInstanceOf(IllegalStateException.class);
    assertThat(program.explain()).isEqualTo("adds");
  }

  @Test
  void closedDuringARunItEndsAfterwards() {
    List<Integer> during = new ArrayList<>();
    work =
        (inputs, outputs) -> {
          program.close();
          during.add(ended.get());
        };
    run(program, 1, 2);
    assertThat(during).containsExactly(0);
    assertThat(ended).hasValue(1);
  }

  @Test
  void itEndsThoughACallCouldNotBeMade() {
    AtomicInteger closed = new AtomicInteger();
    Program poor =
        new Program(
            "poor",
            GRAPH,
            new EngineProgram() {
              @Override
              public Call newCall() {
                throw new OutOfMemoryError("no room");
              }

              @Override
              public String explain() {
                return "";
              }

              @Override
              public void close() {
                closed.incrementAndGet();
              }
            });
    assertThatThrownBy(poor::call).isInstanceOf(OutOfMemoryError.class);
    poor.close();
    assertThat(closed).hasValue(1);
  }

  @Test
  void threadsShareItUntilItEndsOnce() {
    for (int round = 0; round < 200; round++) {
      AtomicInteger before = new AtomicInteger(ended.get());
      Program shared = new Program("fake", GRAPH, counting());
      List<CompletableFuture<Void>> callers =
          IntStream.range(0, 4)
              .mapToObj(i -> CompletableFuture.runAsync(() -> runUntilClosed(shared)))
              .toList();
      shared.close();
      callers.forEach(CompletableFuture::join);
      assertThat(ended.get() - before.get()).isEqualTo(1);
    }
  }

  /** Fails where it is run once it has ended. */
  private EngineProgram counting() {
    AtomicInteger closed = new AtomicInteger();
    return new EngineProgram() {
      @Override
      public Call newCall() {
        return new ArrayCall(GRAPH) {
          @Override
          protected void compute() {
            assertThat(closed).hasValue(0);
            outputs[0][0] = inputs[0][0] + inputs[1][0];
            assertThat(closed).hasValue(0);
          }
        };
      }

      @Override
      public String explain() {
        return "";
      }

      @Override
      public void close() {
        closed.incrementAndGet();
        ended.incrementAndGet();
      }
    };
  }

  private static void runUntilClosed(Program program) {
    for (int i = 0; ; i++) {
      try {
        assertThat(run(program, i, 1)).isEqualTo(i + 1);
      } catch (IllegalStateException e) {
        return;
      }
    }
  }

  @Test
  void onceWarmItAllocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Program shared = share(5);
    float[][] inputs = {x};
    float[][] outputs = {out};
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 1000; i++) {
        shared.run(inputs, outputs);
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(least).isZero();
    assertThat(out).containsExactly(6);
  }
}
