package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.kernel.PassClass.ARRAYS;
import static io.lossmith.core.engine.cpu.kernel.PassClass.FOLDS;
import static io.lossmith.core.engine.cpu.kernel.PassClass.N;
import static io.lossmith.core.engine.cpu.kernel.PassClass.NUMBERS;
import static io.lossmith.core.engine.cpu.kernel.PassClass.OFFSETS;
import static io.lossmith.core.engine.cpu.simd.PassMethod.OF_VECTOR;
import static io.lossmith.core.engine.cpu.simd.PassMethod.VECTOR;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.GETSTATIC;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;
import static org.objectweb.asm.Opcodes.ISTORE;

import io.lossmith.core.engine.cpu.kernel.PassClass;
import io.lossmith.core.engine.cpu.kernel.PassCode;
import io.lossmith.core.engine.cpu.kernel.PassLoop;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.OutOfRange;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Writes the loop of a pass: a vector a step, whose values are local variables, so registers. */
final class PassWriter {
  private static final int I = 6;

  /**
   * So many constants are held in registers from before the loop on. Later compilers take what is
   * too many from beside the code, that of Java 17 from the stack.
   */
  private static final int HELD = Runtime.version().feature() < 21 ? 8 : Integer.MAX_VALUE;

  private final PassCode pass;
  private final PassMethod method;
  private final MethodVisitor code;
  private final PassOperations operations;
  private final int[] arrays;
  private final int[] offsets;
  private final List<int[]> accumulators = new ArrayList<>();

  private PassWriter(PassCode pass, MethodVisitor code, boolean isDraft) {
    this.pass = pass;
    this.code = code;
    this.method = new PassMethod(code, PassClass.variables(PassWriter.class), isDraft);
    this.operations = new PassOperations(pass, method);
    this.arrays = new int[pass.isSegment().size()];
    this.offsets = new int[arrays.length];
  }

  /** Returns the loop, or null where it would be too long or classes cannot be defined. */
  static @Nullable PassLoop write(PassCode pass) {
    if (!PassSize.fits(pass)) {
      return null;
    }
    return PassClass.define(
        MethodHandles.lookup(),
        run -> {
          PassWriter draft = new PassWriter(pass, new MethodVisitor(Opcodes.ASM9) {}, true);
          draft.write(List.of());
          List<Float> all = draft.method.constants();
          new PassWriter(pass, run, false).write(all.subList(0, Math.min(all.size(), HELD)));
        });
  }

  /**
   * @param constants numbers of which the loop needs vectors
   */
  private void write(List<Float> constants) {
    code.visitInsn(Opcodes.ICONST_0);
    method.keep(ISTORE, Opcodes.INTEGER); // i
    lay();
    numbers();
    folds().forEach(this::begin);
    constants.forEach(method::constantAt);
    Label again = new Label();
    code.visitLabel(again);
    method.loop();
    step();
    code.visitVarInsn(ILOAD, I);
    code.visitLdcInsn(Lanes.LANES);
    code.visitInsn(Opcodes.IADD);
    code.visitInsn(Opcodes.DUP);
    code.visitVarInsn(ISTORE, I);
    code.visitVarInsn(ILOAD, N);
    code.visitJumpInsn(Opcodes.IF_ICMPLT, again);
    for (int i = 0; i < accumulators.size(); i++) {
      code.visitVarInsn(ALOAD, FOLDS);
      code.visitLdcInsn(i);
      finish(fold(folds().get(i)), accumulators.get(i));
      code.visitInsn(Opcodes.FASTORE);
    }
  }

  private List<PassCode.Output> folds() {
    return pass.outputs().stream().filter(o -> !(o instanceof PassCode.Stored)).toList();
  }

  private static Fold fold(PassCode.Output output) {
    return output instanceof PassCode.Folded folded ? folded.fold() : Fold.SUM;
  }

  private void lay() {
    for (int i = 0; i < arrays.length; i++) {
      code.visitVarInsn(ALOAD, ARRAYS);
      code.visitLdcInsn(i);
      code.visitInsn(Opcodes.AALOAD);
      String type = pass.isSegment().get(i) ? PassMethod.SEGMENT : "[F";
      code.visitTypeInsn(Opcodes.CHECKCAST, type);
      arrays[i] = method.keep(ASTORE, type);
      code.visitVarInsn(ALOAD, OFFSETS);
      code.visitLdcInsn(i);
      code.visitInsn(Opcodes.IALOAD);
      offsets[i] = method.keep(ISTORE, Opcodes.INTEGER);
    }
  }

  private void numbers() {
    for (int i = 0; i < pass.values().size(); i++) {
      PassCode.Value value = pass.values().get(i);
      if (value instanceof PassCode.Given given) {
        method.species();
        code.visitVarInsn(ALOAD, NUMBERS);
        code.visitLdcInsn(given.number());
        code.visitInsn(Opcodes.FALOAD);
        method.broadcast();
        operations.lies(i, method.keep(ASTORE, VECTOR));
      } else if (value instanceof PassCode.Constant constant) {
        operations.lies(i, method.constantAt(constant.number()));
      }
    }
  }

