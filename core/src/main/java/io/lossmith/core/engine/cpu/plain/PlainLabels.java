package io.lossmith.core.engine.cpu.plain;

import java.util.Arrays;

/** What is done where the class label of a place is a given number. */
final class PlainLabels {
  private PlainLabels() {}

  static void choose(
      float[] label, int lo, float number, float a, float b, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = label[lo + i] == number ? a : b;
    }
  }

  static float sum(float[] a, int ao, float[] label, int lo, float number, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      if (label[lo + i] == number) {
        sum += a[ao + i];
      }
    }
    return (float) sum;
  }

  static int count(float[] label, int lo, float number, int n) {
    int count = 0;
    for (int i = 0; i < n; i++) {
      count += label[lo + i] == number ? 1 : 0;
    }
    return count;
  }

  static void lookup(
      float[] a,
      int ao,
      int as,
      float[] label,
      int lo,
      float[] number,
      int no,
      int ns,
      int rows,
      float[] out,
      int oo,
      int n) {
    Arrays.fill(out, oo, oo + n, 0f);
    for (int r = 0; r < rows; r++) {
      float sought = number[no + r * ns];
      for (int i = 0; i < n; i++) {
        if (label[lo + i] == sought) {
          out[oo + i] += a[ao + r * as + i];
        }
      }
    }
  }

  static void lookup(
      float[] a,
      int ao,
      int as,
      float[] less,
      int mo,
      float[] label,
      int lo,
      float[] number,
      int no,
      int ns,
      int rows,
      float[] out,
      int oo,
      int n) {
    Arrays.fill(out, oo, oo + n, 0f);
    for (int r = 0; r < rows; r++) {
      float sought = number[no + r * ns];
      for (int i = 0; i < n; i++) {
        if (label[lo + i] == sought) {
          out[oo + i] += a[ao + r * as + i] - less[mo + i];
        }
      }
    }
  }
}
