package io.lossmith.core.generate;

import static io.lossmith.core.generate.ElementwiseRows.BINARY;
import static io.lossmith.core.generate.ElementwiseRows.UNARY;
import static io.lossmith.core.generate.LoopText.each;
import static io.lossmith.core.generate.LoopText.isLoop;
import static io.lossmith.core.generate.LoopText.name;
import static io.lossmith.core.generate.LoopText.with;

import io.lossmith.core.generate.ElementwiseRows.BinaryRow;
import io.lossmith.core.generate.ElementwiseRows.UnaryRow;
import java.util.List;
import java.util.stream.Collectors;

/** The loops over one float at a time: scalar twins of vectors, and plain Java. */
final class FloatLoops {
  private FloatLoops() {}

  static Regions scalarUnary() {
    List<UnaryRow> twins = UNARY.stream().filter(row -> !row.scalar().isEmpty()).toList();
    String plain =
        UNARY.stream()
            .filter(row -> row.scalar().isEmpty())
            .map(UnaryRow::op)
            .collect(Collectors.joining(", "));
    String cases =
        each(
                twins,
                row ->
                    "      case %s -> %s(a, ao, out, oo, n);\n".formatted(row.op(), name(row.op())))
            + "      case "
            + plain
            + " -> false;\n";
    String loops =
        each(
            twins,
            row ->
"""

  private static boolean %s(float[] a, int ao, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = %s;
    }
    return true;
  }
"""
                    .formatted(name(row.op()), with(row.scalar(), "x", "a[ao + i]")));
    return new Regions(cases, loops);
  }

  static Regions plainUnary() {
    String cases =
        each(
            UNARY,
            row -> {
              String loop = isLoop(row.plain()) ? row.plain().replace("::", ".") : name(row.op());
              String call =
                  row.inBlocks() && !isLoop(row.plain())
                      ? "inBlocks(PlainUnary::" + loop + ", "
                      : loop + "(";
              return "      case %s -> %sa, ao, out, oo, n);\n".formatted(row.op(), call);
            });
    String loops =
        each(
            UNARY,
            row ->
                isLoop(row.plain())
                    ? ""
                    : row.inBlocks()
                        ? plainLoop(
                            row.op(),
                            "float[] x, float[] to, int n",
                            "to[i]",
                            with(row.plain(), "x", "x[i]"))
                        : plainLoop(
                            row.op(),
                            "float[] a, int ao, float[] out, int oo, int n",
                            "out[oo + i]",
                            with(row.plain(), "x", "a[ao + i]")));
    return new Regions(cases, loops);
  }

  private static String plainLoop(String op, String parameters, String to, String expression) {
    return
"""

  private static int %s(%s) {
    for (int i = 0; i < n; i++) {
      %s = %s;
    }
    return n;
  }
"""
        .formatted(name(op), parameters, to, expression);
  }

  private static String plainCases(List<BinaryRow> rows, String arguments) {
    List<BinaryRow> arithmetic = rows.stream().filter(row -> !row.compares()).toList();
    String comparisons =
        BINARY.stream()
            .filter(BinaryRow::compares)
            .map(BinaryRow::op)
            .collect(Collectors.joining(", "));
    return each(
            arithmetic,
            row -> "      case %s -> %s(%s);\n".formatted(row.op(), name(row.op()), arguments))
        + "      case "
        + comparisons
        + " -> throw new IllegalArgumentException(op + \" compares: see PlainChoices\");\n";
  }

  private static String plainLoops(List<BinaryRow> rows, String parameters, String a, String b) {
    return each(
        rows,
        row ->
            row.compares()
                ? ""
                : plainLoop(
                    row.op(), parameters, "to[i]", with(with(row.plain(), "b", b), "a", a)));
  }

  static Regions plainBinary() {
    return new Regions(
        plainCases(BINARY, "x, y, to, n"),
        plainLoops(BINARY, "float[] x, float[] y, float[] to, int n", "x[i]", "y[i]"));
  }

  static Regions plainBinaryRight() {
    return new Regions(
        plainCases(BINARY, "x, b, to, n"),
        plainLoops(BINARY, "float[] x, float b, float[] to, int n", "x[i]", "b"));
  }

  static Regions plainBinaryLeft() {
    String exchanged =
        BINARY.stream()
            .filter(row -> row.isExchanged() && !row.compares())
            .map(BinaryRow::op)
            .collect(Collectors.joining(", "));
    List<BinaryRow> own = BINARY.stream().filter(row -> !row.isExchanged()).toList();
    return new Regions(
        "      case "
            + exchanged
            + " -> PlainBinaryRight.run(op, x, a, to, n);\n"
            + plainCases(own, "a, x, to, n"),
        plainLoops(own, "float a, float[] x, float[] to, int n", "a", "x[i]"));
  }
}
