package io.lossmith.core.shard;

import io.lossmith.core.Shape;
import io.lossmith.core.collective.Collective;
import io.lossmith.core.collective.LocalCollective;
import io.lossmith.core.engine.Call;
import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.EngineException;
import io.lossmith.core.engine.EngineProgram;
import io.lossmith.core.engine.Program;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.op.Move;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An engine that has several workers compute what it is asked, each some of the samples, and puts
 * together what they get. The batch is the first axis of the first input; what mixes its samples is
 * left to one worker.
 */
public final class WorkersEngine implements Engine {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Engine engine;
  private final int mostWorkers;
  private final int mostSpread;
  private final AtomicInteger shared;
  private final AtomicInteger alone;

  private WorkersEngine(
      Engine engine, int mostWorkers, int mostSpread, AtomicInteger shared, AtomicInteger alone) {
    this.engine = engine;
    this.mostWorkers = mostWorkers;
    this.mostSpread = mostSpread;
    this.shared = shared;
    this.alone = alone;
  }

  /**
   * Returns the engine.
   *
   * @param engine of each worker
   * @param mostSpread only so many of the first inputs are divided; workers have others whole
   */
  public static WorkersEngine of(Engine engine, int mostWorkers, int mostSpread) {
    return new WorkersEngine(
        engine, mostWorkers, mostSpread, new AtomicInteger(), new AtomicInteger());
  }

  /** Returns how many graphs were divided. */
  public int shared() {
    return shared.get();
  }

  /** Returns how many graphs were left to one worker. */
  public int alone() {
    return alone.get();
  }

  @Override
  public String name() {
    return "workers of " + engine.name();
  }

  @Override
  public String description() {
    return "up to " + mostWorkers + " workers, each " + engine.description();
  }

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public Engine withThreads(int threads) {
    return new WorkersEngine(engine.withThreads(threads), mostWorkers, mostSpread, shared, alone);
  }

  @Override
  public Program compile(Graph graph) {
    int batch = batch(graph);
    Set<Integer> spread =
        IntStream.range(0, Math.min(mostSpread, graph.inputs().size()))
            .filter(i -> graph.inputs().get(i).rank() > 0)
            .filter(i -> graph.inputs().get(i).get(0) == batch)
            .boxed()
            .collect(Collectors.toSet());
    if (batch < 1) {
      alone.incrementAndGet();
      return engine.compile(graph);
    }
    try {
      Program program = new Program(name(), graph, new Divided(graph, batch, spread));
      shared.incrementAndGet();
      return program;
    } catch (EngineException e) {
      if (!e.getMessage().startsWith("sharding: ")) {
        throw e;
      }
      alone.incrementAndGet();
      return engine.compile(graph);
    }
  }

  private static int batch(Graph graph) {
    return graph.inputs().isEmpty() || graph.inputs().get(0).rank() == 0
        ? 0
        : graph.inputs().get(0).get(0);
  }

  private final class Divided implements EngineProgram {
    private final Graph graph;
    private final Set<Integer> spread;
    private final List<Shard> shards = new ArrayList<>();
    private final List<Graph> graphs = new ArrayList<>();
    private final List<Program> programs = new ArrayList<>();

    Divided(Graph graph, int batch, Set<Integer> spread) {
      this.graph = graph;
      this.spread = spread;
      Random random = new Random(graph.nodes().size());
      int size = 1 + random.nextInt(mostWorkers);
      int[] ends = random.ints(size, 0, batch + 1).sorted().toArray();
      ends[size - 1] = batch;
      int first = 0;
      for (Collective own : LocalCollective.of(size, PATIENCE)) {
        Shard shard = new Shard(first, ends[own.rank()] - first, batch, own);
        Graph local = Sharding.of(graph, new Split(shard, spread, Set.of()));
        first = ends[own.rank()];
        shards.add(shard);
        graphs.add(local);
      }
      graphs.forEach(local -> programs.add(engine.compile(local)));
    }

    @Override
    public String explain() {
      return programs.get(0).explain();
    }

    @Override
    public Call newCall() {
      return new Call(graph) {
        @Override
        public void run() {
          begin();
          share(inputs, outputs);
          end();
        }
      };
    }

    /** One run at a time: workers exchange in one order. */
    private synchronized void share(float[][] inputs, float[][] outputs) {
      try {
        List<float[][]> parts = Workers.inThreads(programs.size(), rank -> part(rank, inputs));
        for (int rank = 0; rank < parts.size(); rank++) {
          put(rank, parts.get(rank), outputs);
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw new IllegalStateException(e);
      }
    }

    private float[][] part(int rank, float[][] inputs) {
      Shard shard = shards.get(rank);
      float[][] own = inputs.clone();
      for (int i : spread) {
        int each = graph.inputs().get(i).count() / shard.batch();
        int first = each * shard.first();
        own[i] = Arrays.copyOfRange(inputs[i], first, first + each * shard.samples());
      }
      float[][] results =
          graphs.get(rank).outputs().stream()
              .map(node -> new float[node.shape().count()])
              .toArray(float[][]::new);
      try {
        programs.get(rank).run(own, results);
        return results;
      } catch (RuntimeException | Error e) {
        shard.collective().close(); // nobody shall wait for it
        throw e;
      }
    }

    private void put(int rank, float[][] results, float[][] outputs) {
      for (int i = 0; i < results.length; i++) {
        Shape whole = graph.outputs().get(i).shape();
        Shape local = graphs.get(rank).outputs().get(i).shape();
        if (whole.equals(local)) {
          requireSameOnAll(rank, i, results[i], outputs[i]);
          System.arraycopy(results[i], 0, outputs[i], 0, results[i].length);
        } else {
          place(shards.get(rank), results[i], local, outputs[i], whole);
        }
      }
    }

    private void requireSameOnAll(int rank, int output, float[] own, float[] before) {
      // Of one that has the whole batch, others have nothing.
      if (rank > 0 && shards.stream().allMatch(s -> s.samples() < s.batch())) {
        int at = Arrays.mismatch(own, 0, own.length, before, 0, own.length);
        if (at >= 0) {
          throw new AssertionError(
              "output "
                  + output
                  + " of worker "
                  + rank
                  + " differs at "
                  + at
                  + " from the others'");
        }
      }
    }
  }

  /** Puts a worker's box into the whole. */
  private static void place(Shard shard, float[] own, Shape local, float[] all, Shape whole) {
    List<Integer> before = new ArrayList<>();
    List<Integer> after = new ArrayList<>();
    for (int axis = 0; axis < whole.rank(); axis++) {
      boolean isSpread = whole.get(axis) != local.get(axis);
      int start = isSpread ? whole.get(axis) / shard.batch() * shard.first() : 0;
      before.add(start);
      after.add(whole.get(axis) - local.get(axis) - start);
    }
    double[] positions = new double[local.count()];
    Arrays.setAll(positions, i -> i + 1);
    double[] padded = new double[whole.count()];
    new Move.Pad(before, after).evaluate(new double[][] {positions}, List.of(local), padded);
    for (int i = 0; i < padded.length; i++) {
      if (padded[i] != 0) {
        all[i] = own[(int) padded[i] - 1];
      }
    }
  }
}
