package io.lossmith.app.train;

import io.lossmith.autodiff.Tensor;
import io.lossmith.core.Shape;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A small U-Net: two levels down, a bottom, two levels up, with 8, 16 and 32 channels. A level is
 * two 3x3 convolutions with bias and ReLU; between levels 2x2 maximum pooling, nearest upsampling
 * and concatenation; a 1x1 convolution gives one logit per pixel and class.
 *
 * <p>Source: Ronneberger, Fischer, Brox 2015, arXiv:1505.04597, here with padding.
 */
public final class UNet {
  /** Sides of pictures must be multiples of this: two levels halve them twice. */
  public static final int STEP = 4;

  /** How many pixels away a pixel can still change an answer, rounded up to {@link #STEP}s. */
  public static final int REACH = 24;

  private static final int[] WIDTHS = {8, 16, 32};

  private final List<Layer> layers = new ArrayList<>();
  private final int outputs;

  /**
   * A convolution.
   *
   * @param name what its parameters are called
   * @param in channels it reads
   * @param out channels it makes
   * @param size side of its window
   */
  private record Layer(String name, int in, int out, int size) {}

  /**
   * A named array of numbers to be learned.
   *
   * @param name for example {@code down1.first.weight}
   * @param shape its sizes
   * @param fanIn how many numbers each output of its layer is a sum of
   */
  public record ParameterArray(String name, Shape shape, int fanIn) {}

  /**
   * Makes the network.
   *
   * @param channels channels of a picture
   * @param outputs logits per pixel: 1, or one for each class
   */
  public UNet(int channels, int outputs) {
    this.outputs = outputs;
    level("down0", channels, WIDTHS[0]);
    level("down1", WIDTHS[0], WIDTHS[1]);
    level("bottom", WIDTHS[1], WIDTHS[2]);
    level("up1", WIDTHS[1] + WIDTHS[2], WIDTHS[1]);
    level("up0", WIDTHS[0] + WIDTHS[1], WIDTHS[0]);
    layers.add(new Layer("out", WIDTHS[0], outputs, 1));
  }

  private void level(String name, int in, int out) {
    layers.add(new Layer(name + ".first", in, out, 3));
    layers.add(new Layer(name + ".second", out, out, 3));
  }

  /** Returns how many logits a pixel gets. */
  public int outputs() {
    return outputs;
  }

  /** Returns what is to be learned, in the order in which {@link #apply} takes it. */
  public List<ParameterArray> parameters() {
    List<ParameterArray> arrays = new ArrayList<>();
    for (Layer layer : layers) {
      int fanIn = layer.in() * layer.size() * layer.size();
      Shape weight = Shape.of(layer.out(), layer.in(), layer.size(), layer.size());
      arrays.add(new ParameterArray(layer.name() + ".weight", weight, fanIn));
      arrays.add(new ParameterArray(layer.name() + ".bias", Shape.of(layer.out()), fanIn));
    }
    return arrays;
  }

  /** Returns random parameters, uniform within ±1/√fan-in, which is PyTorch's default. */
  public float[][] initial(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return parameters().stream()
        .map(
            array -> {
              double bound = 1 / Math.sqrt(array.fanIn());
              float[] values = new float[array.shape().count()];
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble(-bound, bound);
              }
              return values;
            })
        .toArray(float[][]::new);
  }

  /**
   * Returns logits {@code [N, outputs, height, width]}.
   *
   * @param pictures {@code [N, channels, height, width]}, sides multiples of {@link #STEP}
   * @param parameters as {@link #parameters()} lists them
   */
  public Tensor apply(Tensor pictures, List<Tensor> parameters) {
    Iterator<Tensor> next = parameters.iterator();
    Tensor centred = pictures.minus(0.5).times(4); // black is −2, white is 2
    Tensor fine = level(centred, next);
    Tensor coarse = level(fine.maxPool(2), next);
    Tensor bottom = level(coarse.maxPool(2), next);
    Tensor up = level(joined(coarse, bottom), next);
    up = level(joined(fine, up), next);
    return convolved(up, next, 0);
  }

  private static Tensor level(Tensor x, Iterator<Tensor> next) {
    return convolved(convolved(x, next, 1).relu(), next, 1).relu();
  }

  private static Tensor joined(Tensor fine, Tensor coarse) {
    Shape to = fine.shape();
    return Tensor.concat(1, fine, coarse.resizeNearest(to.get(2), to.get(3)));
  }

  private static Tensor convolved(Tensor x, Iterator<Tensor> next, int padding) {
    Tensor weight = next.next();
    Tensor bias = next.next();
    return x.convolve(weight, 1, padding).plus(bias.reshape(bias.shape().count(), 1, 1));
  }
}
