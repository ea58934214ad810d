package io.lossmith.checks.mistakes;

import io.lossmith.autodiff.GradientCheck;
import io.lossmith.autodiff.Tensor;
import io.lossmith.losses.Compiled;
import io.lossmith.losses.DeepSupervision;
import io.lossmith.losses.Dice;
import io.lossmith.losses.InputShapes;
import io.lossmith.losses.KeptTarget;
import io.lossmith.losses.Loss;
import io.lossmith.losses.UncertaintyWeighted;
import io.lossmith.losses.ValueAndGradient;
import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A way in which prediction, target and mask come into a loss. */
enum Door {
  APPLY("Loss.apply(Tensor, Tensor, Tensor)", "CatalogueLoss.apply(Tensor, Tensor, Tensor)") {
    @Override
    float[] value(Loss loss, Tensor p, Tensor t, @Nullable Tensor m) {
      return loss.apply(p, t, m).toArray();
    }
  },
  APPLY_WITHOUT_MASK("CatalogueLoss.apply(Tensor, Tensor)") {
    @Override
    float[] value(Loss loss, Tensor p, Tensor t, @Nullable Tensor m) {
      return (m == null ? loss : loss.masked(m)).apply(p, t).toArray();
    }
  },
  MASKED("Loss.masked(Tensor)") {
    @Override
    float[] value(Loss loss, Tensor p, Tensor t, @Nullable Tensor m) {
      return loss.masked(m == null ? Tensor.scalar(1).broadcastTo(pixels(p)) : m)
          .apply(p, t)
          .toArray();
    }
  },
  SUM("Loss.plus(Loss)", "Loss.times(double)") {
    @Override
    float[] value(Loss loss, Tensor p, Tensor t, @Nullable Tensor m) {
      return loss.times(2).plus(loss).apply(p, t, m).toArray();
    }
  },
  LAMBDA("Loss.withMask(Loss.MaskedFormula)") {
    @Override
    float[] value(Loss loss, Tensor p, Tensor t, @Nullable Tensor m) {
      Loss lambda = m == null ? loss::apply : Loss.withMask(loss::apply);
      return lambda.apply(p, t, m).toArray();
    }
  },
  GRADIENT(
      "Loss.valueAndGradient(Tensor, Tensor)", "Loss.valueAndGradient(Tensor, Tensor, Tensor)") {
    @Override
    float[] value(Loss loss, Tensor p, Tensor t, @Nullable Tensor m) {
      ValueAndGradient both =
          m == null ? loss.valueAndGradient(p, t) : loss.valueAndGradient(p, t, m);
      return both.value().toArray();
    }
  },
  EVALUATE("Compiled.evaluate(float[], float[], float[], float[])") {
    @Override
    float[] value(Loss loss, Tensor p, Tensor t, @Nullable Tensor m) {
      try (Compiled compiled = loss.compile(shapes(p, t, m))) {
        float[] gradient = new float[p.shape().count()];
        return new float[] {
          compiled.evaluate(p.toArray(), t.toArray(), m == null ? null : m.toArray(), gradient)
        };
      }
    }
  },
  EVALUATE_EACH("Compiled.evaluateEach(float[], float[], float[], float[], float[])") {
    @Override
    float[] value(Loss loss, Tensor p, Tensor t, @Nullable Tensor m) {
      try (Compiled compiled = loss.compile(shapes(p, t, m))) {
        float[] values = new float[compiled.valueShape().count()];
        float[] mask = m == null ? null : m.toArray();
        compiled.evaluateEach(p.toArray(), t.toArray(), mask, values, null);
        return values;
      }
    }
  },
  KEPT("Compiled.keep(float[], float[])", "KeptTarget.evaluate(float[], float[])") {
    @Override
    float[] value(Loss loss, Tensor p, Tensor t, @Nullable Tensor m) {
      try (Compiled compiled = loss.compile(shapes(p, t, m));
          KeptTarget kept = compiled.keep(t.toArray(), m == null ? null : m.toArray())) {
        return new float[] {kept.evaluate(p.toArray(), new float[p.shape().count()])};
      }
    }
  },
  KEPT_EACH("KeptTarget.evaluateEach(float[], float[], float[])") {
    @Override
    float[] value(Loss loss, Tensor p, Tensor t, @Nullable Tensor m) {
      try (Compiled compiled = loss.compile(shapes(p, t, m));
          KeptTarget kept = compiled.keep(t.toArray(), m == null ? null : m.toArray())) {
        float[] values = new float[kept.valueShape().count()];
        kept.evaluateEach(p.toArray(), values, null);
        return values;
      }
    }
  },
  BUFFERS("Compiled.evaluate(FloatBuffer, FloatBuffer, FloatBuffer, FloatBuffer)") {
    @Override
    float[] value(Loss loss, Tensor p, Tensor t, @Nullable Tensor m) {
      try (Compiled compiled = loss.compile(shapes(p, t, m))) {
        FloatBuffer gradient = FloatBuffer.allocate(p.shape().count());
        return new float[] {compiled.evaluate(buffer(p), buffer(t), bufferOrNull(m), gradient)};
      }
    }
  },
  BUFFERS_EACH(
      "Compiled.evaluateEach(FloatBuffer, FloatBuffer, FloatBuffer, FloatBuffer, FloatBuffer)") {
    @Override
    float[] value(Loss loss, Tensor p, Tensor t, @Nullable Tensor m) {
      try (Compiled compiled = loss.compile(shapes(p, t, m))) {
        FloatBuffer values = FloatBuffer.allocate(compiled.valueShape().count());
        compiled.evaluateEach(buffer(p), buffer(t), bufferOrNull(m), values, null);
        return values.array();
      }
    }
  },
  KEPT_BUFFERS(
      "Compiled.keep(FloatBuffer, FloatBuffer)", "KeptTarget.evaluate(FloatBuffer, FloatBuffer)") {
    @Override
    float[] value(Loss loss, Tensor p, Tensor t, @Nullable Tensor m) {
      try (Compiled compiled = loss.compile(shapes(p, t, m));
          KeptTarget kept = compiled.keep(buffer(t), bufferOrNull(m))) {
        return new float[] {kept.evaluate(buffer(p), FloatBuffer.allocate(p.shape().count()))};
      }
    }
  },
  KEPT_BUFFERS_EACH("KeptTarget.evaluateEach(FloatBuffer, FloatBuffer, FloatBuffer)") {
    @Override
    float[] value(Loss loss, Tensor p, Tensor t, @Nullable Tensor m) {
      try (Compiled compiled = loss.compile(shapes(p, t, m));
          KeptTarget kept = compiled.keep(buffer(t), bufferOrNull(m))) {
        FloatBuffer values = FloatBuffer.allocate(kept.valueShape().count());
        kept.evaluateEach(buffer(p), values, null);
        return values.array();
      }
    }
  },
  SEVERAL(
      "DeepSupervision.apply(List, Tensor)",
      "DeepSupervision.apply(List, Tensor, Tensor)",
      "DeepSupervision.valueAndGradients(List, Tensor)",
      "DeepSupervision.valueAndGradients(List, Tensor, Tensor)") {
    @Override
    float[] value(Loss loss, Tensor p, Tensor t, @Nullable Tensor m) {
      DeepSupervision several = DeepSupervision.of(loss);
      return m == null
          ? several.valueAndGradients(List.of(p), t).value().toArray()
          : several.valueAndGradients(List.of(p), t, m).value().toArray();
    }
  },
  LEARNED(
      "UncertaintyWeighted.apply(Tensor, Tensor)",
      "UncertaintyWeighted.apply(Tensor, Tensor, Tensor)") {
    @Override
    float[] value(Loss loss, Tensor p, Tensor t, @Nullable Tensor m) {
      UncertaintyWeighted learned = UncertaintyWeighted.of(loss, Dice.softmax());
      return m == null ? learned.apply(p, t).toArray() : learned.apply(p, t, m).toArray();
    }
  },
  CHECKED("GradientCheck.first(Tensor[])", "GradientCheck.second(Tensor[])") {
    @Override
    float[] value(Loss loss, Tensor p, Tensor t, @Nullable Tensor m) {
      GradientCheck.of(in -> loss.apply(in.get(0), t, m)).withTolerance(1e-3).first(p);
      return loss.apply(p, t, m).toArray();
    }
  };

  /** The entries that this is, or that lead here. */
  final List<String> entries;

  Door(String... entries) {
    this.entries = List.of(entries);
  }

  /** Returns the loss, handed in this way. */
  abstract float[] value(Loss loss, Tensor p, Tensor t, @Nullable Tensor m);

  static InputShapes shapes(Tensor p, Tensor t, @Nullable Tensor m) {
    InputShapes shapes = InputShapes.of(p.shape(), t.shape());
    return m == null ? shapes : shapes.withMask(m.shape());
  }

  private static FloatBuffer buffer(Tensor x) {
    return FloatBuffer.wrap(x.toArray());
  }

  private static @Nullable FloatBuffer bufferOrNull(@Nullable Tensor x) {
    return x == null ? null : buffer(x);
  }

  private static int[] pixels(Tensor p) {
    int[] sizes = p.shape().toArray();
    if (sizes.length > 1) {
      sizes[1] = 1;
    }
    return sizes;
  }
}
