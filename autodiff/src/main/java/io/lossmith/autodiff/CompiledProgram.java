package io.lossmith.autodiff;

import io.lossmith.core.engine.Engine;
import io.lossmith.core.engine.Program;
import java.util.concurrent.atomic.AtomicBoolean;

/** A user's share in a program: closing it ends the share, the program is closed with the last. */
final class CompiledProgram implements Program {
  private final JoinedInputs joined;
  private final int inputs;
  private final Programs.Entry entry;
  private final Program program;
  private final AtomicBoolean closed = new AtomicBoolean();

  CompiledProgram(Engine engine, Lifted lifted, int inputs) {
    this.joined = new JoinedInputs(lifted.data());
    this.inputs = inputs;
    this.entry = Programs.acquire(engine, lifted);
    this.program = entry.program();
  }

  @Override
  public void run(float[][] given, float[][] outputs) {
    if (given.length != inputs) {
      throw new IllegalArgumentException("program: " + given.length + " inputs, must be " + inputs);
    }
    share();
    try {
      joined.run(program, given, outputs);
    } finally {
      entry.release();
    }
  }

  @Override
  public String explain() {
    share();
    try {
      return program.explain();
    } finally {
      entry.release();
    }
  }

  /** Keeps the program open while it runs, even if it is closed meanwhile. */
  private void share() {
    if (closed.get() || !entry.acquire()) {
      throw new IllegalStateException("program: closed; compile it again");
    }
  }

  @Override
  public void close() {
    if (!closed.getAndSet(true)) {
      entry.release();
    }
  }
}
