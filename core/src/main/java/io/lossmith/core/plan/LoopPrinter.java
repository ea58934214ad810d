package io.lossmith.core.plan;

import io.lossmith.core.graph.Node;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes down in words what a loop computes: the part of an explanation that engines share. */
public final class LoopPrinter {
  private final StringBuilder text = new StringBuilder();
  private final Map<LoopValue, String> names = new IdentityHashMap<>();

  private LoopPrinter() {}

  /** Returns a line for each operation, with the user's line if it is known, and for each root. */
  public static String of(Step.Loop loop) {
    LoopPrinter listing = new LoopPrinter();
    for (LoopValue value : Values.of(loop)) {
      listing.names.put(value, listing.name(value));
    }
    loop.roots().forEach(listing::root);
    return listing.text.toString();
  }

  /** Returns a number of bytes, in units that are easy to read. */
  public static String bytes(long bytes) {
    if (bytes < 10_000) {
      return bytes + " B";
    }
    return bytes < 10_000_000 ? bytes / 1000 + " kB" : bytes / 1_000_000 + " MB";
  }

  private void root(LoopOutput root) {
    text.append("    ").append(root.destination().buffer()).append(" = ");
    if (root.fold() != null) {
      text.append(root.fold().label()).append(" of ");
    }
    text.append(names.get(root.value()));
    Buffer buffer = root.destination().buffer();
    if (buffer.kind() == Buffer.Kind.TEMPORARY && buffer.reason() != null) {
      text.append("    written: ").append(buffer.reason().words());
    }
    text.append('\n');
  }

  /** Names a value, writing the line that computes it the first time. */
  private String name(LoopValue value) {
    if (value.load() != null) {
      return value.load().buffer().toString();
    }
    if (value.operands().isEmpty()) {
      return value.op().label();
    }
    String name = "v" + names.size();
    String operands = value.operands().stream().map(names::get).collect(Collectors.joining(", "));
    text.append("    ").append(name).append(" = ").append(value.op().label());
    text.append(' ').append(operands).append(where(value.node())).append('\n');
    return name;
  }

  private static String where(@Nullable Node node) {
    return node == null || node.where() == null
        ? ""
        : "    at " + node.where().getFileName() + ":" + node.where().getLineNumber();
  }
}
