package io.lossmith.core.engine.cpu.simd;

import static org.objectweb.asm.Opcodes.AALOAD;
import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_SUPER;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.FALOAD;
import static org.objectweb.asm.Opcodes.FASTORE;
import static org.objectweb.asm.Opcodes.GETSTATIC;
import static org.objectweb.asm.Opcodes.IADD;
import static org.objectweb.asm.Opcodes.IALOAD;
import static org.objectweb.asm.Opcodes.IF_ICMPLT;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;
import static org.objectweb.asm.Opcodes.ISTORE;
import static org.objectweb.asm.Opcodes.RETURN;
import static org.objectweb.asm.Opcodes.V17;

import io.lossmith.core.engine.cpu.kernel.PassCode;
import io.lossmith.core.engine.cpu.kernel.PassLoop;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.ElementwiseOp;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.OutOfRange;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.ValueRange;
import io.lossmith.core.op.Where;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Writes the loop of a pass as a hidden class: one vector a step, whose values are local variables,
 * and so registers. Each operation calls what the instruction for it calls.
 */
final class PassWriter {
  /** More than this in one loop is more than the compiler inlines. */
  private static final int MOST_WORK = Integer.getInteger("lossmith.passWork", 220);

  private static final int MOST_FOLDS = 6;

  private static final String VECTOR = name(FloatVector.class);
  private static final String OF_VECTOR = Type.getDescriptor(FloatVector.class);
  private static final String MASK = Type.getDescriptor(VectorMask.class);
  private static final String ONE = "(" + OF_VECTOR + ")" + OF_VECTOR;
  private static final String TWO = "(" + OF_VECTOR + OF_VECTOR + ")" + OF_VECTOR;
  private static final String BY_VECTOR = "(" + Type.getDescriptor(Vector.class) + ")" + OF_VECTOR;
  private static final String MATH = name(SimdMath.class);
  private static final String LOG = name(SimdLog.class);
  private static final String HELP = name(PassMath.class);

  private static final int ARRAYS = 1;
  private static final int OFFSETS = 2;
  private static final int NUMBERS = 3;
  private static final int FOLDS = 4;
  private static final int N = 5;
  private static final int I = 6;

  private final PassCode code;
  private final MethodVisitor m;
  private final List<Object> frame = new ArrayList<>();
  private final Map<Integer, Integer> locals = new HashMap<>();
  private final Map<Integer, Integer> powers = new HashMap<>();
  private final Map<Float, Integer> constants = new LinkedHashMap<>();
  private final List<Float> numbers;
  private boolean isInLoop;
  private int next = I + 1;

  private PassWriter(PassCode code, List<Float> numbers, MethodVisitor m) {
    this.code = code;
    this.numbers = numbers;
    this.m = m;
  }

  /** Returns the loop, or null where it would be too long or classes cannot be defined. */
  static @Nullable PassLoop write(PassCode code) {
    if (work(code) > MOST_WORK || folds(code) > MOST_FOLDS) {
      return null;
    }
    try {
      return (PassLoop)
          MethodHandles.lookup()
              .defineHiddenClass(bytes(code), true)
              .lookupClass()
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException | LinkageError | UnsupportedOperationException e) {
      return null;
    }
  }

  private static long folds(PassCode code) {
    return code.outputs().stream().filter(o -> !(o instanceof PassCode.Stored)).count();
  }

  private static int work(PassCode code) {
    int work = 0;
    for (PassCode.Value value : code.values()) {
      work += value instanceof PassCode.Operation operation ? work(operation.op()) : 0;
    }
    return work;
  }

  /** Roughly how many vector operations one takes; more than all where there is no way. */
  private static int work(ElementwiseOp op) {
    if (op instanceof Unary unary) {
      return switch (unary) {
        case NEGATE, ABS, RELU, SQUARE, SQRT, RECIPROCAL -> 1;
        case SIGN -> 4;
        case RINT -> 8;
        case FLOOR -> 10;
        case EXP -> 20;
        case LOG, LOG1P -> 50;
        case SIGMOID -> 25;
        case SOFTPLUS -> 32;
        case TANH -> 25;
        case ATAN -> 30;
      };
    }
    if (op instanceof Binary binary) {
      return binary == Binary.POWER ? MOST_WORK + 1 : 2;
    }
    if (op instanceof OutOfRange out) {
      return SimdRanges.hasLoop(out.range()) ? 6 : MOST_WORK + 1;
    }
    return op instanceof Where ? 2 : MOST_WORK + 1;
  }

