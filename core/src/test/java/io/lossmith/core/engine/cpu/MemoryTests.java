package io.lossmith.core.engine.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import io.lossmith.core.op.CumulativeSum;
import io.lossmith.core.plan.Buffer;
import io.lossmith.core.plan.Plan;
import io.lossmith.core.plan.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Which temporary buffers share an array, over plans of whole-array steps. */
class MemoryTests {
  private final List<Buffer> buffers = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<Buffer> checks = new ArrayList<>();

  private Buffer buffer(Buffer.Kind kind, int count) {
    Buffer buffer = new Buffer(buffers.size(), kind, 0, Shape.of(count), null, null);
    buffers.add(buffer);
    return buffer;
  }

  private Buffer temporary(int count) {
    return buffer(Buffer.Kind.TEMPORARY, count);
  }

  private void step(Buffer to, Buffer... from) {
    List<Shape> shapes = Arrays.stream(from).map(Buffer::shape).toList();
    steps.add(new Step.WholeArray(new CumulativeSum(0, false, false), List.of(from), shapes, to));
  }

  private Memory memory() {
    return Memory.of(new Plan(buffers, steps, checks), List.of());
  }

  @Test
  void aChainGoesBackAndForthBetweenTwoArrays() {
    Buffer last = buffer(Buffer.Kind.INPUT, 10);
    for (int i = 0; i < 6; i++) {
      Buffer next = temporary(10);
      step(next, last);
      last = next;
    }
    step(buffer(Buffer.Kind.OUTPUT, 10), last);
    Memory memory = memory();
    assertThat(memory.arrayOf()).containsExactly(-1, 0, 1, 0, 1, 0, 1, -1);
    assertThat(memory.sizes()).containsExactly(10, 10);
    assertThat(memory.bytes()).isEqualTo(80);
  }

  @Test
  void whatIsReadOnceMoreIsNotGivenAway() {
    Buffer first = temporary(10);
    Buffer second = temporary(10);
    Buffer third = temporary(10);
    Buffer fourth = temporary(10);
    step(first);
    step(second, first);
    step(third, second);
    step(fourth, third, first);
    assertThat(memory().arrayOf()).containsExactly(0, 1, 2, 1);
  }

  @Test
  void onlyTemporaryBuffersHaveArrays() {
    Buffer data = new Buffer(0, Buffer.Kind.DATA, 0, Shape.of(2), new float[2], null);
    buffers.add(data);
    step(buffer(Buffer.Kind.OUTPUT, 4), buffer(Buffer.Kind.INPUT, 4), data);
    assertThat(memory().arrayOf()).containsExactly(-1, -1, -1);
    assertThat(memory().bytes()).isZero();
  }

  @Test
  void theSmallestArrayThatIsLargeEnoughIsTaken() {
    Buffer large = temporary(100);
    Buffer middle = temporary(50);
    Buffer small = temporary(10);
    Buffer end = temporary(1);
    step(large);
    step(middle);
    step(small);
    step(end, large, middle, small);
    step(temporary(40), end);
    assertThat(memory().arrayOf()).containsExactly(0, 1, 2, 3, 1);
    assertThat(memory().sizes()).containsExactly(100, 50, 10, 1);
  }

  @Test
  void whereNoneIsLargeEnoughTheLargestGrows() {
    Buffer large = temporary(50);
    Buffer small = temporary(10);
    Buffer end = temporary(1);
    step(large);
    step(small);
    step(end, large, small);
    step(temporary(70), end);
    assertThat(memory().arrayOf()).containsExactly(0, 1, 2, 0);
    assertThat(memory().sizes()).containsExactly(70, 10, 1);
  }

  @Test
  void whatIsWrittenInPartsStaysWhereItIs() {
    Buffer joined = temporary(10);
    Buffer part = temporary(10);
    steps.add(new Step.Clear(joined));
    step(part);
    step(joined, part);
    step(temporary(10), joined);
    assertThat(memory().arrayOf()).containsExactly(0, 1, 1);
  }

  @Test
  void whatNobodyReadsIsFreeAtOnce() {
    step(temporary(10));
    step(temporary(10));
    assertThat(memory().arrayOf()).containsExactly(0, 0);
  }

  @Test
  void checksAreThereAfterTheLastStep() {
    Buffer check = temporary(1);
    checks.add(check);
    step(check);
    Buffer last = temporary(1);
    step(last);
    step(temporary(1), last);
    assertThat(memory().arrayOf()).containsExactly(0, 1, 2);
  }

  /** Lives as the plan tells them, by looking at each step: another way than the one under test. */
  private boolean isAlive(Buffer buffer, int after) {
    boolean isWritten =
        steps.subList(0, after + 1).stream().anyMatch(s -> s.writes().contains(buffer));
    boolean isRead =
        steps.subList(after + 1, steps.size()).stream().anyMatch(s -> s.reads().contains(buffer));
    return isWritten && (isRead || checks.contains(buffer));
  }

  @Property(tries = 500)
  void noTwoThatAreAliveShareAnArray(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int n) {
    List.of(buffers, steps, checks).forEach(List::clear); // of the try before
    Random random = new Random(seed);
    for (int i = 0; i < n; i++) {
      int known = buffers.size();
      Buffer[] read =
          random
              .ints(random.nextInt(3), 0, Math.max(1, known))
              .distinct()
              .boxed()
              .filter(id -> id < known)
              .map(buffers::get)
              .toArray(Buffer[]::new);
      step(temporary(1 + random.nextInt(9)), read);
    }
    checks.add(buffers.get(random.nextInt(n)));
    Memory memory = memory();
    MemoryVerifier.verify(new Plan(buffers, steps, checks), List.of(), memory);
    for (int step = 0; step < n; step++) {
      int now = step;
      List<Integer> arrays =
          buffers.stream()
              .filter(b -> isAlive(b, now) || steps.get(now).writes().contains(b))
              .map(b -> memory.arrayOf()[b.id()])
              .toList();
      assertThat(arrays).doesNotHaveDuplicates();
    }
    for (Buffer buffer : buffers) {
      assertThat(memory.sizes().get(memory.arrayOf()[buffer.id()]))
          .isGreaterThanOrEqualTo(buffer.shape().count());
    }
  }
}
