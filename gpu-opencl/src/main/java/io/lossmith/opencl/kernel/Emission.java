package io.lossmith.opencl.kernel;

/** How an operation is written: an instruction of the JVM, or a call of a method of the kernel. */
sealed interface Emission permits JvmInstruction, KernelMethod {
  /** Writes what must come before the operands. */
  void begin(MethodCode code);

  /** Writes the operation, with its operands on the stack. */
  void end(MethodCode code);
}
