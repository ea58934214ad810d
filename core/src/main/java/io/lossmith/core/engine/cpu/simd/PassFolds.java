package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.kernel.PassClass.FOLDS;
import static io.lossmith.core.engine.cpu.simd.PassMethod.VECTOR;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.GETSTATIC;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;
import static org.objectweb.asm.Opcodes.ISTORE;

import io.lossmith.core.engine.cpu.kernel.PassCode;
import io.lossmith.core.engine.cpu.kernel.PassLoop;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.OutOfRange;
import java.util.List;
import jdk.incubator.vector.VectorOperators;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Writes what a pass folds. Sums are {@link PassSums}, in scratch memory; what else is folded has
 * one accumulator in a variable, for it does not depend on the order: extremes, and counts, which
 * are whole numbers.
 */
final class PassFolds {
  private static final String SUMS = PassMethod.name(PassSums.class);

  private final PassCode pass;
  private final PassMethod method;
  private final MethodVisitor code;
  private final PassOperations operations;
  private final List<PassCode.Output> outputs;

  /** For each output its variable, or where its sum begins in scratch memory. */
  private final int[] places;

  private int scratch;
  private int start;
  private int turn;

  PassFolds(PassCode pass, PassMethod method, PassOperations operations) {
    this.pass = pass;
    this.method = method;
    this.code = method.code();
    this.operations = operations;
    this.outputs = pass.outputs().stream().filter(o -> !(o instanceof PassCode.Stored)).toList();
    this.places = new int[outputs.size()];
  }

  /** Returns how many floats of scratch memory a pass needs. */
  static int scratch(PassCode pass) {
    return (int) pass.outputs().stream().filter(o -> isSum(pass, o)).count() * PassSums.SIZE;
  }

  private static boolean isSum(PassCode pass, PassCode.Output output) {
    return output instanceof PassCode.Dot
        || output instanceof PassCode.Folded folded
            && folded.fold() == Fold.SUM
            && !isCount(pass.values().get(folded.value()));
  }

  private static boolean isCount(PassCode.Value value) {
    return value instanceof PassCode.Operation operation && operation.op() instanceof OutOfRange;
  }

  /** Writes where all begin, before the loop. */
  void begin() {
    int size = scratch(pass);
    if (size > 0) {
      int last = pass.isSegment().size();
      scratch = method.array(last, PassMethod.ARRAY);
      start = method.offset(last);
      loadScratch(0);
      code.visitLdcInsn(size);
      code.visitMethodInsn(INVOKESTATIC, SUMS, "clear", "([FII)V", false);
      code.visitInsn(Opcodes.ICONST_0);
      turn = method.keep(ISTORE, Opcodes.INTEGER);
    }
    int sums = 0;
    for (int i = 0; i < places.length; i++) {
      if (isSum(pass, outputs.get(i))) {
        places[i] = sums++ * PassSums.SIZE;
      } else {
        method.vector((float) fold(i).start());
        places[i] = method.keep(ASTORE, VECTOR);
      }
    }
  }

  private Fold fold(int output) {
    return ((PassCode.Folded) outputs.get(output)).fold();
  }

  /** Loads scratch memory and a place in it. */
  private void loadScratch(int at) {
    code.visitVarInsn(ALOAD, scratch);
    code.visitVarInsn(ILOAD, start);
    code.visitLdcInsn(at);
    code.visitInsn(Opcodes.IADD);
  }

  /**
   * Writes a step.
   *
   * @param i the variable of the place
   */
  void add(int i) {
    if (scratch(pass) > 0) {
      code.visitVarInsn(ILOAD, i);
      code.visitLdcInsn(PassSums.SIZE - 1);
      code.visitInsn(Opcodes.IAND);
      code.visitVarInsn(ISTORE, turn);
    }
    for (int fold = 0; fold < places.length; fold++) {
      if (outputs.get(fold) instanceof PassCode.Dot dot) {
        operations.load(dot.a());
        operations.load(dot.b());
        load(fold);
        method.ofVectors("fma", 2);
      } else if (outputs.get(fold) instanceof PassCode.Folded folded) {
        load(fold);
        operations.load(folded.value());
        method.ofVectors(way(folded.fold()), 1);
      }
      store(fold);
    }
  }

  private static String way(Fold fold) {
    return switch (fold) {
      case SUM -> "add";
      case MAX -> "max";
      case MIN -> "min";
    };
  }

  private void load(int fold) {
    if (isSum(pass, outputs.get(fold))) {
      method.species();
      loadTurn(fold);
      method.from(false);
    } else {
      code.visitVarInsn(ALOAD, places[fold]);
    }
  }

  private void store(int fold) {
    if (isSum(pass, outputs.get(fold))) {
      loadTurn(fold);
      method.into(false);
    } else {
      code.visitVarInsn(ASTORE, places[fold]);
    }
  }

  private void loadTurn(int sum) {
    loadScratch(places[sum]);
    code.visitVarInsn(ILOAD, turn);
    code.visitInsn(Opcodes.IADD);
  }

  /** Writes the results, behind the loop. */
  void end() {
    for (int i = 0; i < places.length; i++) {
      code.visitVarInsn(ALOAD, FOLDS);
      code.visitLdcInsn(PassLoop.FIRST + i);
      if (isSum(pass, outputs.get(i))) {
        loadScratch(places[i]);
        code.visitMethodInsn(INVOKESTATIC, SUMS, "of", "([FI)F", false);
      } else {
        code.visitVarInsn(ALOAD, places[i]);
        reduce(fold(i) == Fold.SUM ? "ADD" : fold(i).name());
      }
      code.visitInsn(Opcodes.FASTORE);
    }
  }

  private void reduce(String operator) {
    String way = Type.getDescriptor(VectorOperators.Associative.class);
    code.visitFieldInsn(GETSTATIC, PassMethod.name(VectorOperators.class), operator, way);
    code.visitMethodInsn(INVOKEVIRTUAL, VECTOR, "reduceLanes", "(" + way + ")F", false);
  }
}
