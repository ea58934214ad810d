package io.lossmith.cookbook;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.lossmith.autodiff.Gradients;
import io.lossmith.autodiff.Parameter;
import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.Loss;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds beside the numbers of single losses. */
class CasesTests {
  private static final List<Class<?>> FAMILIES =
      List.of(
          PixelLosses.class,
          RegionLosses.class,
          CompoundLosses.class,
          OutlineLosses.class,
          StructureLosses.class,
          GroupLosses.class,
          OrderedClassLosses.class);

  @Test
  void everyLossHasNumbersAtTheSmallAndTheRealSize() throws IOException {
    Set<String> losses =
        FAMILIES.stream()
            .flatMap(family -> Arrays.stream(family.getDeclaredMethods()))
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .map(Method::getName)
            .map(name -> name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
            .collect(toSet());
    assertThat(losses).hasSize(27);
    for (String size : List.of("small", "real")) {
      Stream<Case> cases = Case.all().stream().filter(one -> one.size().equals(size));
      assertThat(cases.map(Case::name)).containsExactlyInAnyOrderElementsOf(losses);
    }
  }

  @Test
  void aWrongNumberIsFound() throws IOException {
    for (Case one : Case.all()) {
      if (one.size().equals("small")) {
        int count = one.inputs().get(0).values().length;
        float[] gradient = new float[count];
        assertThat(new Verdict(one).complaint((float) one.line().real("value"), gradient))
            .isNotNull();
        assertThat(
                new Verdict(one).complaint((float) one.line().real("value") * 1.00001f, gradient))
            .startsWith("value is");
      }
    }
  }

  @Test
  void lossesGoToOtherMachines() throws IOException {
    for (Case one : Case.all()) {
      if (!one.name().equals("soft_iou")) {
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
          out.writeObject(one.loss());
        }
      }
    }
  }

  @Test
  void theTemperatureOfSoftIouIsLearned() throws IOException {
    for (Case one : Case.all()) {
      if (one.name().equals("soft_iou")) {
        Parameter temperature = Parameter.of(0.5f);
        Loss loss = Recipes.softIou(temperature);
        List<Tensor> inputs =
            one.inputs().stream().map(made -> Tensor.wrap(made.values(), made.shape())).toList();
        Tensor value = loss.apply(inputs.get(0), inputs.get(1));
        double want = one.line().real("parameter");
        assertThat((double) Gradients.of(value, temperature).item())
            .as(one.toString())
            .isCloseTo(want, within(1e-5 * Math.abs(want)));
      }
    }
  }

  @Test
  void withoutInstancesBlobsCostNothing() {
    Tensor x = Tensor.zeros(1, 1, 4, 4);
    assertThat(GroupLosses.blob(x, x, 3).item()).isZero();
  }
}
