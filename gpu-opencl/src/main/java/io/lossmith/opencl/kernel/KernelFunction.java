package io.lossmith.opencl.kernel;

import com.aparapi.Kernel;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.Where;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.objectweb.asm.Type;

/**
 * A method that generated code calls. Those of operations have the name of the constant: {@code
 * NOT_EQUAL} is {@code notEqual}; of one operand it is {@code sqrtOf}, for Aparapi's own are called
 * {@code sqrt}.
 */
final class KernelFunction implements Emission {
  static final KernelFunction SMALL_POWER = new KernelFunction("smallPower", floats(2));
  static final KernelFunction LOST = new KernelFunction("lost", floats(3));
  static final KernelFunction TOTAL = new KernelFunction("total", floats(2));
  static final KernelFunction WITHIN =
      new KernelFunction("within", int.class, int.class, float.class, float.class);
  static final KernelFunction FROM = new KernelFunction("from", int.class, int.class, int.class);
  static final KernelFunction MIN = new KernelFunction("min", int.class, int.class);
  static final KernelFunction GET_GROUP_ID = new KernelFunction("getGroupId");
  static final KernelFunction GET_LOCAL_SIZE = new KernelFunction("getLocalSize");
  static final KernelFunction GET_LOCAL_ID = new KernelFunction("getLocalId");
  static final KernelFunction GET_PASS_ID = new KernelFunction("getPassId");
  static final KernelFunction REQUIRE_DEVICE = new KernelFunction("requireDevice");

  private final Method method;

  private KernelFunction(String name, Class<?>... parameters) {
    this.method = find(name, parameters);
  }

  static KernelFunction of(Unary op) {
    return new KernelFunction(camelCase(op) + "Of", floats(1));
  }

  static KernelFunction of(Binary op) {
    return new KernelFunction(camelCase(op), floats(2));
  }

  static KernelFunction of(Where op) {
    return new KernelFunction(camelCase(op), floats(3));
  }

  private static Class<?>[] floats(int count) {
    Class<?>[] types = new Class<?>[count];
    Arrays.fill(types, float.class);
    return types;
  }

  private static String camelCase(Enum<?> constant) {
    StringBuilder name = new StringBuilder();
    for (String word : constant.name().toLowerCase(Locale.ROOT).split("_")) {
      name.append(name.length() == 0 ? word.charAt(0) : Character.toUpperCase(word.charAt(0)));
      name.append(word, 1, word.length());
    }
    return name.toString();
  }

  /** Looks among our own methods first, then among Aparapi's. */
  private static Method find(String name, Class<?>... parameters) {
    for (Class<?> owner : List.of(FusedKernel.class, KernelFunctions.class, Kernel.class)) {
      for (Method method : owner.getDeclaredMethods()) {
        if (method.getName().equals(name)
            && Arrays.equals(method.getParameterTypes(), parameters)) {
          return method;
        }
      }
    }
    throw new IllegalStateException(
        "opencl: kernels have no method " + name + Arrays.toString(parameters));
  }

  /** Returns the name of the method. */
  String method() {
    return method.getName();
  }

  /** Returns what the method takes and returns, as class files say it. */
  String descriptor() {
    return Type.getMethodDescriptor(method);
  }

  /** Returns the types of the method's arguments. */
  Class<?>[] parameters() {
    return method.getParameterTypes();
  }

  @Override
  public void begin(MethodCode code) {
    code.self();
  }

  @Override
  public void end(MethodCode code) {
    code.call(this);
  }
}
