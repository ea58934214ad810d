package io.lossmith.app.report;

import java.util.List;
import java.util.Map;

/**
 * What a training was asked to do, for those who look at what it left.
 *
 * @param settings what was chosen, in words, in the order to show
 * @param classWeights computed from the masks; empty if none were
 * @param keepsBest whether the best model is kept beside the last
 */
public record RunFacts(
    Map<String, String> settings, List<Double> classWeights, boolean keepsBest) {}
