package io.lossmith.spark;

import io.lossmith.app.io.BadInput;
import io.lossmith.core.collective.Collective;
import io.lossmith.core.collective.TcpCollective;
import io.lossmith.core.engine.EngineException;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/**
 * A worker as Spark runs it: a task of a barrier stage. Where a user must put something right it
 * ends well, with a mistake as its outcome, for Spark would only start it again; where another
 * worker is lost it fails, and Spark starts all of them again.
 */
final class WorkerTask extends AbstractFunction1<Iterator<Integer>, Iterator<WorkerOutcome>>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Requirements required;
  private final WorkerJob job;
  private final int firstPort;
  private final Duration patience;

  WorkerTask(Requirements required, WorkerJob job, int firstPort, Duration patience) {
    this.required = required;
    this.job = job;
    this.firstPort = firstPort;
    this.patience = patience;
  }

  @Override
  public Iterator<WorkerOutcome> apply(Iterator<Integer> ranks) {
    BarrierTaskContext context = BarrierTaskContext.get();
    WorkerOutcome outcome;
    try (Killed killed = new Killed(context)) {
      outcome = outcome(context);
    }
    return CollectionConverters.asScala(List.of(outcome).iterator());
  }

  private WorkerOutcome outcome(BarrierTaskContext context) {
    int rank = context.partitionId();
    Meeting meeting = meet(context);
    if (!meeting.mistakes().isEmpty()) {
      return new WorkerOutcome(rank, meeting.mistakes().get(0), "");
    }
    StringWriter said = new StringWriter();
    Ending ending = run(context, meeting, new PrintWriter(said, true));
    String mistake = ending.together(context);
    return new WorkerOutcome(rank, mistake, said.toString());
  }

  private Meeting meet(BarrierTaskContext context) {
    String host = host(context);
    String mistake = required.mistake("worker " + context.partitionId() + " at " + host);
    if (!mistake.isEmpty()) {
      return Meeting.without(mistake, context);
    }
    int size = context.getTaskInfos().length;
    try (Seat seat = Seat.take(host, firstPort, context.partitionId(), size)) {
      return Meeting.at(seat.address(), context);
    } catch (EngineException e) {
      return Meeting.without(e.getMessage(), context);
    }
  }

  /** Returns the address by which Spark's other processes find this one. */
  private static String host(BarrierTaskContext context) {
    String address = context.getTaskInfos()[context.partitionId()].address();
    String host = address.substring(0, Math.max(0, address.lastIndexOf(':')));
    return host.isEmpty() ? address : host;
  }

  private Ending run(BarrierTaskContext context, Meeting meeting, PrintWriter out) {
    int rank = context.partitionId();
    try (Collective own =
        TcpCollective.join(rank, meeting.addresses(), meeting.token(), job.agreement(), patience)) {
      return run(own, context.stageAttemptNumber(), out);
    } catch (EngineException e) {
      return Ending.mistake(rank, e.getMessage());
    }
  }

  private Ending run(Collective own, int attempt, PrintWriter out) {
    try {
      job.run(own, attempt, out);
      return Ending.good();
    } catch (EngineException e) {
      return Ending.of(own.rank(), e);
    } catch (BadInput | IllegalArgumentException | ArithmeticException e) {
      return Ending.mistake(own.rank(), String.valueOf(e.getMessage()));
    } catch (OutOfMemoryError e) {
      return Ending.mistake(own.rank(), required.tooLittleMemory());
    }
  }
}
