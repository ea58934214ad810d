package io.lossmith.opencl.kernel;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Loads one generated class, and shows its bytes to Aparapi, which reads them again. */
public final class KernelLoader extends ClassLoader {
  private final String name;
  private final byte[] bytes;

  private KernelLoader(String name, byte[] bytes) {
    super(FusedKernel.class.getClassLoader());
    this.name = name;
    this.bytes = bytes;
  }

  public static Class<? extends FusedKernel> load(String name, byte[] bytes) {
    KernelLoader loader = new KernelLoader(name, bytes);
    return loader.defineClass(name, bytes, 0, bytes.length).asSubclass(FusedKernel.class);
  }

  @Override
  public InputStream getResourceAsStream(String resource) {
    return resource.equals(name.replace('.', '/') + ".class")
        ? new ByteArrayInputStream(bytes)
        : super.getResourceAsStream(resource);
  }
}
