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
import java.util.function.Function;
import java.util.stream.Collectors;

/** The loops over vectors. */
final class VectorLoops {
  private VectorLoops() {}

  private static String load(String array, String offset, String at) {
    return "FloatVector.fromArray(SPECIES, " + array + ", " + offset + " + " + at + ")";
  }

  static Regions simdUnary() {
    String cases =
        each(
            UNARY,
            row ->
                "      case %s -> %s;\n"
                    .formatted(
                        row.op(),
                        isLoop(row.simd())
                            ? row.simd()
                            : (row.isLong() ? "SimdFunctions::" : "SimdUnary::") + name(row.op())));
    return new Regions(cases, each(UNARY, VectorLoops::simdLoop));
  }

  private static String simdLoop(UnaryRow row) {
    if (isLoop(row.simd()) || row.isLong()) {
      return "";
    }
    String operands = "float[] a, int ao";
    return "\n  private "
        + simdLoop(row.op(), operands, "", at -> with(row.simd(), "x", load("a", "ao", at)));
  }

  static Regions simdFunctions() {
    List<UnaryRow> functions = UNARY.stream().filter(UnaryRow::isLong).toList();
    return new Regions("", each(functions, VectorLoops::longLoop));
  }

  private static String longLoop(UnaryRow row) {
    return
"""

  static int %s(float[] a, int ao, float[] out, int oo, int n) {
    int last = n - LANES;
    FloatVector x = FloatVector.fromArray(SPECIES, a, ao);
    for (int i = 0; i < n; i += LANES) {
      FloatVector next = FloatVector.fromArray(SPECIES, a, ao + Math.min(i + LANES, last));
      %s.intoArray(out, oo + Math.min(i, last));
      x = next;
    }
    return n;
  }
"""
        .formatted(name(row.op()), row.simd());
  }

  private static String simdLoop(
      String op, String operands, String constants, Function<String, String> expression) {
    return
"""
static int %s(%s, float[] out, int oo, int n) {
    int last = n - LANES;
    %sFloatVector tail = %s;
    for (int i = 0; i < last; i += LANES) {
      %s.intoArray(out, oo + i);
    }
    tail.intoArray(out, oo + last);
    return n;
  }
"""
        .formatted(name(op), operands, constants, expression.apply("last"), expression.apply("i"));
  }

  /** Returns declarations of what an expression names. */
  private static String constants(String expression, String more) {
    String both =
        """
        FloatVector zero = FloatVector.broadcast(SPECIES, 0f);
        FloatVector one = FloatVector.broadcast(SPECIES, 1f);
        """;
    return (expression.contains("zero") ? both : "") + more;
  }

  static Regions simdBinary() {
    String cases =
        each(
            BINARY,
            row ->
                "      case %s -> %s;\n"
                    .formatted(
                        row.op(),
                        isLoop(row.simd())
                            ? row.simd()
                            : (row.compares() ? "SimdComparisons::" : "SimdBinary::")
                                + name(row.op())));
    List<BinaryRow> arithmetic =
        BINARY.stream().filter(row -> !row.compares() && !isLoop(row.simd())).toList();
    return new Regions(cases, each(arithmetic, row -> "\n  private " + simdLoop(row)));
  }

  static Regions simdComparisons() {
    List<BinaryRow> comparisons = BINARY.stream().filter(BinaryRow::compares).toList();
    return new Regions("", each(comparisons, row -> "\n  " + simdLoop(row)));
  }

  private static String simdLoop(BinaryRow row) {
    return simdLoop(
        row.op(),
        "float[] a, int ao, float[] b, int bo",
        constants(row.simd(), ""),
        at -> with(with(row.simd(), "a", load("a", "ao", at)), "b", load("b", "bo", at)));
  }

  static Regions simdBinaryRight() {
    String cases =
        each(
            BINARY,
            row ->
                "      case %s -> %s;\n"
                    .formatted(
                        row.op(),
                        isLoop(row.right()) ? row.right() : "SimdBinaryRight::" + name(row.op())));
    String more = "FloatVector right = FloatVector.broadcast(SPECIES, b);\n    ";
    String loops =
        each(
            BINARY,
            row ->
                isLoop(row.right())
                    ? ""
                    : "\n  private "
                        + simdLoop(
                            row.op(),
                            "float[] a, int ao, float b",
                            constants(row.right(), more),
                            at -> with(with(row.right(), "b", "right"), "a", load("a", "ao", at))));
    return new Regions(cases, loops);
  }

  static Regions simdBinaryLeft() {
    String exchanged =
        BINARY.stream()
            .filter(BinaryRow::isExchanged)
            .map(BinaryRow::op)
            .collect(Collectors.joining(", "));
    List<BinaryRow> own = BINARY.stream().filter(row -> !row.isExchanged()).toList();
    String cases =
        "      case %s -> (a, b, bo, out, oo, n) -> SimdBinaryRight.run(op, b, bo, a, out, oo, n);\n"
                .formatted(exchanged)
            + each(
                own,
                row ->
                    "      case %s -> %s;\n"
                        .formatted(
                            row.op(),
                            isLoop(row.simd()) ? row.simd() : "SimdBinaryLeft::" + name(row.op())));
    String more = "FloatVector left = FloatVector.broadcast(SPECIES, a);\n    ";
    String loops =
        each(
            own,
            row ->
                isLoop(row.simd())
                    ? ""
                    : "\n  private "
                        + simdLoop(
                            row.op(),
                            "float a, float[] b, int bo",
                            constants(row.simd(), more),
                            at -> with(with(row.simd(), "a", "left"), "b", load("b", "bo", at))));
    return new Regions(cases, loops);
  }
}
