package io.lossmith.core.engine.cpu.simd;

import io.lossmith.core.engine.cpu.kernel.PairLoops;
import io.lossmith.core.engine.cpu.kernel.PairsContract;

class SimdPairsTests extends PairsContract {
  @Override
  protected PairLoops pairs() {
    return new SimdPairLoops();
  }
}
