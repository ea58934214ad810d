package io.lossmith.opencl.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Fold;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.Where;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** No operation is missing: the numbers that each gives are a matter of the contract. */
class KernelOperationsTests {
  @TestFactory
  Stream<DynamicTest> everyOperationHasItsInstructionOrMethod() {
    return Stream.of(
            Arrays.stream(Unary.values()).map(op -> test(op.label(), KernelOperations.of(op), 1)),
            Arrays.stream(Binary.values()).map(op -> test(op.label(), KernelOperations.of(op), 2)),
            Arrays.stream(Where.values()).map(op -> test(op.label(), KernelOperations.of(op), 3)),
            Arrays.stream(Fold.values()).map(op -> test(op.label(), KernelOperations.of(op), 2)))
        .flatMap(tests -> tests);
  }

  private static DynamicTest test(String label, Emission emission, int operands) {
    return DynamicTest.dynamicTest(label, () -> require(emission, operands));
  }

  private static void require(Emission emission, int operands) {
    if (emission instanceof KernelMethod method) {
      assertThat(method.parameters()).hasSize(operands).containsOnly(float.class);
      assertThat(method.descriptor()).endsWith(")F");
    } else {
      assertThat(operands).isEqualTo(2);
    }
  }

  @Test
  void operationsAreMethodsOfAKernel() {
    assertThat(KernelMethod.of(Binary.NOT_EQUAL).methodName()).isEqualTo("notEqual");
    assertThat(KernelMethod.of(Unary.LOG1P).methodName()).isEqualTo("log1pOf");
    assertThat(KernelMethod.WITHIN.descriptor()).isEqualTo("(IIFF)F");
    assertThat(KernelMethod.MIN.descriptor()).isEqualTo("(II)I");
    assertThat(KernelMethod.GET_GROUP_ID.descriptor()).isEqualTo("()I");
  }
}