  /** All that is loaded stands before what is stored: results may lie where operands lie. */
  private void step() {
    for (int i = 0; i < pass.values().size(); i++) {
      PassCode.Value value = pass.values().get(i);
      if (value instanceof PassCode.Element element) {
        method.species();
        at(element.array());
        method.from(pass.isSegment().get(element.array()));
        operations.lies(i, method.store());
      } else if (value instanceof PassCode.Operation operation) {
        operations.write(operation);
        operations.lies(i, method.store());
      }
    }
    int fold = 0;
    for (PassCode.Output output : pass.outputs()) {
      if (output instanceof PassCode.Stored stored) {
        operations.load(stored.value());
        at(stored.array());
        method.into(pass.isSegment().get(stored.array()));
      } else {
        add(output, accumulators.get(fold++));
      }
    }
  }

  private void at(int array) {
    code.visitVarInsn(ALOAD, arrays[array]);
    code.visitVarInsn(ILOAD, offsets[array]);
    code.visitVarInsn(ILOAD, I);
    code.visitInsn(Opcodes.IADD);
    if (pass.isSegment().get(array)) { // counts bytes
      code.visitInsn(Opcodes.I2L);
      code.visitInsn(Opcodes.ICONST_2);
      code.visitInsn(Opcodes.LSHL);
    }
  }

  /**
   * Sums have four accumulators, which take turns: those of {@link SimdFolds}. What is counted is a
   * whole number, whatever the order, so one is enough.
   */
  private void begin(PassCode.Output output) {
    Fold fold = fold(output);
    int[] made = new int[fold == Fold.SUM && !isCount(output) ? 4 : 1];
    for (int i = 0; i < made.length; i++) {
      method.species();
      code.visitLdcInsn((float) fold.start());
      method.broadcast();
      made[i] = method.keep(ASTORE, VECTOR);
    }
    accumulators.add(made);
  }

  private boolean isCount(PassCode.Output output) {
    return output instanceof PassCode.Folded folded
        && pass.values().get(folded.value()) instanceof PassCode.Operation operation
        && operation.op() instanceof OutOfRange;
  }

  private void add(PassCode.Output output, int[] sums) {
    if (output instanceof PassCode.Dot dot) {
      operations.load(dot.a());
      operations.load(dot.b());
      code.visitVarInsn(ALOAD, sums[0]);
      method.ofVectors("fma", 2);
    } else if (output instanceof PassCode.Folded folded) {
      code.visitVarInsn(ALOAD, sums[0]);
      operations.load(folded.value());
      method.ofVectors(
          switch (folded.fold()) {
            case SUM -> "add";
            case MAX -> "max";
            case MIN -> "min";
          },
          1);
    }
    for (int i = 1; i < sums.length; i++) {
      code.visitVarInsn(ALOAD, sums[i]);
      code.visitVarInsn(ASTORE, sums[i - 1]);
    }
    code.visitVarInsn(ASTORE, sums[sums.length - 1]);
  }

  private void finish(Fold fold, int[] sums) {
    for (int sum : sums) {
      code.visitVarInsn(ALOAD, sum);
    }
    if (sums.length == 4) {
      method.ofVectors("add", 1);
      code.visitVarInsn(ASTORE, sums[0]);
      method.ofVectors("add", 1);
      code.visitVarInsn(ALOAD, sums[0]);
      method.ofVectors("add", 1);
    }
    if (fold == Fold.SUM) {
      lanes();
    } else {
      String way = Type.getDescriptor(VectorOperators.Associative.class);
      String operators = PassMethod.name(VectorOperators.class);
      code.visitFieldInsn(GETSTATIC, operators, fold.name(), way);
      code.visitMethodInsn(INVOKEVIRTUAL, VECTOR, "reduceLanes", "(" + way + ")F", false);
    }
  }

  /** As {@link LaneSum}, which would have to be called. */
  private void lanes() {
    String shuffle = Type.getDescriptor(VectorShuffle.class);
    String way = "(" + shuffle + ")" + OF_VECTOR;
    for (int lanes = Lanes.LANES / 2; lanes >= 2; lanes /= 2) {
      code.visitInsn(Opcodes.DUP);
      code.visitFieldInsn(GETSTATIC, PassMethod.name(LaneSum.class), "BY_" + lanes, shuffle);
      code.visitMethodInsn(INVOKEVIRTUAL, VECTOR, "rearrange", way, false);
      method.ofVectors("add", 1);
    }
    code.visitInsn(Opcodes.DUP);
    code.visitInsn(Opcodes.ICONST_0);
    code.visitMethodInsn(INVOKEVIRTUAL, VECTOR, "lane", "(I)F", false);
    code.visitInsn(Opcodes.SWAP);
    code.visitInsn(Opcodes.ICONST_1);
    code.visitMethodInsn(INVOKEVIRTUAL, VECTOR, "lane", "(I)F", false);
    code.visitInsn(Opcodes.FADD);
  }
}
