package io.lossmith.app.cli;

import io.lossmith.app.io.BadInput;
import io.lossmith.core.Shape;
import io.lossmith.losses.Compiled;
import io.lossmith.losses.InputShapes;
import io.lossmith.losses.Loss;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what a loss and its gradient run as. */
@Command(
    name = "explain",
    sortOptions = false,
    description = {
      "Show what a loss with its gradient runs as: passes, operations, bytes moved, lines of its"
          + " formula.",
      ""
    },
    footer = {
      "",
      "Example: lossmith explain dice --shape 8,1,512,512 --set activation=sigmoid",
      "         lossmith explain cross-entropy --shape 2,21,512,512 --target 2,512,512"
    })
final class ExplainCommand implements Callable<Integer> {
  @Mixin private LossOptions lossOptions = new LossOptions();

  @Option(
      names = "--shape",
      required = true,
      paramLabel = "N,C,...",
      description = "Shape of the prediction.")
  private String shape;

  @Option(
      names = "--target",
      paramLabel = "N,...",
      description = "Shape of the target. Default: the prediction's.")
  private @Nullable String target;

  @Option(
      names = "--mask",
      paramLabel = "N,...",
      description = "Shape of the weights of the pixels. Default: none.")
  private @Nullable String mask;

  @Mixin private EngineOptions engine = new EngineOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Loss loss = lossOptions.loss();
    Shape prediction = shape("--shape", shape);
    InputShapes inputs =
        InputShapes.of(prediction, target == null ? prediction : shape("--target", target));
    if (mask != null) {
      inputs = inputs.withMask(shape("--mask", mask));
    }
    PrintWriter out = spec.commandLine().getOut();
    try (Compiled compiled = loss.compile(inputs, engine.engine())) {
      out.print(compiled.explain());
    }
    out.flush();
    return 0;
  }

  private static Shape shape(String option, String text) {
    try {
      return Shape.of(
          Arrays.stream(text.split(",", -1))
              .map(String::strip)
              .mapToInt(Integer::parseInt)
              .toArray());
    } catch (NumberFormatException e) {
      throw new BadInput(
          "explain: " + option + " is \"" + text + "\", must be sizes as in 8,1,512,512.");
    }
  }
}
