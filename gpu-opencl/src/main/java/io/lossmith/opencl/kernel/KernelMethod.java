package io.lossmith.opencl.kernel;

import com.aparapi.Kernel;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.objectweb.asm.Type;

/**
 * The methods that generated code calls, each named like its constant: {@code ARC_TANGENT} is
 * {@code arcTangent}. One that kernels do not have is an error when this class is loaded.
 */
enum KernelMethod implements Emission {
  NEGATE(1),
  ABSOLUTE(1),
  SIGNUM(1),
  RELU(1),
  SQUARE(1),
  ROOT(1),
  RECIPROCAL(1),
  EXPONENTIAL(1),
  LOGARITHM(1),
  LOGARITHM1P(1),
  SIGMOID(1),
  SOFTPLUS(1),
  HYPERBOLIC_TANGENT(1),
  ARC_TANGENT(1),
  ROUND_DOWN(1),
  ROUND_EVEN(1),
  MAXIMUM(2),
  MINIMUM(2),
  POWER(2),
  SMALL_POWER(2),
  EQUAL(2),
  NOT_EQUAL(2),
  LESS(2),
  LESS_EQUAL(2),
  WHERE(3),
  LOST(3),
  TOTAL(2),
  WITHIN(int.class, int.class, float.class, float.class),
  FROM(int.class, int.class, int.class),
  MIN(int.class, int.class),
  GET_GROUP_ID,
  GET_LOCAL_SIZE,
  GET_LOCAL_ID,
  GET_PASS_ID,
  REQUIRE_DEVICE;

  private final Method method;

  /** A method that takes so many floats. */
  KernelMethod(int floats) {
    this(floats(floats));
  }

  KernelMethod(Class<?>... parameters) {
    this.method = find(camelCase(name()), parameters);
  }

  private static Class<?>[] floats(int count) {
    Class<?>[] types = new Class<?>[count];
    Arrays.fill(types, float.class);
    return types;
  }

  private static String camelCase(String constant) {
    StringBuilder name = new StringBuilder();
    for (String word : constant.toLowerCase(Locale.ROOT).split("_")) {
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
