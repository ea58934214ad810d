package io.lossmith.app.workers;

import io.lossmith.core.collective.Collective;
import io.lossmith.core.collective.LocalCollective;
import java.time.Duration;

/** The one worker of a training without others; it exchanges nothing and is never closed. */
public final class Alone {
  /** Who is called that. */
  public static final Collective WORKER = LocalCollective.of(1, Duration.ofSeconds(1)).get(0);

  private Alone() {}
}
