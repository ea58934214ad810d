package io.lossmith.losses.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.losses.Loss;
import io.lossmith.losses.LossDescription;
import io.lossmith.losses.Losses;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Languages that call by reflection, such as Groovy, reach what a loss inherits. */
class ReflectionTests {
  static Stream<LossDescription> descriptions() {
    return Losses.descriptions().stream()
        .filter(loss -> loss.options().stream().noneMatch(o -> o.type().startsWith("{loss")))
        .filter(loss -> !loss.id().equals("sum")); // it needs parts
  }

  @ParameterizedTest
  @MethodSource("descriptions")
  void publicMethodsCanBeCalled(LossDescription described) {
    Loss loss = Losses.byName(described.id(), Map.of());
    for (Method method : loss.getClass().getMethods()) {
      if (method.getName().startsWith("with") && method.getParameterCount() == 1) {
        assertThat(method.canAccess(loss)).as("%s", method).isTrue();
      }
    }
  }
}
