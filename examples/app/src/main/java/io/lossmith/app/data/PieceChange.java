package io.lossmith.app.data;

/**
 * What was drawn to be changed in one piece of a picture.
 *
 * @param mirror left to right
 * @param upsideDown top to bottom
 * @param quarters how many it is turned by
 * @param gain what values are multiplied by
 * @param offset what is added to them then
 */
record PieceChange(boolean mirror, boolean upsideDown, int quarters, float gain, float offset) {
  /**
   * Changes one item of a batch.
   *
   * @param pictures {@code [N, channels, crop, crop]}
   * @param labels {@code [N, 1, crop, crop]}
   */
  void apply(float[] pictures, float[] labels, int item, int channels, int crop) {
    int area = crop * crop;
    if (mirror || upsideDown || quarters != 0) {
      int[] sources = sources(crop);
      float[] plane = new float[area];
      for (int channel = 0; channel < channels; channel++) {
        move(pictures, (item * channels + channel) * area, sources, plane);
      }
      move(labels, item * area, sources, plane);
    }
    if (gain != 1 || offset != 0) {
      for (int i = item * channels * area; i < (item + 1) * channels * area; i++) {
        pictures[i] = gain * pictures[i] + offset;
      }
    }
  }

  /** Returns for each pixel of the changed piece which one of the old it is. */
  private int[] sources(int crop) {
    int last = crop - 1;
    int[] sources = new int[crop * crop];
    for (int y = 0, i = 0; y < crop; y++) {
      for (int x = 0; x < crop; x++, i++) {
        int column = mirror ? last - x : x;
        int row = upsideDown ? last - y : y;
        for (int quarter = 0; quarter < quarters; quarter++) {
          int turned = last - column;
          column = row;
          row = turned;
        }
        sources[i] = row * crop + column;
      }
    }
    return sources;
  }

  private static void move(float[] array, int start, int[] sources, float[] plane) {
    for (int i = 0; i < plane.length; i++) {
      plane[i] = array[start + sources[i]];
    }
    System.arraycopy(plane, 0, array, start, plane.length);
  }
}
