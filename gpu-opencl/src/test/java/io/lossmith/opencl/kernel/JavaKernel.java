package io.lossmith.opencl.kernel;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Runs generated kernels on the JVM, item by item, where an index that leaves its array is an
 * exception; a device reads whatever lies there. Numbers are not right: the functions that work on
 * the bits of a float exist on devices only.
 */
public abstract class JavaKernel extends FusedKernel {
  /** As some drivers have it: less than a group of the plan. */
  private static final int WORK_GROUP = 32;

  private int item;
  private int pass;

  /** Created by the loader of the generated class. */
  protected JavaKernel() {}

  /** The number of the work-group that runs. */
  protected final int workGroupOnJvm() {
    return item / WORK_GROUP;
  }

  /** How many items a work-group has. */
  protected final int sizeOnJvm() {
    return WORK_GROUP;
  }

  /** The number of the item that runs within its work-group. */
  protected final int itemOnJvm() {
    return item % WORK_GROUP;
  }

  /** The number of the pass that runs. */
  protected final int passOnJvm() {
    return pass;
  }

  /** Nothing is amiss here. */
  protected final void allowed() {}

  /** Runs all items of a pass. */
  final void runAll(int number, long items) {
    pass = number;
    for (item = 0; item < items; item++) {
      run();
    }
  }

  /** Makes a class for the JVM of one for devices. */
  static byte[] forJvm(byte[] type) {
    String base = FusedKernel.class.getName().replace('.', '/');
    String ours = JavaKernel.class.getName().replace('.', '/');
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    new ClassReader(type)
        .accept(
            new ClassVisitor(Opcodes.ASM9, writer) {
              @Override
              public void visit(
                  int version,
                  int access,
                  String name,
                  String signature,
                  String parent,
                  String[] interfaces) {
                super.visit(version, access, name, signature, ours, interfaces);
              }

              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String descriptor, String signature, String[] thrown) {
                return new MethodVisitor(
                    Opcodes.ASM9, super.visitMethod(access, name, descriptor, signature, thrown)) {
                  @Override
                  public void visitMethodInsn(
                      int opcode, String owner, String called, String type, boolean isInterface) {
                    String declaring = owner.equals(base) ? ours : owner;
                    super.visitMethodInsn(opcode, declaring, onJvm(called), type, isInterface);
                  }
                };
              }
            },
            0);
    return writer.toByteArray();
  }

  private static String onJvm(String method) {
    return switch (method) {
      case "getGroupId" -> "workGroupOnJvm";
      case "getLocalSize" -> "sizeOnJvm";
      case "getLocalId" -> "itemOnJvm";
      case "getPassId" -> "passOnJvm";
      case "requireDevice" -> "allowed";
      default -> method;
    };
  }
}
