package io.lossmith.core.engine.cpu.simd;

import io.lossmith.core.engine.cpu.kernel.PassCode;
import io.lossmith.core.engine.cpu.kernel.PassLoop;
import io.lossmith.core.engine.cpu.kernel.Passes;
import org.jspecify.annotations.Nullable;

/** Makes the loops of whole passes, a vector a step; their sums lie in scratch memory. */
enum SimdPasses implements Passes {
  ALL;

  @Override
  public @Nullable PassLoop loop(PassCode code) {
    return PassWriter.write(code);
  }

  @Override
  public int scratch(PassCode code) {
    return PassFolds.scratch(code);
  }

  @Override
  public int mostScratch() {
    return PassSize.MOST_FOLDS * PassSums.SIZE;
  }
}
