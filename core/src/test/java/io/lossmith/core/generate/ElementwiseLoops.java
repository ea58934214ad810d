package io.lossmith.core.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes the loops of the elementwise operations: a row here is an operation there, in six to eight
 * static loops, for the compiler makes vectors of nothing that is shared. It needs nothing but the
 * JDK, so it runs before the library compiles:
 *
 * <pre>java core/src/test/java/io/lossmith/core/generate/ElementwiseLoops.java</pre>
 *
 * <p>and then {@code mvn spotless:apply -pl core}. What differs from operation to operation is an
 * expression of x, or of a and b; a name with {@code ::} is a loop that is written by hand.
 */
final class ElementwiseLoops {
  private static final List<UnaryRow> UNARY =
      List.of(
          UnaryRow.of("NEGATE", "x.neg()", "-x"),
          UnaryRow.of("ABS", "x.abs()", "Math.abs(x)"),
          UnaryRow.of("SIGN", "SimdMath.sign(x)", "Math.signum(x)").oneByOne(),
          UnaryRow.of("RELU", "x.max(0f)", "Math.max(x, 0f)"),
          UnaryRow.of("SQUARE", "SimdMath.square(x)", "x * x"),
          UnaryRow.of("SQRT", "x.sqrt()", "(float) Math.sqrt(x)"),
          UnaryRow.of("RECIPROCAL", "FloatVector.broadcast(SPECIES, 1f).div(x)", "1 / x"),
          UnaryRow.function("EXP", "exp", "PlainFunctions::exp"),
          UnaryRow.of("LOG", "SimdFunctions::log", "PlainFunctions::log")
              .scalar("ScalarLog.log(x)"),
          UnaryRow.of("LOG1P", "SimdFunctions::log1p", "PlainFunctions::log1p")
              .scalar("ScalarLog.log1p(x)"),
          UnaryRow.function("SIGMOID", "sigmoid", "PlainFunctions::sigmoid"),
          UnaryRow.function("SOFTPLUS", "softplus", "PlainFunctions::softplus"),
          UnaryRow.function("TANH", "tanh", "PlainFunctions::tanh"),
          UnaryRow.function("ATAN", "atan", "(float) Unary.ATAN.apply(x)").oneByOne(),
          UnaryRow.function("FLOOR", "floor", "(float) Unary.FLOOR.apply(x)").oneByOne().scalar(""),
          UnaryRow.function("RINT", "rint", "(float) Unary.RINT.apply(x)").oneByOne().scalar(""));

  private static final List<BinaryRow> BINARY =
      List.of(
          BinaryRow.of("ADD", "a.add(b)", "a + b").exchanged(),
          BinaryRow.of("SUBTRACT", "a.sub(b)", "a - b"),
          BinaryRow.of("MULTIPLY", "a.mul(b)", "a * b").exchanged(),
          BinaryRow.of("DIVIDE", "a.div(b)", "a / b"),
          BinaryRow.of("MAXIMUM", "a.max(b)", "Math.max(a, b)").exchanged(),
          BinaryRow.of("MINIMUM", "a.min(b)", "Math.min(a, b)").exchanged(),
          // An exponent for each element is rare.
          BinaryRow.of("POWER", "ScalarLoops::power", "(float) Math.pow(a, b)")
              .right("SimdPower::run"),
          BinaryRow.comparison("EQUAL", "EQ").exchanged(),
          BinaryRow.comparison("NOT_EQUAL", "NE").exchanged(),
          BinaryRow.comparison("LESS", "LT"),
          BinaryRow.comparison("LESS_EQUAL", "LE"));

  private ElementwiseLoops() {}

  /**
   * An operation on one operand.
   *
   * @param simd of a vector x
   * @param isLong whether it is so much that it must stand in the loop once, see SimdFunctions
   * @param scalar the same of a float, if plain Java gives other bits
   * @param plain of a float x
   * @param inBlocks whether the compiler makes vector instructions of it, in a block on its own
   */
  record UnaryRow(
      String op, String simd, boolean isLong, String scalar, String plain, boolean inBlocks) {
    static UnaryRow of(String op, String simd, String plain) {
      return new UnaryRow(op, simd, false, "", plain, true);
    }

    static UnaryRow function(String op, String name, String plain) {
      String scalar = "ScalarMath." + name + "(x)";
      return new UnaryRow(op, "SimdMath." + name + "(x)", true, scalar, plain, true);
    }

    UnaryRow scalar(String expression) {
      return new UnaryRow(op, simd, isLong, expression, plain, inBlocks);
    }

    UnaryRow oneByOne() {
      return new UnaryRow(op, simd, isLong, scalar, plain, false);
    }
  }

  /**
   * An operation on two operands.
   *
   * @param simd of vectors a and b
   * @param right the same where b is one number
   * @param plain of floats a and b; nothing for comparisons, see PlainChoices
   * @param isExchanged whether a number on the left may as well stand on the right
   */
  record BinaryRow(String op, String simd, String right, String plain, boolean isExchanged) {
    static BinaryRow of(String op, String simd, String plain) {
      return new BinaryRow(op, simd, simd, plain, false);
    }

    static BinaryRow comparison(String op, String operator) {
      return of(op, "zero.blend(one, a.compare(VectorOperators." + operator + ", b))", "");
    }

    /** Comparisons have no row of plain Java. */
    boolean compares() {
      return plain.isEmpty();
    }

    BinaryRow exchanged() {
      return new BinaryRow(op, simd, right, plain, true);
    }

