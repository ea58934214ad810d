package io.lossmith.app.verify;

import io.lossmith.app.loss.LossRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a case.
 *
 * @param tried the case
 * @param run what was computed, or null where that failed
 * @param error class and message of the error, or null
 * @param valueDeviation |is − want| / max(1, |want|), the greatest
 * @param gradientDeviation |is − want| / the greatest |want|, the greatest
 * @param complaint why the case fails, or null where it passes
 */
record Result(
    Case tried,
    @Nullable LossRun run,
    @Nullable String error,
    double valueDeviation,
    double gradientDeviation,
    @Nullable String complaint) {

  boolean passes() {
    return complaint == null;
  }

  /** Returns the result's line in a report. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", tried.id());
    json.put("value", run == null ? null : run.jsonValue());
    json.put("gradient", run == null ? null : flat(run.gradients()));
    json.put("error", error);
    json.put("pass", passes());
    return json;
  }

  private static List<Float> flat(List<float[]> gradients) {
    List<Float> flat = new ArrayList<>();
    for (float[] gradient : gradients) {
      for (float value : gradient) {
        flat.add(value);
      }
    }
    return flat;
  }
}
