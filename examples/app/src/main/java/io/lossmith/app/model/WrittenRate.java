package io.lossmith.app.model;

import io.lossmith.autodiff.optimizer.CurrentRate;
import io.lossmith.autodiff.optimizer.Scores;
import java.util.LinkedHashMap;
import java.util.Map;

/** How a checkpoint says where the learning rate stands. */
final class WrittenRate {
  private WrittenRate() {}

  static Map<String, Object> of(CurrentRate.State rate) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("scores", rate.scores().count());
    fields.put("best", rate.scores().best());
    fields.put("waited", rate.scores().waited());
    fields.put("resting", rate.scores().resting());
    fields.put("factor", rate.scores().factor());
    return fields;
  }

  /** Reads what was written after so many steps, or says what is wrong with it. */
  static CurrentRate.State read(Fields fields, int steps) {
    double factor = fields.number("factor");
    if (!(factor >= 0 && factor <= 1)) {
      throw fields.bad("factor", factor, "a number in 0..1");
    }
    return new CurrentRate.State(
        steps,
        new Scores(
            fields.number("scores", 0, Integer.MAX_VALUE),
            fields.number("best"),
            fields.number("waited", 0, Integer.MAX_VALUE),
            fields.number("resting", 0, Integer.MAX_VALUE),
            factor));
  }
}
