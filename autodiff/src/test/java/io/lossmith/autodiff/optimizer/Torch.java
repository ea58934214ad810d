package io.lossmith.autodiff.optimizer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** PyTorch's numbers, and the inputs they were made of, as in {@code make_optimizers.py}. */
final class Torch {
  static final int STEPS = 50;
  static final int[] SIZES = {6, 5};

  private Torch() {}

  /** A case, and what was computed. */
  record Line(String name, double[] numbers) {
    private static Line of(String text) {
      List<String> words = List.of(text.split(" "));
      List<String> numbers = words.subList(1, words.size());
      return new Line(words.get(0), numbers.stream().mapToDouble(Double::parseDouble).toArray());
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Line> lines(String file) {
    try (InputStream in = Torch.class.getResourceAsStream("/" + file);
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
      return reader.lines().map(Line::of).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the parameters before the first step. */
  static float[][] start() {
    return arrays((array, i) -> (float) ((5 * i + 3 * array) % 7 - 3) / 4);
  }

  /** Returns the gradients of a step, from 1. */
  static float[][] gradients(int step) {
    return arrays(
        (array, i) ->
            (float) ((7 * step + 3 * i * i + step * i + array) % 11 - 5) / (array == 0 ? 4 : 256));
  }

  /** Returns a loss after a step, which falls, rises and lies still. */
  static double score(int step) {
    return 2 + step * step % 5 / 8.0 - Math.min(step, 17) / 16.0 + step / 30 / 2.0;
  }

  private static float[][] arrays(Element element) {
    float[][] arrays = Arrays.stream(SIZES).mapToObj(float[]::new).toArray(float[][]::new);
    for (int k = 0; k < arrays.length; k++) {
      for (int i = 0; i < arrays[k].length; i++) {
        arrays[k][i] = element.of(k, i);
      }
    }
    return arrays;
  }

  private interface Element {
    float of(int array, int i);
  }
}
