package io.lossmith.opencl.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.aparapi.internal.exception.AparapiException;
import com.aparapi.internal.model.ClassModel;
import com.aparapi.internal.writer.KernelWriter;
import io.lossmith.core.engine.Sample;
import io.lossmith.core.engine.Samples;
import io.lossmith.core.graph.Graph;
import io.lossmith.core.plan.Plan;
import io.lossmith.core.plan.PlanLimits;
import io.lossmith.core.plan.Planner;
import io.lossmith.opencl.device.Aparapi;
import io.lossmith.opencl.device.AparapiMemory;
import io.lossmith.opencl.nest.Lowering;
import io.lossmith.opencl.nest.Target;
import io.lossmith.opencl.schedule.Placement;
import io.lossmith.opencl.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What kernels ask of a device, read in their OpenCL: nothing that a small one lacks. */
class SourceTests {
  private static final int SPREAD = 5;

  /** Bounded or missing on some devices, or what ties the items of a work-group together. */
  private static final String[] LIMITED = {
    "double", "half", "__constant", "__local", "barrier", "atomic", "#pragma"
  };

  @Test
  void itUsesGlobalMemoryAndNothingElseThatIsBounded()
      throws AparapiException, ReflectiveOperationException {
    for (int i = 0; i < Samples.all().size(); i += SPREAD) {
      Sample sample = Samples.all().get(i);
      for (String source : sources(sample.graph())) {
        assertThat(source).as(sample.name()).contains("__global float *").doesNotContain(LIMITED);
      }
    }
  }

  private int number;

  private List<String> sources(Graph graph) throws AparapiException, ReflectiveOperationException {
    Aparapi.prepare();
    Plan plan = Planner.plan(graph, PlanLimits.ofRegisters());
    Target target = new Target(2, false, true, io.lossmith.opencl.kernel.KernelWriter::fits);
    Lowering lowering = new Lowering(graph, target);
    Schedule schedule = Schedule.of(plan, lowering);
    Placement placement = Placement.of(plan, schedule, lowering);
    List<String> sources = new ArrayList<>();
    for (List<Schedule.Launch> launches : schedule.kernels()) {
      String name = FusedKernel.class.getPackageName() + ".Source" + number++;
      byte[] bytes = io.lossmith.opencl.kernel.KernelWriter.write(name, launches, placement);
      Class<? extends FusedKernel> type = KernelLoader.load(name, bytes);
      FusedKernel kernel = type.getDeclaredConstructor().newInstance();
      ClassModel model = ClassModel.createClassModel(type);
      sources.add(KernelWriter.writeToString(model.getEntrypoint("run", kernel)));
      AparapiMemory.forgetParsed();
    }
    return sources;
  }
}
