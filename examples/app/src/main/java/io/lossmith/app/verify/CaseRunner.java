package io.lossmith.app.verify;

import io.lossmith.app.loss.LossRun;
import io.lossmith.app.loss.PredictionDoubt;
import io.lossmith.autodiff.Tensor;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.losses.DeepSupervision;
import io.lossmith.losses.Loss;
import io.lossmith.losses.Losses;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Computes cases on an engine and compares what comes out with what must. */
final class CaseRunner {
  private static final double GRADIENT_FACTOR = 5;
  private static final double GRADIENT_FLOOR = 1e-9;

  private final Engine engine;

  CaseRunner(Engine engine) {
    this.engine = engine;
  }

  Result run(Case tried) {
    LossRun run;
    try {
      run = compute(tried);
    } catch (RuntimeException | StackOverflowError e) { // whatever a loss throws is its result
      return failed(tried, e);
    }
    double[] values = doubles(List.of(run.value().values()));
    double[] gradient = doubles(run.gradients());
    double off = valueDeviation(values, tried.expected().values());
    double steep =
        tried.expected().gradient() == null
            ? 0
            : gradientDeviation(gradient, tried.expected().gradient());
    String complaint = complaint(tried, run, values, gradient, off);
    return new Result(
        tried, run, null, off, steep, complaint == null ? null : complaint + doubt(tried));
  }

  private static String doubt(Case tried) {
    Loss loss = Losses.byName(tried.loss(), tried.options());
    String doubt =
        PredictionDoubt.of(loss, tried.predictions().get(0).values(), tried.target().values());
    return doubt == null ? "" : "; " + doubt;
  }

  private LossRun compute(Case tried) {
    Loss loss = Losses.byName(tried.loss(), tried.options());
    return LossRun.of(
        engine,
        tried.predictions(),
        tried.target(),
        tried.mask(),
        (predictions, target, mask) -> value(loss, predictions, target, mask));
  }

  private static Tensor value(
      Loss loss, List<Tensor> predictions, Tensor target, @Nullable Tensor mask) {
    if (loss instanceof DeepSupervision deep) {
      return deep.apply(predictions, target, mask);
    }
    if (predictions.size() != 1) {
      throw new IllegalArgumentException(
          "verify: predictions has "
              + predictions.size()
              + " arrays, but "
              + loss
              + " takes one; must be prediction, or the loss deep-supervision");
    }
    return loss.apply(predictions.get(0), target, mask);
  }

  private static Result failed(Case tried, Throwable e) {
    String name = e.getClass().getSimpleName();
    String error = name + ": " + e.getMessage();
    String wanted = tried.expected().error();
    String complaint =
        name.equals(wanted)
            ? null
            : "throws " + error + (wanted == null ? "" : ", must throw " + wanted);
    return new Result(tried, null, error, 0, 0, complaint);
  }

  private static @Nullable String complaint(
      Case tried, LossRun run, double[] values, double[] gradient, double off) {
    Case.Expected expected = tried.expected();
    if (expected.error() != null) {
      return "gives a value, must throw " + expected.error();
    }
    if (values.length != expected.values().length) {
      return "gives " + values.length + " values, must give " + expected.values().length;
    }
    Shape shape = run.value().shape();
    if (expected.shape() != null && !shape.equals(expected.shape())) {
      return "value has shape " + shape + ", must have " + expected.shape();
    }
    if (!(off <= tried.tolerance())) {
      int at = worst(values, expected.values());
      return String.format(
          Locale.ROOT,
          "value%s is %.8g, must be %.8g within %.1e",
          values.length == 1 ? "" : " " + at,
          values[at],
          expected.values()[at],
          tried.tolerance());
    }
    double[] want = expected.gradient();
    if (want == null) {
      return null;
    }
    if (gradient.length != want.length) {
      return "gradient has " + gradient.length + " entries, must have " + want.length;
    }
    double bound = GRADIENT_FACTOR * tried.tolerance() * greatest(want) + GRADIENT_FLOOR;
    int at = worst(gradient, want);
    return want.length == 0 || difference(gradient[at], want[at]) <= bound
        ? null
        : String.format(
            Locale.ROOT,
            "gradient %d is %.8g, must be %.8g within %.1e",
            at,
            gradient[at],
            want[at],
            bound);
  }

  private static double valueDeviation(double[] is, double[] want) {
    double worst = is.length == want.length ? 0 : Double.POSITIVE_INFINITY;
    for (int i = 0; i < Math.min(is.length, want.length); i++) {
      double scale = Double.isFinite(want[i]) ? Math.max(1, Math.abs(want[i])) : 1;
      worst = Math.max(worst, difference(is[i], want[i]) / scale);
    }
    return worst;
  }

  private static double gradientDeviation(double[] is, double[] want) {
    if (is.length != want.length) {
      return Double.POSITIVE_INFINITY;
    }
    double off = is.length == 0 ? 0 : difference(is[worst(is, want)], want[worst(is, want)]);
    return off == 0 ? 0 : off / Math.max(greatest(want), GRADIENT_FLOOR);
  }

  /** Equal numbers, equal infinities and two NaN do not differ; else NaN differs without bound. */
  private static double difference(double is, double want) {
    if (Double.compare(is, want) == 0) {
      return 0;
    }
    double difference = Math.abs(is - want);
    return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
  }

  private static int worst(double[] is, double[] want) {
    int worst = 0;
    for (int i = 1; i < is.length; i++) {
      if (difference(is[i], want[i]) > difference(is[worst], want[worst])) {
        worst = i;
      }
    }
    return worst;
  }

  private static double greatest(double[] values) {
    double greatest = 0;
    for (double value : values) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    return greatest;
  }

  private static double[] doubles(List<float[]> arrays) {
    double[] all = new double[arrays.stream().mapToInt(array -> array.length).sum()];
    int i = 0;
    for (float[] array : arrays) {
      for (float value : array) {
        all[i++] = value;
      }
    }
    return all;
  }
}
