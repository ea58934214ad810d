package io.lossmith.core.engine.cpu.simd;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.GETSTATIC;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;
import static org.objectweb.asm.Opcodes.ISTORE;

import io.lossmith.core.engine.cpu.kernel.PassClass;
import io.lossmith.core.engine.cpu.kernel.PassLoop;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The method that a pass becomes, while it is written: its variables, and calls of vectors. */
final class PassMethod implements FunctionBodies.Target {
  static final String VECTOR = name(FloatVector.class);
  static final String OF_VECTOR = Type.getDescriptor(FloatVector.class);

  static final String ARRAY = "[F";

  /** No class here, for the module is compiled for a Java without it. */
  static final String SEGMENT = "java/lang/foreign/MemorySegment";

  private static final String IN_ARRAY = "[FI";
  private static final String IN_SEGMENT = "L" + SEGMENT + ";JLjava/nio/ByteOrder;";

  private static final String SPECIES = Type.getDescriptor(VectorSpecies.class);
  private static final String ANY = Type.getDescriptor(Vector.class);
  private static final String MASK = Type.getDescriptor(VectorMask.class);

  private static final String COMPARISON = Type.getDescriptor(VectorOperators.Comparison.class);

  private final MethodVisitor code;
  private final List<Object> kept = new ArrayList<>();
  private final Map<Float, Integer> constants = new LinkedHashMap<>();
  private boolean isInLoop;
  private int next;
  private int body;

  /**
   * @param given types of this and of the parameters
   */
  PassMethod(MethodVisitor code, List<Object> given) {
    this.code = code;
    kept.addAll(given);
    next = given.size();
  }

  static String name(Class<?> of) {
    return Type.getInternalName(of);
  }

  @Override
  public MethodVisitor code() {
    return code;
  }

  @Override
  public int variable(int ofBody) {
    return body + ofBody;
  }

  /** Stores what lies on top in a variable from before the loop. */
  int keep(int opcode, Object type) {
    code.visitVarInsn(opcode, next);
    kept.add(type);
    return next++;
  }

  /** Stores one of the arrays or segments that the loop is handed. */
  int array(int index, String type) {
    code.visitVarInsn(ALOAD, PassClass.ARRAYS);
    code.visitLdcInsn(PassLoop.FIRST + index);
    code.visitInsn(Opcodes.AALOAD);
    code.visitTypeInsn(Opcodes.CHECKCAST, type);
    return keep(ASTORE, type);
  }

  /** Stores where the stretch begins in it. */
  int offset(int index) {
    code.visitVarInsn(ALOAD, PassClass.OFFSETS);
    code.visitLdcInsn(PassLoop.FIRST + index);
    code.visitInsn(Opcodes.IALOAD);
    return keep(ISTORE, Opcodes.INTEGER);
  }

  /** Stores the vector on top for as long as a step of the loop takes. */
  int store() {
    code.visitVarInsn(ASTORE, next);
    return next++;
  }

  /** Begins the loop. */
  void loop() {
    code.visitFrame(Opcodes.F_FULL, kept.size(), kept.toArray(), 0, null);
    isInLoop = true;
  }

  /** Returns the numbers of which vectors were asked for. */
  List<Float> constants() {
    return List.copyOf(constants.keySet());
  }

  @Override
  public void constant(float number) {
    code.visitVarInsn(ALOAD, constantAt(number));
  }

  /** Returns where a vector of one number lies: made before the loop, once. */
  int constantAt(float number) {
    Integer known = constants.get(number);
    if (known != null) {
      return known;
    }
    int at;
    if (isInLoop) {
      at = next++; // in a draft, which only tells what must be there
    } else {
      vector(number);
      at = keep(ASTORE, VECTOR);
    }
    constants.put(number, at);
    return at;
  }

  /** Makes a vector of one number. */
  void vector(float number) {
    species();
    code.visitLdcInsn(number);
    broadcast();
  }

  void species() {
    code.visitFieldInsn(GETSTATIC, name(Lanes.class), "SPECIES", SPECIES);
  }

  void broadcast() {
    code.visitMethodInsn(
        INVOKESTATIC, VECTOR, "broadcast", "(" + SPECIES + "F)" + OF_VECTOR, false);
  }

  /** Loads a vector: species, array or segment, and the place in it lie on top. */
  void from(boolean isSegment) {
    if (isSegment) {
      order();
    }
    String way = "(" + SPECIES + (isSegment ? IN_SEGMENT : IN_ARRAY) + ")" + OF_VECTOR;
    code.visitMethodInsn(
        INVOKESTATIC, VECTOR, isSegment ? "fromMemorySegment" : "fromArray", way, false);
  }

  /** Stores a vector: array or segment, and the place in it lie above it. */
  void into(boolean isSegment) {
    if (isSegment) {
      order();
    }
    String way = "(" + (isSegment ? IN_SEGMENT : IN_ARRAY) + ")V";
    code.visitMethodInsn(
        INVOKEVIRTUAL, VECTOR, isSegment ? "intoMemorySegment" : "intoArray", way, false);
  }

  private void order() {
    String order = name(ByteOrder.class);
    code.visitMethodInsn(INVOKESTATIC, order, "nativeOrder", "()L" + order + ";", false);
  }

  /** Calls a method of the vector below others that lie on top. */
  void ofVectors(String method, int others) {
    String way = "(" + ANY.repeat(others) + ")" + OF_VECTOR;
    code.visitMethodInsn(INVOKEVIRTUAL, VECTOR, method, way, false);
  }

  /** Chooses by the mask on top between the two below it. */
  void blend() {
    String way = "(" + ANY + MASK + ")" + OF_VECTOR;
    code.visitMethodInsn(INVOKEVIRTUAL, VECTOR, "blend", way, false);
  }

  /** Makes a mask of two vectors. */
  void compare(String operator) {
    code.visitFieldInsn(GETSTATIC, name(VectorOperators.class), operator, COMPARISON);
    code.visitInsn(Opcodes.SWAP);
    String way = "(" + COMPARISON + ANY + ")" + MASK;
    code.visitMethodInsn(INVOKEVIRTUAL, VECTOR, "compare", way, false);
  }

  /** Writes a function's body, or a call where there is none. */
  @Override
  public void call(String owner, String name, String descriptor) {
    List<Consumer<FunctionBodies.Target>> steps = FunctionBodies.of(owner, name, descriptor);
    if (steps == null) {
      code.visitMethodInsn(INVOKESTATIC, owner, name, descriptor, false);
      return;
    }
    int around = body;
    body = next;
    next += FunctionBodies.MOST_VARIABLES;
    Type[] given = Type.getArgumentTypes(descriptor);
    for (int i = given.length - 1; i >= 0; i--) {
      code.visitVarInsn(given[i].getOpcode(ISTORE), body + i);
    }
    steps.forEach(step -> step.accept(this));
    body = around;
  }
}
