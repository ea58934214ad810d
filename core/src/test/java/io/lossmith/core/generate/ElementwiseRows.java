package io.lossmith.core.generate;

import java.util.List;

/** The elementwise operations, a row each: what differs among their loops. */
final class ElementwiseRows {
  static final List<UnaryRow> UNARY =
      List.of(
          UnaryRow.of("NEGATE", "x.neg()", "-x"),
          UnaryRow.of("ABS", "x.abs()", "Math.abs(x)"),
          UnaryRow.of("SIGN", "SimdMath.sign(x)", "Math.signum(x)").oneByOne(),
          UnaryRow.of("RELU", "SimdMath.relu(x)", "Math.max(x, 0f)"),
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

  static final List<BinaryRow> BINARY =
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

  private ElementwiseRows() {}

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
}
