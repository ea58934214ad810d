package io.lossmith.djl.cells;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.dataset.ArrayDataset;
import io.lossmith.app.data.Picture;
import io.lossmith.app.data.Sample;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;

/** Pictures of the app as arrays of DJL. */
final class CellArrays {
  private CellArrays() {}

  /** Returns grey pictures of one size as {@code (N, 1, H, W)}, FLOAT32. */
  static NDArray pictures(NDManager manager, List<Sample> samples) {
    Picture first = samples.get(0).picture();
    FloatBuffer values = FloatBuffer.allocate(samples.size() * first.pixels());
    samples.forEach(sample -> values.put(sample.picture().values()));
    return manager.create(
        values.flip(), new Shape(samples.size(), 1, first.height(), first.width()));
  }

  /** Returns the class of each pixel as {@code (N, H, W)}, UINT8. */
  static NDArray labels(NDManager manager, List<Sample> samples) {
    Picture first = samples.get(0).picture();
    ByteBuffer labels = ByteBuffer.allocate(samples.size() * first.pixels());
    samples.forEach(sample -> labels.put(sample.mask().labels()));
    Shape shape = new Shape(samples.size(), first.height(), first.width());
    return manager.create(labels.flip(), shape, DataType.UINT8);
  }

  /** Returns both as what DJL takes batches from. */
  static ArrayDataset dataset(
      NDManager manager, List<Sample> samples, int batch, boolean shuffled) {
    return new ArrayDataset.Builder()
        .setData(pictures(manager, samples))
        .optLabels(labels(manager, samples))
        .setSampling(batch, shuffled)
        .build();
  }
}
