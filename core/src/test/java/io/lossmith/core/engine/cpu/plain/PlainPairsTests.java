package io.lossmith.core.engine.cpu.plain;

import io.lossmith.core.engine.cpu.kernel.PairLoops;
import io.lossmith.core.engine.cpu.kernel.PairsContract;

class PlainPairsTests extends PairsContract {
  @Override
  protected PairLoops pairs() {
    return new PlainPairLoops();
  }
}
