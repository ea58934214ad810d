package io.lossmith.app.cli;

import io.lossmith.app.io.BadInput;
import io.lossmith.app.model.Checkpoint;
import io.lossmith.app.model.Checkpoints;
import io.lossmith.app.report.Progress;
import io.lossmith.core.collective.Collective;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * A training by several workers, for who starts them and connects them in a way of its own: each
 * runs it with the same arguments.
 */
public final class WorkerTraining {
  private static final String RESUME = "--resume";

  private final List<String> arguments;

  private WorkerTraining(List<String> arguments) {
    this.arguments = List.copyOf(arguments);
  }

  /**
   * Looks at the arguments of {@code lossmith train}, less those that say where workers are; reads
   * no picture.
   *
   * @throws BadInput if something is wrong with them
   */
  public static WorkerTraining of(List<String> arguments) {
    WorkerTraining training = new WorkerTraining(arguments);
    TrainCommand command = training.line().getCommand();
    command.requireNoWorkers();
    command.check();
    return training;
  }

  /** Returns what workers must have in common to talk at all: the version. */
  public static String agreement() {
    return Version.text();
  }

  private CommandLine line() {
    CommandLine line = Lossmith.reading(new CommandLine(new TrainCommand()));
    try {
      line.parseArgs(arguments.toArray(String[]::new));
    } catch (ParameterException e) {
      throw new BadInput("train: " + ErrorLine.parsing(e), e);
    }
    return line;
  }

  /** Returns the arguments, with paths that are the same wherever they are read. */
  public List<String> arguments() {
    CommandSpec spec = line().getCommandSpec();
    return TrainOptions.arguments(spec, TrainOptions.of(spec).allGiven());
  }

  /**
   * Returns how many bytes of memory one of so many workers needs, as sizes of pictures tell.
   *
   * @throws BadInput if there are no pictures, or no checkpoint to resume from
   */
  public long memory(int workers) {
    if (!arguments.contains(RESUME)) {
      TrainCommand command = line().getCommand();
      return command.memory(workers);
    }
    Path file = out().resolve(Checkpoints.FILE);
    if (!Files.exists(file)) {
      throw Resumption.none(file);
    }
    CommandSpec spec = line().getCommandSpec();
    return of(TrainOptions.arguments(spec, Checkpoint.read(file).run().options())).memory(workers);
  }

  /** Returns the folder that worker 0 writes to. */
  public Path out() {
    TrainCommand command = line().getCommand();
    return command.out().toAbsolutePath().normalize();
  }

  /** Returns whether that folder holds a training that did not come to its end. */
  public boolean canResume() {
    return Checkpoint.isUnfinished(out().resolve(Checkpoints.FILE));
  }

  /** Returns what goes on from there; each worker must see the folder. */
  public WorkerTraining resumed() {
    if (arguments.contains(RESUME)) {
      return this;
    }
    List<String> more = new ArrayList<>(arguments);
    more.remove("--restart");
    more.add(RESUME);
    return new WorkerTraining(more);
  }

  /**
   * Trains as one of the workers, to the end; to be called once by each. Worker 0 writes, and
   * prints what was learned. Where one fails or its thread is interrupted, it leaves the others,
   * which then fail, too, with its number and its reason. The collective stays open otherwise.
   *
   * @param out where worker 0 prints
   * @param progress is told how worker 0 gets on, and closed
   * @throws BadInput if options or pictures cannot be used, or workers differ in them
   * @throws io.lossmith.core.engine.EngineException if another worker failed, or the engine did
   */
  public void run(Collective worker, PrintWriter out, Progress progress) {
    CommandLine line = line().setOut(out);
    TrainCommand command = line.getCommand();
    command.workAs(worker, progress);
    command.call();
  }
}
