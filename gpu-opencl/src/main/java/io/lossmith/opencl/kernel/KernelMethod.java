package io.lossmith.opencl.kernel;

import com.aparapi.Kernel;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.Where;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.objectweb.asm.Type;

/**
 * A method that generated code calls. Those of operations have the name of the constant: {@code
 * NOT_EQUAL} is {@code notEqual}; of one operand it is {@code sqrtOf}, for Aparapi's own are called
 * {@code sqrt}. One that kernels do not have is an error when it is looked up.
 */
final class KernelMethod implements Emission {
  static final KernelMethod SMALL_POWER = new KernelMethod("smallPower", floats(2));
  static final KernelMethod LOST = new KernelMethod("lost", floats(3));
  static final KernelMethod TOTAL = new KernelMethod("total", floats(2));
  static final KernelMethod WITHIN =
      new KernelMethod("within", int.class, int.class, float.class, float.class);
  static final KernelMethod FROM = new KernelMethod("from", int.class, int.class, int.class);
  static final KernelMethod MIN = new KernelMethod("min", int.class, int.class);
  static final KernelMethod GET_GROUP_ID = new KernelMethod("getGroupId");
  static final KernelMethod GET_LOCAL_SIZE = new KernelMethod("getLocalSize");
  static final KernelMethod GET_LOCAL_ID = new KernelMethod("getLocalId");
  static final KernelMethod GET_PASS_ID = new KernelMethod("getPassId");
  static final KernelMethod REQUIRE_DEVICE = new KernelMethod("requireDevice");

  /** Those of operations, each looked up once. */
  private static final Map<Enum<?>, KernelMethod> OF_OPERATIONS = new ConcurrentHashMap<>();

  private final Method method;

  private KernelMethod(String name, Class<?>... parameters) {
    this.method = find(name, parameters);
  }

  static KernelMethod of(Unary op) {
    return of(op, "Of", 1);
  }

  static KernelMethod of(Binary op) {
    return of(op, "", 2);
  }

  static KernelMethod of(Where op) {
    return of(op, "", 3);
  }

  private static KernelMethod of(Enum<?> op, String ending, int operands) {
    return OF_OPERATIONS.computeIfAbsent(
        op, o -> new KernelMethod(camelCase(o) + ending, floats(operands)));
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
    String types = Arrays.stream(parameters).map(Class::getName).collect(Collectors.joining(", "));
    throw new IllegalStateException("opencl: kernels have no method " + name + "(" + types + ")");
  }

  /** Returns the name of the method. */
  String methodName() {
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
