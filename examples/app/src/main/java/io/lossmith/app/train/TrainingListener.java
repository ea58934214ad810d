package io.lossmith.app.train;

/** Is told how training goes, from the training thread. */
public interface TrainingListener {
  /** A step was taken, of so many as there will be at most; {@code history} ends with it. */
  void stepped(int step, int steps, History history);

  /** The validation pictures were scored; {@code history} ends with that. */
  void validated(History history);

  /** Is told, and does nothing. */
  TrainingListener NONE =
      new TrainingListener() {
        @Override
        public void stepped(int step, int steps, History history) {
          // Nobody wants to know.
        }

        @Override
        public void validated(History history) {
          // Nobody wants to know.
        }
      };

  /** Returns a listener that tells two others, in this order. */
  static TrainingListener both(TrainingListener first, TrainingListener second) {
    return new TrainingListener() {
      @Override
      public void stepped(int step, int steps, History history) {
        first.stepped(step, steps, history);
        second.stepped(step, steps, history);
      }

      @Override
      public void validated(History history) {
        first.validated(history);
        second.validated(history);
      }
    };
  }
}
