package io.lossmith.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.FloatBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/** Where losses read and write the numbers of DJL's arrays. */
final class HostMemory {
  private static final Logger LOG = System.getLogger(LossmithLoss.class.getName());

  private final AtomicBoolean said = new AtomicBoolean();

  /** Returns what to read the numbers of an array through, as FLOAT32 and row-major. */
  FloatBuffer read(NDArray array) {
    return buffer(here(array).toType(DataType.FLOAT32, false));
  }

  /** Returns the numbers of an array of FLOAT32 in the processor's memory, to read or write. */
  static FloatBuffer buffer(NDArray floats) {
    return floats.toByteBuffer(true).asFloatBuffer();
  }

  private NDArray here(NDArray array) {
    Device device = array.getDevice();
    if (device.equals(Device.cpu())) {
      return array;
    }
    if (!said.getAndSet(true)) {
      LOG.log(
          Level.WARNING,
          LossmithLoss.WHO
              + ": predictions are on "
              + device
              + "; each batch is copied to the processor, where the loss is computed, and its"
              + " gradient back");
    }
    return array.toDevice(Device.cpu(), false);
  }
}
