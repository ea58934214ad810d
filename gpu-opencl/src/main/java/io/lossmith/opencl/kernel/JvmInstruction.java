package io.lossmith.opencl.kernel;

/**
 * An instruction of the JVM that takes two floats from the stack.
 *
 * @param opcode as {@link org.objectweb.asm.Opcodes} has it
 */
record JvmInstruction(int opcode) implements Emission {
  @Override
  public void begin(MethodCode code) {
    // Its operands are all that it needs.
  }

  @Override
  public void end(MethodCode code) {
    code.instruction(opcode);
  }
}