  private static byte[] bytes(PassCode code) {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    String[] interfaces = {name(PassLoop.class)};
    String own = name(PassWriter.class).replace("PassWriter", "Pass");
    writer.visit(V17, ACC_FINAL | ACC_SUPER, own, null, "java/lang/Object", interfaces);
    MethodVisitor made = writer.visitMethod(0, "<init>", "()V", null, null);
    made.visitCode();
    made.visitVarInsn(ALOAD, 0);
    made.visitMethodInsn(INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
    made.visitInsn(RETURN);
    made.visitMaxs(0, 0);
    made.visitEnd();
    MethodVisitor run = writer.visitMethod(ACC_PUBLIC, "run", "([[F[I[F[FI)V", null, null);
    run.visitCode();
    PassWriter draft = new PassWriter(code, List.of(), new MethodVisitor(Opcodes.ASM9) {});
    draft.write(own);
    new PassWriter(code, List.copyOf(draft.constants.keySet()), run).write(own);
    run.visitMaxs(0, 0);
    run.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }

  private void write(String own) {
    frame.addAll(List.of(own, "[[F", "[I", "[F", "[F", Opcodes.INTEGER, Opcodes.INTEGER));
    m.visitInsn(Opcodes.ICONST_0);
    m.visitVarInsn(ISTORE, I);
    int[] arrays = new int[code.arrays()];
    int[] offsets = new int[code.arrays()];
    for (int i = 0; i < arrays.length; i++) {
      m.visitVarInsn(ALOAD, ARRAYS);
      push(i);
      m.visitInsn(AALOAD);
      arrays[i] = keep(ASTORE, "[F");
      m.visitVarInsn(ALOAD, OFFSETS);
      push(i);
      m.visitInsn(IALOAD);
      offsets[i] = keep(ISTORE, Opcodes.INTEGER);
    }
    for (int i = 0; i < code.values().size(); i++) {
      PassCode.Value value = code.values().get(i);
      if (value instanceof PassCode.Given given) {
        species();
        m.visitVarInsn(ALOAD, NUMBERS);
        push(given.number());
        m.visitInsn(FALOAD);
        broadcast();
        locals.put(i, keep(ASTORE, VECTOR));
      } else if (value instanceof PassCode.Constant constant) {
        locals.put(i, constantAt(constant.number()));
      }
    }
    List<int[]> sums = new ArrayList<>();
    for (PassCode.Output output : code.outputs()) {
      if (!(output instanceof PassCode.Stored)) {
        sums.add(accumulators(output));
      }
    }
    for (float number : numbers) {
      constantAt(number);
    }
    Label again = new Label();
    m.visitLabel(again);
    isInLoop = true;
    m.visitFrame(Opcodes.F_FULL, frame.size(), frame.toArray(), 0, null);
    for (int i = 0; i < code.values().size(); i++) {
      PassCode.Value value = code.values().get(i);
      if (value instanceof PassCode.Element element) {
        species();
        m.visitVarInsn(ALOAD, arrays[element.array()]);
        at(offsets[element.array()]);
        String way = "(" + Type.getDescriptor(VectorSpecies.class) + "[FI)" + OF_VECTOR;
        m.visitMethodInsn(INVOKESTATIC, VECTOR, "fromArray", way, false);
        locals.put(i, store());
      } else if (value instanceof PassCode.Operation operation) {
        operation(operation);
        locals.put(i, store());
      }
    }
    int fold = 0;
    for (PassCode.Output output : code.outputs()) {
      if (output instanceof PassCode.Stored stored) {
        load(stored.value());
        m.visitVarInsn(ALOAD, arrays[stored.array()]);
        at(offsets[stored.array()]);
        m.visitMethodInsn(INVOKEVIRTUAL, VECTOR, "intoArray", "([FI)V", false);
      } else {
        accumulate(output, sums.get(fold++));
      }
    }
    m.visitVarInsn(ILOAD, I);
    push(Lanes.LANES);
    m.visitInsn(IADD);
    m.visitInsn(Opcodes.DUP);
    m.visitVarInsn(ISTORE, I);
    m.visitVarInsn(ILOAD, N);
    m.visitJumpInsn(IF_ICMPLT, again);
    fold = 0;
    for (PassCode.Output output : code.outputs()) {
      if (!(output instanceof PassCode.Stored)) {
        m.visitVarInsn(ALOAD, FOLDS);
        push(fold);
        result(output, sums.get(fold++));
        m.visitInsn(FASTORE);
      }
    }
    m.visitInsn(RETURN);
  }

  /** Sums have four, which take turns, as in {@link SimdFolds}. */
  private int[] accumulators(PassCode.Output output) {
    Fold fold = output instanceof PassCode.Folded folded ? folded.fold() : Fold.SUM;
    int[] made = new int[fold == Fold.SUM ? 4 : 1];
    for (int i = 0; i < made.length; i++) {
      broadcast((float) fold.start());
      made[i] = keep(ASTORE, VECTOR);
    }
    return made;
  }

  private void accumulate(PassCode.Output output, int[] sums) {
    if (output instanceof PassCode.Dot dot) {
      load(dot.a());
      load(dot.b());
      m.visitVarInsn(ALOAD, sums[0]);
      String any = Type.getDescriptor(Vector.class);
      m.visitMethodInsn(INVOKEVIRTUAL, VECTOR, "fma", "(" + any + any + ")" + OF_VECTOR, false);
    } else if (output instanceof PassCode.Folded folded) {
      m.visitVarInsn(ALOAD, sums[0]);
      load(folded.value());
      byVector(switch (folded.fold()) { case SUM -> "add"; case MAX -> "max"; case MIN -> "min"; });
    }
    for (int i = 1; i < sums.length; i++) {
      m.visitVarInsn(ALOAD, sums[i]);
      m.visitVarInsn(ASTORE, sums[i - 1]);
    }
    m.visitVarInsn(ASTORE, sums[sums.length - 1]);
  }

  private void result(PassCode.Output output, int[] sums) {
    for (int sum : sums) {
      m.visitVarInsn(ALOAD, sum);
    }
    Fold fold = output instanceof PassCode.Folded folded ? folded.fold() : Fold.SUM;
    if (fold != Fold.SUM) {
      String associative = Type.getDescriptor(VectorOperators.Associative.class);
      m.visitFieldInsn(GETSTATIC, name(VectorOperators.class), fold.name(), associative);
      m.visitMethodInsn(INVOKEVIRTUAL, VECTOR, "reduceLanes", "(" + associative + ")F", false);
      return;
    }
    byVector("add");
    m.visitVarInsn(ASTORE, sums[0]);
    byVector("add");
    m.visitVarInsn(ALOAD, sums[0]);
    byVector("add");
    for (int lanes = Lanes.LANES / 2; lanes >= 2; lanes /= 2) {
      String shuffle = Type.getDescriptor(VectorShuffle.class);
      m.visitInsn(Opcodes.DUP);
      m.visitFieldInsn(GETSTATIC, name(LaneSum.class), "BY_" + lanes, shuffle);
      m.visitMethodInsn(INVOKEVIRTUAL, VECTOR, "rearrange", "(" + shuffle + ")" + OF_VECTOR, false);
      byVector("add");
    }
    m.visitInsn(Opcodes.DUP);
    m.visitInsn(Opcodes.ICONST_0);
    m.visitMethodInsn(INVOKEVIRTUAL, VECTOR, "lane", "(I)F", false);
    m.visitInsn(Opcodes.SWAP);
    m.visitInsn(Opcodes.ICONST_1);
    m.visitMethodInsn(INVOKEVIRTUAL, VECTOR, "lane", "(I)F", false);
    m.visitInsn(Opcodes.FADD);
  }

  private void operation(PassCode.Operation operation) {
    List<Integer> operands = operation.operands();
    if (operation.op() instanceof Unary op) {
      unary(op, operands.get(0));
    } else if (operation.op() instanceof Binary op) {
      binary(op, operands.get(0), operands.get(1));
    } else if (operation.op() instanceof Where) {
      load(operands.get(2));
      load(operands.get(1));
      load(operands.get(0));
      constant(0f);
      compare("NE");
      m.visitMethodInsn(INVOKEVIRTUAL, VECTOR, "blend", "(" + Type.getDescriptor(Vector.class) + MASK + ")" + OF_VECTOR, false);
    } else if (operation.op() instanceof OutOfRange out) {
      outside(out.range(), operands.get(0));
    }
  }

  private void unary(Unary op, int x) {
    switch (op) {
      case NEGATE -> own(x, "neg");
      case ABS -> own(x, "abs");
      case SQRT -> own(x, "sqrt");
      case RELU -> {
        load(x);
        constant(0f);
        byVector("max");
      }
      case SQUARE -> binary(Binary.MULTIPLY, x, x);
      case RECIPROCAL -> {
        constant(1f);
        load(x);
        byVector("div");
      }
      case SIGN, EXP, TANH, ATAN, FLOOR, RINT -> function(MATH, op.name().toLowerCase(java.util.Locale.ROOT), x);
      case LOG -> function(LOG, "log", x);
      case LOG1P -> function(LOG, "log1p", x);
      case SIGMOID -> {
        int e = power(x);
        load(x);
        m.visitVarInsn(ALOAD, e);
        call(MATH, "sigmoid", TWO);
      }
      case SOFTPLUS -> softplus(x);
    }
  }

  /** Of −|x| it is the logarithm alone. */
  private void softplus(int x) {
    int e = power(x);
    boolean minus = isOp(x, Unary.NEGATE) && isOp(operand(x), Unary.ABS);
    if (minus) {
      m.visitVarInsn(ALOAD, e);
      call(MATH, "logOfOnePlus", ONE);
    } else {
      load(x);
      m.visitVarInsn(ALOAD, e);
      call(MATH, "softplus", TWO);
    }
  }

  /** Returns where e^−|x| lies, which several share. */
  private int power(int x) {
    int of = x;
    while (isOp(of, Unary.NEGATE) || isOp(of, Unary.ABS)) {
      of = operand(of);
    }
    Integer known = powers.get(of);
    if (known != null) {
      return known;
    }
    function(MATH, "expOfMinusSize", of);
    int made = store();
    powers.put(of, made);
    return made;
  }

  private boolean isOp(int x, Unary op) {
    return code.values().get(x) instanceof PassCode.Operation operation && operation.op() == op;
  }

  private int operand(int x) {
    return ((PassCode.Operation) code.values().get(x)).operands().get(0);
  }

  private void binary(Binary op, int a, int b) {
    switch (op) {
      case ADD -> by(a, b, "add");
      case SUBTRACT -> by(a, b, "sub");
      case MULTIPLY -> by(a, b, "mul");
      case DIVIDE -> by(a, b, "div");
      case MAXIMUM -> by(a, b, "max");
      case MINIMUM -> by(a, b, "min");
      case EQUAL -> comparison(a, b, "EQ");
      case NOT_EQUAL -> comparison(a, b, "NE");
      case LESS -> comparison(a, b, "LT");
      case LESS_EQUAL -> comparison(a, b, "LE");
      case POWER -> throw new IllegalArgumentException("pass: power has no loop here");
    }
  }

  private void comparison(int a, int b, String operator) {
    constant(0f);
    constant(1f);
    load(a);
    load(b);
    compare(operator);
    m.visitMethodInsn(INVOKEVIRTUAL, VECTOR, "blend", "(" + Type.getDescriptor(Vector.class) + MASK + ")" + OF_VECTOR, false);
  }

  private void outside(ValueRange range, int x) {
    load(x);
    constant(range.low());
    constant(range.high());
    String name = range.allowsNaN() ? "beyond" : range.whole() ? "notWhole" : "not";
    String more = "";
    if (!range.allowsNaN() && range.except() != null) {
      constant(range.except());
      name = "notWholeNor";
      more = OF_VECTOR;
    }
    call(HELP, name, "(" + OF_VECTOR.repeat(3) + more + ")" + OF_VECTOR);
  }

  /** The operand that is compared with lies on top. */
  private void compare(String operator) {
    String of = name(VectorOperators.Comparison.class);
    String descriptor = Type.getDescriptor(VectorOperators.Comparison.class);
    m.visitFieldInsn(GETSTATIC, name(VectorOperators.class), operator, descriptor);
    m.visitInsn(Opcodes.SWAP);
    m.visitMethodInsn(INVOKEVIRTUAL, VECTOR, "compare", "(L" + of + ";" + Type.getDescriptor(Vector.class) + ")" + MASK, false);
  }

  private void by(int a, int b, String method) {
    load(a);
    load(b);
    byVector(method);
  }

  private void byVector(String method) {
    m.visitMethodInsn(INVOKEVIRTUAL, VECTOR, method, BY_VECTOR, false);
  }

  private void own(int x, String method) {
    load(x);
    m.visitMethodInsn(INVOKEVIRTUAL, VECTOR, method, "()" + OF_VECTOR, false);
  }

  private void function(String owner, String method, int x) {
    load(x);
    call(owner, method, ONE);
  }

  private void load(int value) {
    m.visitVarInsn(ALOAD, locals.get(value));
  }

  private void at(int offset) {
    m.visitVarInsn(ILOAD, offset);
    m.visitVarInsn(ILOAD, I);
    m.visitInsn(IADD);
  }

  /** Loads a vector of one number, which is made before the loop. */
  private void constant(float number) {
    m.visitVarInsn(ALOAD, constantAt(number));
  }

  private int constantAt(float number) {
    Integer known = constants.get(number);
    if (known != null) {
      return known;
    }
    int at;
    if (isInLoop) { // this is the first draft, which shows what must be there
      at = next++;
    } else {
      broadcast(number);
      at = keep(ASTORE, VECTOR);
    }
    constants.put(number, at);
    return at;
  }

  /** Writes a function's body instead of a call. */
  private void call(String owner, String name, String descriptor) {
    List<Consumer<Bodies.Target>> body = Bodies.of(owner, name, descriptor);
    if (body == null) {
      m.visitMethodInsn(INVOKESTATIC, owner, name, descriptor, false);
      return;
    }
    Type[] given = Type.getArgumentTypes(descriptor);
    int base = next;
    next += 24;
    for (int i = given.length - 1; i >= 0; i--) {
      m.visitVarInsn(given[i].getOpcode(ISTORE), base + i);
    }
    Bodies.Target here =
        new Bodies.Target() {
          @Override
          public MethodVisitor code() {
            return m;
          }

          @Override
          public int variable(int ofBody) {
            return base + ofBody;
          }

          @Override
          public void constant(float number) {
            PassWriter.this.constant(number);
          }

          @Override
          public void call(String owner, String name, String descriptor) {
            PassWriter.this.call(owner, name, descriptor);
          }
        };
    body.forEach(step -> step.accept(here));
  }

  private void species() {
    m.visitFieldInsn(GETSTATIC, name(Lanes.class), "SPECIES", Type.getDescriptor(VectorSpecies.class));
  }

  private void broadcast(float number) {
    species();
    m.visitLdcInsn(number);
    broadcast();
  }

  private void broadcast() {
    String way = "(" + Type.getDescriptor(VectorSpecies.class) + "F)" + OF_VECTOR;
    m.visitMethodInsn(INVOKESTATIC, VECTOR, "broadcast", way, false);
  }

  private void push(int number) {
    m.visitLdcInsn(number);
  }

  /** A variable from before the loop. */
  private int keep(int opcode, Object type) {
    m.visitVarInsn(opcode, next);
    frame.add(type);
    return next++;
  }

  /** A variable within a step. */
  private int store() {
    m.visitVarInsn(ASTORE, next);
    return next++;
  }

  private static String name(Class<?> of) {
    return Type.getInternalName(of);
  }
}
