package io.lossmith.opencl.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Writes one method the way a compiler would: statements one after the other, each local variable
 * declared once, with its name and scope. Aparapi turns that back into source.
 */
final class MethodCode {
  /** The descriptor of a method that takes and returns nothing. */
  private static final String NOTHING = "()V";

  /** Aparapi does not know the instructions for variables beyond. */
  private static final int MOST_VARIABLES = 256;

  /** Of a method of the JVM. */
  private static final int MOST_BYTES = 65_535;

  /** A jump over more than half of that is written as a jump over a longer one. */
  private static final int LONG_JUMP = 8;

  /** A local variable. */
  static final class Variable {
    private final String name;
    private final String type;
    private final int slot;
    private final Label start = new Label();

    private Variable(String name, String type, int slot) {
      this.name = name;
      this.type = type;
      this.slot = slot;
    }
  }

  private final String owner;
  private final MethodVisitor method;
  private final ArrayDeque<Variable> idle = new ArrayDeque<>();
  private final List<Variable> open = new ArrayList<>();
  private int names;
  private int bytes;

  /** Begins a public method without arguments or result. */
  MethodCode(ClassVisitor type, String owner, String name) {
    this(owner, type.visitMethod(Opcodes.ACC_PUBLIC, name, NOTHING, null, null));
  }

  private MethodCode(String owner, MethodVisitor method) {
    this.owner = owner;
    this.method = method;
    method.visitCode();
    Variable self = new Variable("this", "L" + owner + ";", 0);
    method.visitLabel(self.start);
    open.add(self);
  }

  /** Begins a method that nobody keeps: it shows whether one can hold what is written. */
  static MethodCode measured() {
    return new MethodCode("Measured", new MethodVisitor(Opcodes.ASM9) {});
  }

  /** Counts the bytes that an instruction takes at most. */
  private void count(int more) {
    bytes += more;
    if (bytes > MOST_BYTES) {
      throw new TooLong("too many instructions");
    }
  }

  /** Ends the method. */
  void end() {
    instruction(Opcodes.RETURN);
    closeAllBut(List.of());
    method.visitMaxs(0, 0);
    method.visitEnd();
  }

  /** Declares an int and gives it the value on the stack. */
  Variable declareInt() {
    return declare("i", "I", Opcodes.ISTORE);
  }

  /** Gives the value on the stack to a float that is idle, or to a new one. */
  Variable declareFloat() {
    Variable variable = idle.pollLast();
    if (variable == null) {
      return declare("f", "F", Opcodes.FSTORE);
    }
    storeFloat(variable);
    return variable;
  }

  private Variable declare(String prefix, String type, int store) {
    if (open.size() == MOST_VARIABLES) {
      throw new TooLong("too many values at once");
    }
    Variable variable = new Variable(prefix + names++, type, open.size());
    count(2);
    method.visitVarInsn(store, variable.slot);
    method.visitLabel(variable.start);
    open.add(variable);
    return variable;
  }

  /**
   * Lets a float hold another value from here on. Its scope goes on: Aparapi wants scopes that lie
   * within each other.
   */
  void release(Variable variable) {
    idle.addLast(variable);
  }

  /** Returns the variables that are open now. */
  List<Variable> open() {
    return List.copyOf(open);
  }

  /** Ends the scope of all variables but these, which were opened before the others. */
  void closeAllBut(List<Variable> kept) {
    Label end = new Label();
    method.visitLabel(end);
    for (Variable variable : open()) {
      if (!kept.contains(variable)) {
        method.visitLocalVariable(
            variable.name, variable.type, null, variable.start, end, variable.slot);
        open.remove(variable);
        idle.remove(variable);
      }
    }
  }

  void load(Variable variable) {
    count(2);
    method.visitVarInsn(variable.type.equals("I") ? Opcodes.ILOAD : Opcodes.FLOAD, variable.slot);
  }

  void storeFloat(Variable variable) {
    count(2);
    method.visitVarInsn(Opcodes.FSTORE, variable.slot);
  }

  void self() {
    count(1);
    method.visitVarInsn(Opcodes.ALOAD, 0);
  }

  void push(int value) {
    if (value >= -1 && value <= 5) {
      instruction(Opcodes.ICONST_0 + value);
    } else if (value >= Byte.MIN_VALUE && value <= Byte.MAX_VALUE) {
      count(2);
      method.visitIntInsn(Opcodes.BIPUSH, value);
    } else if (value >= Short.MIN_VALUE && value <= Short.MAX_VALUE) {
      count(3);
      method.visitIntInsn(Opcodes.SIPUSH, value);
    } else {
      constant(value);
    }
  }

  void push(float value) {
    if (Float.floatToRawIntBits(value) == 0) {
      instruction(Opcodes.FCONST_0);
    } else {
      constant(value);
    }
  }

  private void constant(Object value) {
    count(3);
    method.visitLdcInsn(value);
  }

  /** One instruction without operands of its own. */
  void instruction(int opcode) {
    count(1);
    method.visitInsn(opcode);
  }

  /** Pushes an array that is a field of the kernel. */
  void array(String field) {
    field(field, "[F");
  }

  /** Pushes an int that is a field of the kernel. */
  void intField(String field) {
    field(field, "I");
  }

  private void field(String name, String descriptor) {
    self();
    count(3);
    method.visitFieldInsn(Opcodes.GETFIELD, owner, name, descriptor);
  }

  /** Calls a method of the kernel; it and its arguments are on the stack. */
  void call(KernelMethod called) {
    callOf(owner, called);
  }

  /** Calls a method under the name of the class that declares it. */
  void callOf(String declaring, KernelMethod called) {
    call(declaring, called.methodName(), called.descriptor());
  }

  /** Calls the method of a nest. */
  void callNest(String name) {
    call(owner, name, NOTHING);
  }

  private void call(String declaring, String name, String descriptor) {
    count(3);
    method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, declaring, name, descriptor, false);
  }

  void jump(int opcode, Label to) {
    count(LONG_JUMP);
    method.visitJumpInsn(opcode, to);
  }

  void label(Label label) {
    method.visitLabel(label);
  }

  void increment(Variable variable) {
    count(3);
    method.visitIincInsn(variable.slot, 1);
  }

  /** A method cannot hold so much straight-line code. */
  static final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLong(String what) {
      super(what, null, false, false);
    }
  }
}
