package io.lossmith.core.engine.cpu.kernel;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The hidden class of a {@link PassLoop}: it goes when nobody holds the loop any more. */
public final class PassClass {
  /** Variables of the loop's method, as {@link PassLoop#run} has them. */
  public static final int ARRAYS = 1;

  public static final int OFFSETS = 2;
  public static final int NUMBERS = 3;
  public static final int FOLDS = 4;
  public static final int N = 5;

  private static final String OBJECT = "java/lang/Object";
  private static final String RUN = "([Ljava/lang/Object;[I[F[FI)V";

  private PassClass() {}

  /** Returns the types of the method's first variables: the loop itself and its parameters. */
  public static List<Object> variables(Class<?> writer) {
    return List.of(nameBeside(writer), "[Ljava/lang/Object;", "[I", "[F", "[F", Opcodes.INTEGER);
  }

  private static String nameBeside(Class<?> writer) {
    return Type.getInternalName(writer).replace("Writer", "");
  }

  /**
   * Makes the loop.
   *
   * @param writer of the class that writes it
   * @param body writes the method, but for the return at its end
   * @return null where classes cannot be defined
   */
  public static @Nullable PassLoop define(
      MethodHandles.Lookup writer, Consumer<MethodVisitor> body) {
    try {
      return (PassLoop)
          writer
              .defineHiddenClass(bytes(nameBeside(writer.lookupClass()), body), true)
              .lookupClass()
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException | UnsupportedOperationException e) {
      return null;
    }
  }

  private static byte[] bytes(String name, Consumer<MethodVisitor> body) {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    String[] interfaces = {Type.getInternalName(PassLoop.class)};
    int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER;
    writer.visit(Opcodes.V17, access, name, null, OBJECT, interfaces);
    MethodVisitor made = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
    made.visitCode();
    made.visitVarInsn(Opcodes.ALOAD, 0);
    made.visitMethodInsn(Opcodes.INVOKESPECIAL, OBJECT, "<init>", "()V", false);
    end(made);
    MethodVisitor run = writer.visitMethod(Opcodes.ACC_PUBLIC, "run", RUN, null, null);
    run.visitCode();
    body.accept(run);
    end(run);
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static void end(MethodVisitor method) {
    method.visitInsn(Opcodes.RETURN);
    method.visitMaxs(0, 0);
    method.visitEnd();
  }
}
