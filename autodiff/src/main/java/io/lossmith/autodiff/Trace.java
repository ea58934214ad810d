package io.lossmith.autodiff;

import io.lossmith.core.Elements;
import io.lossmith.core.Shape;
import io.lossmith.core.graph.Node;
import io.lossmith.core.op.Leaf;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A function being traced in this thread: its placeholders, and the lines that build. */
final class Trace {
  private static final ThreadLocal<@Nullable Trace> CURRENT = new ThreadLocal<>();
  private static final StackWalker WALKER = StackWalker.getInstance();
  private static final String CORE = "io.lossmith.core.";

  /** What formulas are made of stands in packages of this name: their user's line says more. */
  private static final String KIT = ".kit.";

  private static final String HERE = Trace.class.getPackageName();

  private final List<Tensor> placeholders = new ArrayList<>();
  private @Nullable StackTraceElement inherited;

  private Trace(List<Shape> inputs) {
    for (int i = 0; i < inputs.size(); i++) {
      placeholders.add(new Tensor(Node.leaf(new Leaf.Input(i), inputs.get(i))));
    }
  }

  /** Runs the function on placeholders and returns the program's graph. */
  static LiftedGraph of(List<Shape> inputs, Function<List<Tensor>, List<Tensor>> f) {
    Elements.requireNone(inputs, "inputs");
    Trace trace = new Trace(inputs);
    Trace outer = CURRENT.get();
    CURRENT.set(trace);
    try {
      List<Tensor> outputs = f.apply(List.copyOf(trace.placeholders));
      return LiftedGraph.of(
          "tracing", inputs, outputs.stream().map(Tensor::node).toList(), trace.inputs());
    } finally {
      CURRENT.set(outer);
    }
  }

  /** Says that a tensor depends on an argument of a traced function, which is only a shape. */
  static IllegalStateException noValue(String who, Node node, Node argument) {
    String built = node.where() == null ? "" : ", built at " + node.where() + ",";
    String depends =
        who + ": a tensor " + node.shape() + built + " depends on an argument " + argument.shape();
    return new IllegalStateException(
        depends
            + (running() && !who.equals("tracing")
                ? " of the function being traced, which has no value yet; to choose by values use"
                    + " Tensor.where"
                : " of a function traced before, which has no value; return what is needed from"
                    + " that function"));
  }

  private Set<Node> inputs() {
    Set<Node> inputs = Collections.newSetFromMap(new IdentityHashMap<>());
    placeholders.forEach(placeholder -> inputs.add(placeholder.node()));
    return inputs;
  }

  static boolean running() {
    return CURRENT.get() != null;
  }

  /** Returns the user's line while tracing; walking the stack is too expensive for eager use. */
  static @Nullable StackTraceElement line() {
    Trace trace = CURRENT.get();
    if (trace == null) {
      return null;
    }
    return trace.inherited != null ? trace.inherited : userLine();
  }

  /**
   * What the action builds belongs to a line that is known: a gradient to what it differentiates.
   */
  static <T> T at(@Nullable StackTraceElement line, Supplier<T> action) {
    Trace trace = CURRENT.get();
    if (trace == null) {
      return action.get();
    }
    StackTraceElement before = trace.inherited;
    trace.inherited = line;
    try {
      return action.get();
    } finally {
      trace.inherited = before;
    }
  }

  /** Lines are looked up last: that is what is expensive. */
  private static @Nullable StackTraceElement userLine() {
    return WALKER.walk(
        frames ->
            frames
                .filter(frame -> !ours(frame.getClassName()))
                .findFirst()
                .map(StackWalker.StackFrame::toStackTraceElement)
                .orElse(null));
  }

  private static boolean ours(String type) {
    return type.startsWith(CORE)
        || (type.startsWith("io.lossmith.") && type.contains(KIT))
        || type.startsWith("java.")
        || (type.startsWith(HERE) && type.lastIndexOf('.') == HERE.length());
  }
}
