package io.lossmith.core.engine.cpu.simd;

import static io.lossmith.core.engine.cpu.kernel.PassClass.N;
import static io.lossmith.core.engine.cpu.kernel.PassClass.NUMBERS;
import static io.lossmith.core.engine.cpu.simd.PassMethod.VECTOR;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.ISTORE;

import io.lossmith.core.engine.cpu.kernel.PassClass;
import io.lossmith.core.engine.cpu.kernel.PassCode;
import io.lossmith.core.engine.cpu.kernel.PassLoop;
import java.lang.invoke.MethodHandles;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Writes the loop of a pass: a vector a step, whose values are local variables, so registers. */
final class PassWriter {
  private static final int I = 6;

  private final PassCode pass;
  private final PassMethod method;
  private final MethodVisitor code;
  private final PassOperations operations;
  private final int[] arrays;
  private final int[] offsets;
  private final PassFolds folds;

  private PassWriter(PassCode pass, MethodVisitor code) {
    this.pass = pass;
    this.code = code;
    this.method = new PassMethod(code, PassClass.variables(PassWriter.class));
    this.operations = new PassOperations(pass, method);
    this.folds = new PassFolds(pass, method, operations);
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
          PassWriter draft = new PassWriter(pass, new MethodVisitor(Opcodes.ASM9) {});
          draft.write(List.of());
          new PassWriter(pass, run).write(draft.method.constants());
        });
  }

  /**
   * @param constants numbers of which the loop needs vectors
   */
  private void write(List<Float> constants) {
    code.visitInsn(Opcodes.ICONST_0);
    method.keep(ISTORE, Opcodes.INTEGER); // i
    for (int i = 0; i < arrays.length; i++) {
      lay(i);
    }
    numbers();
    folds.begin();
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
    folds.end();
  }

  private void lay(int array) {
    boolean isSegment = pass.isSegment().get(array);
    arrays[array] = method.array(array, isSegment ? PassMethod.SEGMENT : PassMethod.ARRAY);
    offsets[array] = method.offset(array);
  }

  private void numbers() {
    for (int i = 0; i < pass.values().size(); i++) {
      PassCode.Value value = pass.values().get(i);
      if (value instanceof PassCode.Given given) {
        method.species();
        code.visitVarInsn(ALOAD, NUMBERS);
        code.visitLdcInsn(PassLoop.FIRST + given.number());
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
    for (PassCode.Output output : pass.outputs()) {
      if (output instanceof PassCode.Stored stored) {
        operations.load(stored.value());
        at(stored.array());
        method.into(pass.isSegment().get(stored.array()));
      }
    }
    folds.add(I);
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
}
