/** Operations, graphs, plans, and the engines that run them on the CPU. */
@org.jspecify.annotations.NullMarked
module io.lossmith.core {
  requires static jdk.incubator.vector;
  requires static jdk.management;
  requires static org.jspecify;
  requires org.objectweb.asm;

  exports io.lossmith.core;
  exports io.lossmith.core.collective;
  exports io.lossmith.core.engine;
  exports io.lossmith.core.engine.reference;
  exports io.lossmith.core.graph;
  exports io.lossmith.core.op;
  exports io.lossmith.core.plan;
  exports io.lossmith.core.shard;

  uses io.lossmith.core.engine.Engine;

  provides io.lossmith.core.engine.Engine with
      io.lossmith.core.engine.cpu.CpuEngine,
      io.lossmith.core.engine.reference.ReferenceEngine;
}
