package io.lossmith.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4j;

/** A backend that is not there: a stand-in says that it is no processor's. */
class HostCopiesTests {
  private static final Logger LOGGER = Logger.getLogger(LossmithLossFunction.class.getName());

  private final List<String> said = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          said.add(record.getLevel() + " " + record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    LOGGER.addHandler(handler);
    LOGGER.setUseParentHandlers(false);
  }

  @AfterEach
  void close() {
    LOGGER.removeHandler(handler);
    LOGGER.setUseParentHandlers(true);
  }

  @Test
  void copiesFromAGpuAreSaidOnce() {
    HostCopies copies = new HostCopies();
    copies.say(Nd4j.getEnvironment());
    assertThat(said).isEmpty();
    for (int batch = 0; batch < 3; batch++) {
      copies.say(onGpu());
    }
    assertThat(said)
        .containsExactly(
            "WARNING LossmithLossFunction: ND4J's arrays are on a GPU; each batch is copied to the"
                + " processor, where the loss is computed, and its gradient back");
  }

  /** Answers false to {@code isCPU}, and is asked nothing else. */
  private static Environment onGpu() {
    return (Environment)
        Proxy.newProxyInstance(
            HostCopiesTests.class.getClassLoader(),
            new Class<?>[] {Environment.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("isCPU");
              return false;
            });
  }
}
