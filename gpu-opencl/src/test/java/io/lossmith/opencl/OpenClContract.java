package io.lossmith.opencl;

import io.lossmith.core.engine.EngineContract;
import io.lossmith.core.engine.OpenClCases;
import io.lossmith.core.engine.Sample;

/** The contract for drivers that compile for a second or two, or only simulate a device. */
abstract class OpenClContract extends EngineContract {
  @Override
  protected int together() {
    return 25;
  }

  @Override
  protected boolean isAsked(Sample sample) {
    return OpenClCases.asked().takes(sample);
  }
}