    BinaryRow right(String loop) {
      return new BinaryRow(op, simd, loop, plain, isExchanged);
    }
  }

  /** What is written into a file: the cases that choose among loops, if any, and the loops. */
  record Regions(String cases, String loops) {
    /** Returns a file with these between its markers. */
    String in(String file) {
      String chosen = cases.isEmpty() ? file : replaced(file, "cases", cases);
      return replaced(chosen, "loops", loops);
    }

    private static String replaced(String file, String region, String text) {
      String begin = "// ElementwiseLoops: " + region + "\n";
      int from = file.indexOf(begin) + begin.length();
      return file.substring(0, from) + text + file.substring(file.indexOf("// end", from));
    }
  }

  /** Writes into all files; from the root of a checkout. */
  public static void main(String[] arguments) throws IOException {
    for (Map.Entry<Path, Regions> entry : files().entrySet()) {
      Path file = Path.of("core").resolve(entry.getKey());
      Files.writeString(file, entry.getValue().in(Files.readString(file)));
    }
  }

  /** Returns what is to be in each file but for its layout, by its path in the module. */
  static Map<Path, Regions> files() {
    Map<Path, Regions> files = new LinkedHashMap<>();
    Path cpu = Path.of("src/main/java/io/lossmith/core/engine/cpu");
    files.put(cpu.resolve("simd/SimdUnary.java"), simdUnary());
    files.put(cpu.resolve("simd/SimdFunctions.java"), simdFunctions());
    files.put(cpu.resolve("simd/SimdBinary.java"), simdBinary());
    files.put(cpu.resolve("simd/SimdComparisons.java"), simdComparisons());
    files.put(cpu.resolve("simd/SimdBinaryRight.java"), simdBinaryRight());
    files.put(cpu.resolve("simd/SimdBinaryLeft.java"), simdBinaryLeft());
    files.put(cpu.resolve("simd/ScalarUnary.java"), scalarUnary());
    files.put(cpu.resolve("plain/PlainUnary.java"), plainUnary());
    files.put(cpu.resolve("plain/PlainBinary.java"), plainBinary());
    files.put(cpu.resolve("plain/PlainBinaryRight.java"), plainBinaryRight());
    files.put(cpu.resolve("plain/PlainBinaryLeft.java"), plainBinaryLeft());
    return files;
  }

  /** Returns NOT_EQUAL as notEqual. */
  private static String name(String op) {
    StringBuilder name = new StringBuilder();
    for (String word : op.toLowerCase(Locale.ROOT).split("_")) {
      String first =
          name.isEmpty() ? word.substring(0, 1) : word.substring(0, 1).toUpperCase(Locale.ROOT);
      name.append(first).append(word.substring(1));
    }
    return name.toString();
  }

  private static boolean isLoop(String code) {
    return code.contains("::");
  }

  /** Returns an expression with something else for a name in it. */
  private static String with(String expression, String name, String instead) {
    return expression.replaceAll("\\b" + name + "\\b", instead);
  }

  private static <T> String each(List<T> rows, Function<T, String> text) {
    return rows.stream().map(text).collect(Collectors.joining());
  }

  private static String load(String array, String offset, String at) {
    return "FloatVector.fromArray(SPECIES, " + array + ", " + offset + " + " + at + ")";
  }

  private static Regions simdUnary() {
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
    return new Regions(cases, each(UNARY, ElementwiseLoops::simdLoop));
  }

  private static String simdLoop(UnaryRow row) {
    if (isLoop(row.simd()) || row.isLong()) {
      return "";
    }
    String operands = "float[] a, int ao";
    return "\n  private "
        + simdLoop(row.op(), operands, "", at -> with(row.simd(), "x", load("a", "ao", at)));
  }

  private static Regions simdFunctions() {
    List<UnaryRow> functions = UNARY.stream().filter(UnaryRow::isLong).toList();
    return new Regions("", each(functions, ElementwiseLoops::longLoop));
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

  private static Regions simdBinary() {
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

  private static Regions simdComparisons() {
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

  private static Regions simdBinaryRight() {
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

  private static Regions simdBinaryLeft() {
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

  private static Regions scalarUnary() {
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

  private static Regions plainUnary() {
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
                            row.op(), "float[] x, int n", "x[i]", with(row.plain(), "x", "x[i]"))
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
                : plainLoop(row.op(), parameters, "x[i]", with(with(row.plain(), "b", b), "a", a)));
  }

  private static Regions plainBinary() {
    return new Regions(
        plainCases(BINARY, "x, y, n"),
        plainLoops(BINARY, "float[] x, float[] y, int n", "x[i]", "y[i]"));
  }

  private static Regions plainBinaryRight() {
    return new Regions(
        plainCases(BINARY, "x, b, n"),
        plainLoops(BINARY, "float[] x, float b, int n", "x[i]", "b"));
  }

  private static Regions plainBinaryLeft() {
    String exchanged =
        BINARY.stream()
            .filter(row -> row.isExchanged() && !row.compares())
            .map(BinaryRow::op)
            .collect(Collectors.joining(", "));
    List<BinaryRow> own = BINARY.stream().filter(row -> !row.isExchanged()).toList();
    return new Regions(
        "      case "
            + exchanged
            + " -> PlainBinaryRight.inPlace(op, x, a, n);\n"
            + plainCases(own, "a, x, n"),
        plainLoops(own, "float a, float[] x, int n", "a", "x[i]"));
  }
}
