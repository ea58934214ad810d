package io.lossmith.app.cli;

import io.lossmith.app.data.NotANumber;
import io.lossmith.app.data.Npy;
import io.lossmith.app.data.NpyArray;
import io.lossmith.app.io.AtomicFile;
import io.lossmith.app.io.BadInput;
import io.lossmith.app.io.Json;
import io.lossmith.app.loss.LossRun;
import io.lossmith.app.loss.PredictionDoubt;
import io.lossmith.core.Shape;
import io.lossmith.core.engine.Engine;
import io.lossmith.losses.Loss;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Computes a loss and its gradient for arrays from NumPy. */
@Command(
    name = "loss",
    sortOptions = false,
    description = {
      "Compute a loss and its gradient for arrays that numpy.save wrote.",
      "",
      "Arrays may hold floats, integers or bools, in any byte and memory order; 32-bit floats are"
          + " computed with. \"lossmith losses\" lists the losses and their options.",
      ""
    },
    footer = {
      "",
      "Example: lossmith loss dice --prediction p.npy --target t.npy --set activation=sigmoid"
    })
final class LossCommand implements Callable<Integer> {
  @Mixin private LossOptions lossOptions = new LossOptions();

  @Option(
      names = "--prediction",
      required = true,
      paramLabel = "FILE",
      description = "What a model says: [N, C, spatial...]; for boxes [N, 4].")
  private Path prediction;

  @Option(
      names = "--target",
      required = true,
      paramLabel = "FILE",
      description =
          "What is right: the prediction's shape, or class indices [N, 1, spatial...] or"
              + " [N, spatial...].")
  private Path target;

  @Option(
      names = "--mask",
      paramLabel = "FILE",
      description = "A weight for each pixel, 0 or more: [N, 1, spatial...] or [N, spatial...].")
  private @Nullable Path mask;

  @Option(
      names = "--gradient",
      paramLabel = "FILE",
      description = "Write the gradient with respect to the prediction to this .npy file.")
  private @Nullable Path gradient;

  @Mixin private EngineOptions engine = new EngineOptions();

  @Option(names = "--json", description = "Print JSON instead of text.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Loss loss = lossOptions.loss();
    Engine chosen = engine.engine();
    if (gradient != null) {
      AtomicFile.requireWritable(gradient, prediction, target, mask);
    }
    NpyArray predicted = Npy.read(prediction);
    NpyArray right = Npy.read(target);
    LossRun run =
        LossRun.of(
            chosen,
            List.of(predicted),
            right,
            mask == null ? null : Npy.read(mask),
            (p, t, m) -> loss.apply(p.get(0), t, m));
    requireNumbers(run, predicted);
    warn(PredictionDoubt.of(loss, predicted.values(), right.values()));
    Shape shape = predicted.shape();
    if (gradient != null) {
      Npy.write(gradient, shape, run.gradients().get(0));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.write(report(run, chosen)));
    } else {
      print(out, run, shape);
    }
    out.flush();
    return 0;
  }

  /** What is no number must not be taken for a result by a script. */
  private void requireNumbers(LossRun run, NpyArray predicted) {
    boolean value = NotANumber.isIn(run.value().values());
    if (!value && !NotANumber.isIn(run.gradients().get(0))) {
      return;
    }
    throw new BadInput(
        "loss: the "
            + (value ? "value" : "gradient")
            + " of "
            + lossOptions.name()
            + " is NaN, must be a number; "
            + (NotANumber.isIn(predicted.values())
                ? prediction + " holds NaN."
                : "look at the inputs for what the loss is not defined for."));
  }

  private void warn(@Nullable String doubt) {
    if (doubt != null) {
      spec.commandLine().getErr().println("lossmith: warning: " + doubt + ".");
    }
  }

  private Map<String, Object> report(LossRun run, Engine chosen) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("loss", lossOptions.name());
    report.put("engine", chosen.name());
    report.put("value", run.jsonValue());
    if (gradient == null) {
      report.put("gradient", run.gradients().get(0));
    } else {
      report.put("gradientFile", gradient.toString());
    }
    return report;
  }

  private void print(PrintWriter out, LossRun run, Shape shape) {
    NpyArray value = run.value();
    if (value.shape().rank() == 0) {
      out.printf("value     %s%n", value.values()[0]);
    } else {
      out.printf("values    %s, %s%n", value.shape(), summary(value.values()));
    }
    out.printf("gradient  %s, %s%n", shape, summary(run.gradients().get(0)));
    if (gradient != null) {
      out.printf("written   %s%n", gradient);
    }
  }

  private static String summary(float[] values) {
    float least = Float.POSITIVE_INFINITY;
    float greatest = Float.NEGATIVE_INFINITY;
    double squares = 0;
    for (float value : values) {
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
      squares += (double) value * value;
    }
    return String.format(
        Locale.ROOT, "from %.6g to %.6g, norm %.6g", least, greatest, Math.sqrt(squares));
  }
}
