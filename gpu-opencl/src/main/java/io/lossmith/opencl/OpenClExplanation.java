package io.lossmith.opencl;

import io.lossmith.core.graph.Graph;
import io.lossmith.core.plan.ExchangePrinter;
import io.lossmith.core.plan.LoopPrinter;
import io.lossmith.core.plan.Step;
import io.lossmith.opencl.device.Device;
import io.lossmith.opencl.nest.Lowering;
import io.lossmith.opencl.nest.Nest;
import io.lossmith.opencl.schedule.Placement;
import io.lossmith.opencl.schedule.Placement.Transfer;
import io.lossmith.opencl.schedule.Schedule;
import io.lossmith.opencl.schedule.Schedule.HostStep;
import io.lossmith.opencl.schedule.Schedule.Launch;
import io.lossmith.opencl.schedule.Schedule.Part;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Describes a program in words: what runs where, in which pass, and what is transferred. */
record OpenClExplanation(Graph graph, Device device, Executable executable, Lowering lowering) {
  String text() {
    StringBuilder text = new StringBuilder(head()).append(ExchangePrinter.of(hostSteps()));
    int pass = 1;
    for (Part part : executable.schedule().parts()) {
      if (part instanceof HostStep host) {
        text.append("on the processor, because it is neither elementwise nor a fold: ");
        text.append(host.step().op().label()).append(' ').append(host.step().shapes());
        text.append(ExchangePrinter.of(host.step()));
        text.append(" to ").append(host.step().result()).append('\n');
      } else {
        launch(text, (Launch) part, pass);
        pass += ((Launch) part).passes().size();
      }
    }
    return text.toString();
  }

  private List<Step> hostSteps() {
    return executable.schedule().parts().stream()
        .filter(HostStep.class::isInstance)
        .<Step>map(part -> ((HostStep) part).step())
        .toList();
  }

  private String head() {
    Schedule schedule = executable.schedule();
    int kernels = schedule.kernels().size();
    return String.format(
        Locale.ROOT,
        "%d operations on %s (%s): %d passes of %s in %s; %s up, %s down in a run%s%s,"
            + " %s of scratch%n",
        graph.nodes().size(),
        device,
        device.driver(),
        schedule.passes(),
        kernels == 1 ? "one kernel" : kernels + " kernels",
        schedule.launches().size() == 1 ? "1 launch" : schedule.launches().size() + " launches",
        LoopPrinter.bytes(travelling(false)),
        LoopPrinter.bytes(bytes(array -> array.transfer() == Transfer.DOWN)),
        once(travelling(true)),
        device.sharesMemory() ? " (none of it copied: the device computes in our arrays)" : "",
        LoopPrinter.bytes(bytes(array -> array.transfer() == Transfer.SCRATCH)));
  }

  /**
   * Returns how many bytes go to the device, once or in each run. What one kernel leaves for others
   * goes to those.
   */
  private long travelling(boolean isKept) {
    long bytes = 0;
    for (Placement.Array array : executable.placement().arrays()) {
      int kernels = array.kernels().size();
      boolean isUp = array.transfer() == Transfer.UP && array.isKept() == isKept;
      boolean isHandedOn = array.transfer() == Transfer.DOWN && !isKept;
      bytes += array.bytes() * (isUp ? kernels : isHandedOn ? kernels - 1 : 0);
    }
    return bytes;
  }

  private static String once(long bytes) {
    return bytes == 0 ? "" : ", " + LoopPrinter.bytes(bytes) + " up once";
  }

  private long bytes(Predicate<Placement.Array> which) {
    return executable.placement().arrays().stream()
        .filter(which)
        .mapToLong(Placement.Array::bytes)
        .sum();
  }

  private void launch(StringBuilder text, Launch launch, int first) {
    text.append("on the device, passes ").append(first).append(" to ");
    text.append(first + launch.passes().size() - 1).append(", ");
    text.append(launch.groups() * Nest.LANES).append(" items in work-groups of ");
    text.append(executable.group(launch.kernel())).append('\n');
    Set<Step> told = Collections.newSetFromMap(new IdentityHashMap<>());
    int pass = first;
    for (List<Nest> nests : launch.passes()) {
      for (Nest nest : nests) {
        Step step = lowering.step(nest);
        if (told.add(step)) {
          step(text, step, pass);
        }
      }
      pass++;
    }
  }

  private static void step(StringBuilder text, Step step, int pass) {
    text.append("  from pass ").append(pass).append(": ");
    if (step instanceof Step.Loop loop) {
      String places =
          Arrays.stream(loop.sizes())
              .mapToObj(Integer::toString)
              .collect(Collectors.joining(" x "));
      text.append(places).append(" places\n").append(LoopPrinter.of(loop));
    } else {
      text.append("clear ").append(step.writes()).append('\n');
    }
  }
}
