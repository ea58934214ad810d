package io.lossmith.opencl.kernel;

import io.lossmith.opencl.nest.Nest;
import io.lossmith.opencl.schedule.Placement;
import io.lossmith.opencl.schedule.Schedule.Launch;
import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Writes the class of a kernel: a field for each array, a method for each nest, and {@code run},
 * which calls those of the pass that it is asked for. The passes of its launches are numbered
 * through; field {@code first} says with which a launch begins.
 */
public final class KernelWriter {
  public static final String FIRST = "first";

  private static final String NEST = "nest";

  private static final String BASE = FusedKernel.class.getName().replace('.', '/');

  /**
   * Up to so many passes are chosen by a chain that ends with else, for what is left then can only
   * be the last: PoCL takes a choice out of its loop over items if it has few ways.
   */
  private static final int LONGEST_CHAIN = 8;

  /** A place whose number takes as many bytes as any. */
  private static final Placement.Slot FAR_OFF = new Placement.Slot("array", 1 << 24);

  private final String name;
  private final Placement placement;
  private final ClassWriter type = new ClassWriter(ClassWriter.COMPUTE_MAXS);

  private KernelWriter(String name, Placement placement) {
    this.name = name.replace('.', '/');
    this.placement = placement;
  }

  /** Returns the class file of a kernel of these launches. */
  public static byte[] write(String name, List<Launch> launches, Placement placement) {
    return new KernelWriter(name, placement).write(launches);
  }

  /** Tells whether one method can hold a nest, wherever its arrays lie. */
  public static boolean fits(Nest nest) {
    try {
      new NestWriter(MethodCode.measured(), nest, Long.MAX_VALUE, region -> FAR_OFF).write();
      return true;
    } catch (MethodCode.TooLong e) {
      return false;
    }
  }

  private byte[] write(List<Launch> launches) {
    // Of this version class files need no stack maps.
    type.visit(Opcodes.V1_6, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, name, null, BASE, null);
    type.visitField(Opcodes.ACC_PUBLIC, FIRST, "I", null, null).visitEnd();
    for (Placement.Array array : placement.arrays(launches.get(0).kernel())) {
      type.visitField(Opcodes.ACC_PUBLIC, array.field(), "[F", null, null).visitEnd();
    }
    constructor();
    List<List<String>> passes = new ArrayList<>();
    int number = 0;
    for (Launch launch : launches) {
      for (List<Nest> nests : launch.passes()) {
        List<String> methods = new ArrayList<>();
        for (Nest nest : nests) {
          String method = NEST + number++;
          MethodCode code = new MethodCode(type, name, method);
          new NestWriter(code, nest, launch.groups(), placement::slot).write();
          methods.add(method);
        }
        passes.add(methods);
      }
    }
    run(passes);
    type.visitEnd();
    return type.toByteArray();
  }

  private void constructor() {
    MethodVisitor method = type.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
    method.visitCode();
    method.visitVarInsn(Opcodes.ALOAD, 0);
    method.visitMethodInsn(Opcodes.INVOKESPECIAL, BASE, "<init>", "()V", false);
    method.visitInsn(Opcodes.RETURN);
    method.visitMaxs(0, 0);
    method.visitEnd();
  }

  private void run(List<List<String>> passes) {
    MethodCode code = new MethodCode(type, name, "run");
    code.self();
    code.callOf(BASE, KernelMethod.REQUIRE_DEVICE);
    code.intField(FIRST);
    code.self();
    code.call(KernelMethod.GET_PASS_ID);
    code.instruction(Opcodes.IADD);
    choose(code, code.declareInt(), passes);
    code.end();
  }

  /** Long chains of else are too much for Aparapi: those are flat, without. */
  private static void choose(MethodCode code, MethodCode.Variable pass, List<List<String>> passes) {
    boolean isChain = passes.size() <= LONGEST_CHAIN;
    Label end = new Label();
    for (int i = 0; i < passes.size(); i++) {
      boolean isElse = isChain && i == passes.size() - 1;
      Label next = new Label();
      if (!isElse) {
        code.load(pass);
        code.push(i);
        code.jump(Opcodes.IF_ICMPNE, next);
      }
      for (String method : passes.get(i)) {
        code.self();
        code.callNest(method);
      }
      if (isChain && !isElse) {
        code.jump(Opcodes.GOTO, end);
      }
      code.label(next);
    }
    code.label(end);
  }
}
