package io.lossmith.opencl.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.engine.Sample;
import io.lossmith.core.engine.Samples;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.plan.Plan;
import io.lossmith.core.plan.PlanLimits;
import io.lossmith.core.plan.Planner;
import io.lossmith.opencl.nest.Lowering;
import io.lossmith.opencl.nest.Target;
import io.lossmith.opencl.schedule.Placement;
import io.lossmith.opencl.schedule.Schedule;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Kernels know no double, which many devices do not have. */
class NoDoubleTests {
  /** Instructions that make a double of something else. */
  private static final Set<Integer> MAKING =
      Set.of(
          Opcodes.DCONST_0,
          Opcodes.DCONST_1,
          Opcodes.DALOAD,
          Opcodes.I2D,
          Opcodes.L2D,
          Opcodes.F2D);

  @Test
  void noKernelOfTheContractUsesADouble() {
    for (Sample sample : Samples.all()) {
      Graph graph = sample.graph();
      Plan plan = Planner.plan(graph, PlanLimits.ofTiles());
      Lowering lowering = new Lowering(graph, new Target(2, false, true, KernelWriter::fits));
      Schedule schedule = Schedule.of(plan, lowering);
      Placement placement = Placement.of(plan, schedule, lowering);
      for (List<Schedule.Launch> launches : schedule.kernels()) {
        byte[] type = KernelWriter.write("Kernel", launches, placement);
        assertThat(doubles(new ClassReader(type))).as(sample.name()).isEmpty();
      }
    }
  }

  @Test
  void norDoTheFunctionsThatKernelsAreMadeOf() throws IOException {
    for (Class<?> type : new Class<?>[] {FusedKernel.class, KernelFunctions.class}) {
      String file = type.getSimpleName() + ".class";
      try (InputStream bytes = type.getResourceAsStream(file)) {
        assertThat(doubles(new ClassReader(bytes))).as(file).isEmpty();
      }
    }
  }

  @Test
  void aDoubleIsFound() throws IOException {
    String file = "NoDoubleTests$Double.class";
    try (InputStream bytes = NoDoubleTests.class.getResourceAsStream(file)) {
      assertThat(doubles(new ClassReader(bytes)))
          .contains("opcode " + Opcodes.F2D, "constant 2.5", "java/lang/Math.exp(D)D");
    }
  }

  static final class Double {
    float half(float x) {
      return (float) Math.exp(x * 2.5);
    }
  }

  /** Returns what of a class is a double or makes one. */
  private static Set<String> doubles(ClassReader type) {
    Set<String> found = new TreeSet<>();
    type.accept(new Finder(found), ClassReader.SKIP_DEBUG);
    return found;
  }

  private static final class Finder extends ClassVisitor {
    private final Set<String> found;

    Finder(Set<String> found) {
      super(Opcodes.ASM9);
      this.found = found;
    }

    private void look(String what, String descriptor) {
      if (descriptor.replaceAll("L[^;]*;", "").contains("D")) {
        found.add(what + descriptor);
      }
    }

    @Override
    public FieldVisitor visitField(
        int access, String name, String descriptor, String signature, Object value) {
      look(name + " ", descriptor);
      return null;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      look(name, descriptor);
      return new MethodVisitor(Opcodes.ASM9) {
        @Override
        public void visitInsn(int opcode) {
          if (MAKING.contains(opcode)) {
            found.add("opcode " + opcode);
          }
        }

        @Override
        public void visitLdcInsn(Object value) {
          if (value instanceof java.lang.Double) {
            found.add("constant " + value);
          }
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
          look(owner + "." + name + " ", descriptor);
        }

        @Override
        public void visitMethodInsn(
            int opcode, String owner, String name, String descriptor, boolean isInterface) {
          look(owner + "." + name, descriptor);
        }
      };
    }
  }
}
