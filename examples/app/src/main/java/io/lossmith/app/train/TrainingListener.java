package io.lossmith.app.train;

/** Is told how training goes, from the training thread. */
public interface TrainingListener {
  /** A step was taken; {@code history} ends with it. */
  void stepped(int step, int steps, History history);

  /** The validation pictures were scored; {@code history} ends with that. */
  void validated(History history);
}
