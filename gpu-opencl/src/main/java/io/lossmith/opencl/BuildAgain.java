package io.lossmith.opencl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Builds the OpenCL source on standard input for a device, whatever it prints. */
final class BuildAgain {
  /** Says that the driver lived to tell what it had to. */
  static final String BUILT = "lossmith: built";

  private BuildAgain() {}

  /**
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
    System.out.println(BUILT);
  }
}
