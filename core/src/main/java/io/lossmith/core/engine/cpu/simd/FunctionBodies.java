package io.lossmith.core.engine.cpu.simd;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The bodies of this package's functions of vectors, as the compiler has written them: straight
 * lines that end with what they return. In the loop of a pass they stand instead of a call, for
 * beyond a size the JVM's compiler inlines the vector module's methods only, and not ours. A body
 * may ask for {@link Lanes#COMPARES_WELL}: what stands for the other answer is left out.
 */
final class FunctionBodies {
  /** No function has more. */
  static final int MOST_VARIABLES = 24;

  private static final String VECTOR = "jdk/incubator/vector/FloatVector";

  private static final List<Class<?>> OF = List.of(SimdMath.class, SimdLog.class, PassRanges.class);

  private static final Map<String, List<Consumer<Target>>> ALL = new HashMap<>();

  static {
    OF.forEach(FunctionBodies::read);
  }

  private FunctionBodies() {}

  /** Where a body is written to. */
  interface Target {
    MethodVisitor code();

    /** Returns the variable that stands for one of the body. */
    int variable(int ofBody);

    /** Loads a vector of one number. */
    void constant(float number);

    /** Writes what stands for a call. */
    void call(String owner, String name, String descriptor);
  }

  /** Returns the steps of a body, or null where it is none of ours. */
  static @Nullable List<Consumer<Target>> of(String owner, String name, String descriptor) {
    return ALL.get(owner + "." + name + descriptor);
  }

  private static void read(Class<?> of) {
    String file = of.getSimpleName() + ".class";
    try (InputStream in = of.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("pass: " + file + " cannot be read");
      }
      String owner = Type.getInternalName(of);
      ClassVisitor each =
          new ClassVisitor(Opcodes.ASM9) {
            @Override
            public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] thrown) {
              Body body = new Body();
              ALL.put(owner + "." + name + descriptor, body.steps);
              return body;
            }
          };
      new ClassReader(in).accept(each, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Body extends MethodVisitor {
    final List<Consumer<Target>> steps = new ArrayList<>();

    Body() {
      super(Opcodes.ASM9);
    }

    private float number;
    private boolean hasReturned;
    private boolean asks;
    private @Nullable Label next; // what stands before it is left out

    private void add(Consumer<Target> step) {
      if (!isLeftOut()) {
        steps.add(step);
      }
    }

    private boolean isLeftOut() {
      return hasReturned || next != null;
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
      if (opcode != Opcodes.IFEQ || !asks) {
        throw new IllegalStateException("pass: no straight line");
      }
      next = Lanes.COMPARES_WELL ? next : label;
      asks = false;
    }

    @Override
    public void visitLabel(Label label) {
      next = label == next ? null : next;
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode >= Opcodes.FCONST_0 && opcode <= Opcodes.FCONST_2) {
        visitLdcInsn((float) (opcode - Opcodes.FCONST_0));
      } else if (opcode < Opcodes.IRETURN || opcode > Opcodes.RETURN) {
        add(t -> t.code().visitInsn(opcode));
      } else {
        hasReturned |= next == null;
      }
    }

    @Override
    public void visitLdcInsn(Object value) {
      if (value instanceof Float f) {
        number = f;
      }
      add(t -> t.code().visitLdcInsn(value));
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
      add(t -> t.code().visitIntInsn(opcode, operand));
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
      if (variable >= MOST_VARIABLES) {
        throw new IllegalStateException("pass: a function has more variables than it may");
      }
      add(t -> t.code().visitVarInsn(opcode, t.variable(variable)));
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      if (name.equals("COMPARES_WELL")) {
        asks = true;
        return;
      }
      add(t -> t.code().visitFieldInsn(opcode, owner, name, descriptor));
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      add(t -> t.code().visitTypeInsn(opcode, type));
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      if (isLeftOut()) {
        return;
      }
      if (owner.equals(VECTOR) && name.equals("broadcast")) {
        steps.remove(steps.size() - 1); // the number
        steps.remove(steps.size() - 1); // the species
        float constant = number;
        add(t -> t.constant(constant));
      } else if (opcode == Opcodes.INVOKESTATIC) {
        add(t -> t.call(owner, name, descriptor));
      } else {
        add(t -> t.code().visitMethodInsn(opcode, owner, name, descriptor, isInterface));
      }
    }

    @Override
    public void visitInvokeDynamicInsn(String name, String type, Handle way, Object... given) {
      throw new IllegalStateException("pass: no straight line");
    }
  }
}
