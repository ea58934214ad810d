package io.lossmith.opencl;

import io.lossmith.core.engine.EngineException;
import io.lossmith.core.plan.Plan;
import io.lossmith.opencl.device.BuildLog;
import io.lossmith.opencl.device.Device;
import io.lossmith.opencl.device.Driver;
import io.lossmith.opencl.kernel.FusedKernel;
import io.lossmith.opencl.nest.Lowering;
import io.lossmith.opencl.nest.Nest;
import io.lossmith.opencl.schedule.KernelCuts;
import io.lossmith.opencl.schedule.Placement;
import io.lossmith.opencl.schedule.Schedule;
import io.lossmith.opencl.schedule.Schedule.Launch;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The kernels of a program as their driver has built them, with their arrays. */
final class Executable {
  /** A kernel of more nests takes drivers longer to compile than two of half as many. */
  private static final int MOST_NESTS = 32;

  /**
   * PoCL takes the choice of the pass out of its loop over items up to so many passes, the last of
   * which is chosen by an else. With one more it makes no vector code of any.
   */
  private static final int MOST_PASSES = 7;

  private final Device device;
  private final Schedule schedule;
  private final Placement placement;
  private final List<DeviceKernel> kernels = new ArrayList<>();
  private final List<Class<? extends FusedKernel>> types = new ArrayList<>();
  private final Map<Launch, Integer> first = new IdentityHashMap<>();
  private final ProgramArrays arrays;

  private Executable(Plan plan, Lowering lowering, Schedule schedule, Device device)
      throws Driver.BuildFailure {
    this.device = device;
    this.schedule = schedule;
    this.placement = Placement.of(plan, schedule, lowering);
    DeviceLimits.requireFits(device, placement, schedule);
    try {
      for (List<Launch> launches : schedule.kernels()) {
        add(launches);
      }
    } catch (Driver.BuildFailure | RuntimeException | Error e) {
      close();
      throw e;
    }
    this.arrays = new ProgramArrays(plan, lowering, schedule, placement, kernels, device);
  }

  private void add(List<Launch> launches) throws Driver.BuildFailure {
    int number = kernels.size();
    int passes = 0;
    for (Launch launch : launches) {
      first.put(launch, passes);
      passes += launch.passes().size();
    }
    types.add(KernelClasses.acquire(launches, placement, device));
    kernels.add(new DeviceKernel(types.get(number), device, placement.arrays(number)));
  }

  /**
   * Builds a program's kernels. Where the driver does not take them, it is asked for smaller ones,
   * which have less for it to compile and to keep in registers.
   *
   * @throws EngineException if the device is too small, or the driver builds no kernel however
   *     small
   */
  static Executable of(Plan plan, Lowering lowering, Device device) {
    Schedule whole = Schedule.of(plan, lowering);
    int mostPasses = device.isHinderedByLoops() ? MOST_PASSES : MOST_NESTS;
    for (int most = MOST_NESTS; ; most = Math.max(1, most / 4)) {
      Schedule cut = KernelCuts.of(whole, most, mostPasses, !device.sharesMemory());
      try {
        return new Executable(plan, lowering, cut, device);
      } catch (Driver.BuildFailure e) {
        if (most == 1) {
          throw failure(device, e);
        }
      }
    }
  }

  private static EngineException failure(Device device, Driver.BuildFailure cause) {
    return new EngineException(
        "opencl: "
            + device
            + " ("
            + device.driver()
            + ") does not build the kernel: "
            + cause.getMessage()
            + "; "
            + BuildLog.tell(device, cause)
            + "; use the engine cpu",
        cause);
  }

  Schedule schedule() {
    return schedule;
  }

  Placement placement() {
    return placement;
  }

  ProgramArrays arrays() {
    return arrays;
  }

  /** Returns how many items a work-group of a kernel has. */
  int group(int kernel) {
    return kernels.get(kernel).group();
  }

  /** Runs a launch, and fetches what others read of its results. */
  void run(Launch launch) {
    int items = Math.toIntExact(launch.groups()) * Nest.LANES;
    int passes = launch.passes().size();
    kernels.get(launch.kernel()).launch(first.get(launch), passes, items);
    arrays.fetch(launch);
  }

  void close() {
    kernels.forEach(DeviceKernel::close);
    types.forEach(KernelClasses::release);
  }
}
