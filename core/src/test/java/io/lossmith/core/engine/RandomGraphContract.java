package io.lossmith.core.engine;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random graphs on an engine, judged by the reference. Extend it and name the engine. */
public abstract class RandomGraphContract {
  /** Returns the engine under test. */
  protected abstract Engine engine();

  @Provide
  Arbitrary<RandomGraph> graphs() {
    return RandomGraph.arbitrary();
  }

  @Property(tries = 500)
  void anyGraphIsAsTheReferenceComputesIt(@ForAll("graphs") RandomGraph random) {
    Sample sample = new Sample(random.toString(), random.graph(), random.inputs(), 1e-3);
    sample.require(sample.run(engine()));
  }
}
