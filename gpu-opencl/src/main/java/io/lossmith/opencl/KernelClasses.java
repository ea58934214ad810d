package io.lossmith.opencl;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The generated classes, by what is in them and the device they are for: Aparapi keeps every class
 * that it has seen, with its OpenCL source, so programs that are alike share one.
 */
final class KernelClasses {
  /** Names that differ only in this many bits are not met by chance. */
  private static final int DIGEST_BYTES = 16;

  private static final int KEPT = 256;

  private static final Map<String, Class<? extends FusedKernel>> CLASSES =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(
            Map.Entry<String, Class<? extends FusedKernel>> eldest) {
          return size() > KEPT;
        }
      };

  private KernelClasses() {}

  /** Returns the class of a kernel. */
  static Class<? extends FusedKernel> of(Schedule schedule, Placement placement, Device device) {
    String base = KernelClasses.class.getPackageName() + ".Kernel";
    byte[] plain = KernelWriter.write(base, schedule, placement);
    String name = base + "_" + digest(plain) + "_" + device.index();
    synchronized (CLASSES) {
      return CLASSES.computeIfAbsent(
          name, n -> KernelLoader.load(n, KernelWriter.write(n, schedule, placement)));
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
}
