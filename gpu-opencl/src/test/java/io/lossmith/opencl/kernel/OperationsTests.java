package io.lossmith.opencl.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.Where;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** No operation is missing: the numbers that each gives are a matter of the contract. */
class OperationsTests {
  @TestFactory
  Stream<DynamicTest> everyOperationHasItsInstructionOrMethod() {
    return Stream.of(
            Arrays.stream(Unary.values()).map(op -> test(op.label(), Operations.of(op), 1)),
            Arrays.stream(Binary.values()).map(op -> test(op.label(), Operations.of(op), 2)),
            Arrays.stream(Where.values()).map(op -> test(op.label(), Operations.of(op), 3)),
            Arrays.stream(Fold.values()).map(op -> test(op.label(), Operations.of(op), 2)))
        .flatMap(tests -> tests);
  }

  private static DynamicTest test(String label, Operations.Way way, int operands) {
    return DynamicTest.dynamicTest(label, () -> require(way, operands));
  }

  private static void require(Operations.Way way, int operands) throws NoSuchMethodException {
    if (way.isMethod()) {
      Class<?>[] floats = new Class<?>[operands];
      Arrays.fill(floats, float.class);
      assertThat(method(way.method(), floats).getReturnType()).isEqualTo(float.class);
    } else {
      assertThat(operands).isEqualTo(2);
    }
  }

  private static Method method(String name, Class<?>... types) throws NoSuchMethodException {
    for (Class<?> type : new Class<?>[] {FusedKernel.class, KernelFunctions.class}) {
      for (Method method : type.getDeclaredMethods()) {
        if (method.getName().equals(name) && Arrays.equals(method.getParameterTypes(), types)) {
          return method;
        }
      }
    }
    throw new NoSuchMethodException(name);
  }
}
