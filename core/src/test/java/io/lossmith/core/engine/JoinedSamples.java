package io.lossmith.core.engine;

import io.lossmith.core.Shape;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Leaf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Some samples as one program: engines that compile for a second or two have as much to do with one
 * graph as with thirty.
 */
public final class JoinedSamples {
  /** For longer programs compilers take more than their share. */
  private static final int MOST_NODES = 400;

  private final List<Sample> samples;
  private final Sample whole;
  private float @Nullable [][] outputs;

  private JoinedSamples(List<Sample> samples) {
    this.samples = samples;
    this.whole = join(samples);
  }

  /** Joins samples, so many at a time; fewer if they are long. */
  public static List<JoinedSamples> of(List<Sample> samples, int together) {
    List<JoinedSamples> joined = new ArrayList<>();
    int from = 0;
    int nodes = 0;
    for (int to = 0; to < samples.size(); to++) {
      nodes += samples.get(to).graph().nodes().size();
      if (to > from && (to - from == together || nodes > MOST_NODES)) {
        joined.add(new JoinedSamples(samples.subList(from, to)));
        from = to;
        nodes = samples.get(to).graph().nodes().size();
      }
    }
    if (from < samples.size()) {
      joined.add(new JoinedSamples(samples.subList(from, samples.size())));
    }
    return joined;
  }

  /** Returns the parts. */
  public List<Sample> samples() {
    return samples;
  }

  /** Returns all parts as one sample. */
  public Sample whole() {
    return whole;
  }

  /** Returns what an engine gives for one part; it runs once for all of them. */
  public synchronized float[][] run(Engine engine, Sample sample) {
    if (outputs == null) {
      outputs = whole.run(engine);
    }
    int from = 0;
    for (Sample part : samples) {
      int count = part.graph().outputs().size();
      if (part == sample) {
        return Arrays.copyOfRange(outputs, from, from + count);
      }
      from += count;
    }
    throw new IllegalArgumentException(sample + " is not one of " + samples);
  }

  private static Sample join(List<Sample> samples) {
    if (samples.size() == 1) {
      return samples.get(0);
    }
    List<Shape> shapes = new ArrayList<>();
    List<float[]> inputs = new ArrayList<>();
    List<Node> outputs = new ArrayList<>();
    for (Sample sample : samples) {
      Map<Node, Node> moved = new IdentityHashMap<>();
      for (Node node : sample.graph().nodes()) {
        List<Node> operands = node.operands().stream().map(moved::get).toList();
        moved.put(
            node,
            node.op() instanceof Leaf.Input input
                ? Node.leaf(new Leaf.Input(shapes.size() + input.index()), node.shape())
                : node.withOperands(operands));
      }
      shapes.addAll(sample.graph().inputs());
      inputs.addAll(List.of(sample.inputs()));
      sample.graph().outputs().forEach(output -> outputs.add(moved.get(output)));
    }
    String name = samples.stream().map(Sample::name).collect(Collectors.joining("; "));
    double tolerance = samples.stream().mapToDouble(Sample::tolerance).min().orElse(0);
    return new Sample(name, Graph.of(shapes, outputs), inputs.toArray(float[][]::new), tolerance);
  }
}
