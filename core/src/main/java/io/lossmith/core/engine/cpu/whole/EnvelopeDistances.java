package io.lossmith.core.engine.cpu.whole;

/**
 * Distances of any spacing: by the lower envelope of squared distances along each axis of a slice,
 * in double.
 */
final class EnvelopeDistances implements Distances {
  private final int slices;
  private final int rows;
  private final int columns;
  private final double sliceSpacing;
  private final double rowScale;
  private final double columnScale;
  private final LowerEnvelope envelope;
  private final double[] line;
  private final double[] squares;

  /**
   * Prepares for planes of a size.
   *
   * @param size slices, rows and columns
   */
  EnvelopeDistances(int[] size, double[] spacing) {
    slices = size[0];
    rows = size[1];
    columns = size[2];
    sliceSpacing = spacing[0];
    rowScale = spacing[1] * spacing[1];
    columnScale = spacing[2] * spacing[2];
    envelope = new LowerEnvelope(Math.max(rows, columns));
    line = new double[Math.max(rows, columns)];
    squares = new double[rows * columns];
  }

  @Override
  public void count(float[] x, float[] counts, int top, int n) {
    SliceCounts.count(x, counts, top, slices, rows * columns, n, Float.POSITIVE_INFINITY);
  }

  @Override
  public void finish(float[] counts, int at) {
    for (int i = 0; i < squares.length; i++) {
      double distance = counts[at + i] * sliceSpacing;
      squares[i] = distance * distance;
    }
    for (int column = 0; rows > 1 && column < columns; column++) {
      alongColumn(column);
    }
    for (int row = 0; row < rows; row++) {
      System.arraycopy(squares, row * columns, line, 0, columns);
      envelope.apply(line, columns, columnScale);
      for (int i = 0; i < columns; i++) {
        counts[at + row * columns + i] = (float) Math.sqrt(line[i]);
      }
    }
  }

  private void alongColumn(int column) {
    for (int row = 0; row < rows; row++) {
      line[row] = squares[row * columns + column];
    }
    envelope.apply(line, rows, rowScale);
    for (int row = 0; row < rows; row++) {
      squares[row * columns + column] = line[row];
    }
  }
}
