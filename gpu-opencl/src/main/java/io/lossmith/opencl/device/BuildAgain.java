package io.lossmith.opencl.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Builds the OpenCL source on standard input for a device, in a JVM of its own, whose output {@link
 * BuildLog} reads; ends with exit code 0 if the driver came to an end, well or not.
 */
final class BuildAgain {
  private BuildAgain() {}

  /**
   * Builds it.
   *
   * @param args the number of the device
   */
  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException {
    String source = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    Device device = Devices.here().all().get(Integer.parseInt(args[0]));
    FutureTask<?> task =
        new FutureTask<>(
            () -> device.handle().getOpenCLPlatform().createProgram(device.handle(), source));
    AparapiDriver.compilerThread(task).start();
    task.get();
  }
}
