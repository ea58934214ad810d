package io.lossmith.opencl;

import io.lossmith.opencl.device.AparapiMemory;
import io.lossmith.opencl.device.Device;
import io.lossmith.opencl.kernel.FusedKernel;
import io.lossmith.opencl.kernel.KernelLoader;
import io.lossmith.opencl.kernel.KernelWriter;
import io.lossmith.opencl.schedule.Placement;
import io.lossmith.opencl.schedule.Schedule;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Shares each generated class among the programs of a device that are alike, until the last of them
 * is closed.
 */
final class KernelClasses {
  /** So long that no two kernels have the same name. */
  private static final int DIGEST_BYTES = 16;

  private static final Map<String, Shared> OPEN = new HashMap<>();

  private KernelClasses() {}

  /**
   * Returns the class of a kernel of these launches, which the caller must {@linkplain #release
   * give back}.
   */
  static Class<? extends FusedKernel> acquire(
      List<Schedule.Launch> launches, Placement placement, Device device) {
    String base = FusedKernel.class.getPackageName() + ".Kernel";
    byte[] plain = KernelWriter.write(base, launches, placement);
    String name = base + "_" + digest(plain) + "_" + device.index();
    synchronized (OPEN) {
      Shared shared =
          OPEN.computeIfAbsent(
              name,
              n -> new Shared(KernelLoader.load(n, KernelWriter.write(n, launches, placement))));
      shared.users++;
      return shared.type;
    }
  }

  /** Gives back a class; Aparapi forgets it too when nobody has it any more. */
  static void release(Class<? extends FusedKernel> type) {
    synchronized (OPEN) {
      Shared shared = OPEN.get(type.getName());
      if (shared == null || shared.type != type) {
        throw new IllegalStateException("opencl: " + type + " was given back before");
      }
      if (--shared.users == 0) {
        OPEN.remove(type.getName());
        AparapiMemory.forget(type);
      }
    }
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] whole = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new BigInteger(1, java.util.Arrays.copyOf(whole, DIGEST_BYTES)).toString(36);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("opencl: every Java has SHA-256", e);
    }
  }

  /** A class and how many programs have it. */
  private static final class Shared {
    final Class<? extends FusedKernel> type;
    int users;

    Shared(Class<? extends FusedKernel> type) {
      this.type = type;
    }
  }
}
