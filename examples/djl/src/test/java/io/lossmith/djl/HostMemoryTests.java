package io.lossmith.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Arrays on a device that is not there: a stand-in says that it is on one. */
class HostMemoryTests {
  private static final Logger LOGGER = Logger.getLogger(LossmithLoss.class.getName());

  private final NDManager manager = NDManager.newBaseManager();
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
    manager.close();
  }

  @Test
  void copiesFromAnotherDeviceAreSaidOnce() {
    HostMemory memory = new HostMemory();
    NDArray here = manager.create(new float[] {1, 2, 3});
    assertThat(memory.read(here).isDirect()).isTrue();
    assertThat(said).isEmpty();
    for (int batch = 0; batch < 3; batch++) {
      assertThat(memory.read(onGpu(here)).get(2)).isEqualTo(3);
    }
    assertThat(said)
        .containsExactly(
            "WARNING LossmithLoss: predictions are on gpu(0); each batch is copied to the"
                + " processor, where the loss is computed, and its gradient back");
  }

  private static NDArray onGpu(NDArray array) {
    return (NDArray)
        Proxy.newProxyInstance(
            HostMemoryTests.class.getClassLoader(),
            new Class<?>[] {NDArray.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getDevice")) {
                return Device.gpu();
              }
              try {
                return method.invoke(array, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
