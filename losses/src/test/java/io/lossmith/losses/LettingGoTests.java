package io.lossmith.losses;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Engines;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Servers and Spark load user code, and often this library with it, by class loaders that they drop
 * again; their own threads stay. Nothing may hold on to such a loader.
 */
@Timeout(120)
class LettingGoTests {
  private static final int CALLERS = 3;

  /** Threads that no other test has: whoever runs {@link Use} first starts them. */
  private static final int THREADS = 5;

  private static final Shape SHAPE = Shape.of(1, 2, 256, 256);

  private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

  @AfterEach
  void end() {
    callers.shutdownNow();
    System.clearProperty("lossmith.simd");
  }

  /** What a user does: a loss of the catalogue, one of their own, tensors, on many threads. */
  public static final class Use implements Runnable {
    @Override
    public void run() {
      Engine engine = Engines.byName("cpu").withThreads(THREADS);
      float[] array = new float[SHAPE.count()];
      Loss own = (p, t) -> p.minus(t).exp().minus(1).square().mean();
      for (Loss loss : List.of(Dice.sigmoid().plus(own.times(0.5)), own)) {
        try (Compiled compiled = loss.compile(InputShapes.of(SHAPE, SHAPE), engine)) {
          compiled.evaluate(array, array, null, array.clone());
        }
        Tensor tensor = Tensor.zeros(SHAPE.toArray());
        loss.valueAndGradient(tensor, tensor).value().item();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theLoaderOfTheLibraryIsLetGo(boolean simd) throws Exception {
    System.setProperty("lossmith.simd", Boolean.toString(simd));
    WeakReference<ClassLoader> loader =
        use(
            ClassLoader.getPlatformClassLoader(),
            Stream.of(Shape.class, Tensor.class, Loss.class, Use.class));
    awaitCollection(loader, () -> {});
  }

  /** Threads that never idle would hold whoever started them for good. */
  @Test
  void theLoaderOfAUserIsLetGoThoughThreadsGoOn() throws Exception {
    WeakReference<ClassLoader> loader = use(Use.class.getClassLoader(), Stream.of(Use.class));
    awaitCollection(loader, new Use());
  }

  /** Runs {@link Use} as a loader of its own makes it, on threads that go on living. */
  private WeakReference<ClassLoader> use(ClassLoader parent, Stream<Class<?>> classes)
      throws Exception {
    try (URLClassLoader loader = loader(parent, classes)) {
      Class<?> use = loader.loadClass(Use.class.getName());
      assertThat(use.getClassLoader()).isSameAs(loader);
      List<Future<?>> runs = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        Runnable work = (Runnable) use.getConstructor().newInstance();
        runs.add(callers.submit(() -> runWithin(loader, work)));
      }
      for (Future<?> run : runs) {
        run.get();
      }
      return new WeakReference<>(loader);
    }
  }

  private static URLClassLoader loader(ClassLoader parent, Stream<Class<?>> classes) {
    return new Own(
        classes
            .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
            .toArray(URL[]::new),
        parent);
  }

  private static void runWithin(ClassLoader loader, Runnable work) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      work.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Refers to its own class in each way that a record can. */
  public record Another(@Nullable Another other) {}

  /**
   * The JDK remembers, for good or softly, which record it made the last {@code equals} and {@code
   * hashCode} for. The next one takes its place, here that of another loader.
   */
  private static void makeAnotherEquals() throws Exception {
    try (URLClassLoader loader = loader(Use.class.getClassLoader(), Stream.of(Use.class))) {
      Constructor<?> maker = loader.loadClass(Another.class.getName()).getConstructors()[0];
      Object one = maker.newInstance(new Object[1]);
      assertThat(maker.newInstance(one)).isNotEqualTo(one).hasSameHashCodeAs(one);
    }
  }

  private static void awaitCollection(WeakReference<ClassLoader> loader, Runnable meanwhile)
      throws Exception {
    makeAnotherEquals();
    long end = System.nanoTime() + 60_000_000_000L;
    while (loader.get() != null && System.nanoTime() < end) {
      meanwhile.run();
      System.gc();
      Thread.sleep(50);
    }
    assertThat(loader.get()).isNull();
  }

  /** Makes its own of the classes of a test, even where its parent has them too. */
  private static final class Own extends URLClassLoader {
    Own(URL[] places, ClassLoader parent) {
      super(places, parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith(LettingGoTests.class.getName()) && findLoadedClass(name) == null) {
        return findClass(name);
      }
      return super.loadClass(name, resolve);
    }
  }
}
