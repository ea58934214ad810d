package io.lossmith.app.report;

import io.lossmith.losses.metrics.ConfusionTable;
import java.util.List;

/**
 * What a training has come to, for the page that shows it.
 *
 * @param counts of the pixels of each class, all validation pictures together
 * @param surfaces how far outlines are apart
 * @param outputs 1, or how many classes there are
 * @param overlays names of the samples that {@code overlays/} beside the page shows
 * @param validated how many pictures the scores are from
 * @param remarks what else is to be said of the run
 */
record Results(
    ConfusionTable counts,
    SurfaceScores surfaces,
    int outputs,
    List<String> overlays,
    int validated,
    List<String> remarks) {}
