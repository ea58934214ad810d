package io.lossmith.app.data;

import io.lossmith.app.workers.Alone;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Makes pictures of cells as a fluorescence microscope might: bodies with a bright membrane and a
 * nucleus, uneven light, specks of dirt that are no cells, blur and noise. The truth is the body of
 * each cell with its membrane. The same seed makes the same pictures.
 */
public final class SyntheticCells {
  private static final double SPACING = 26; // pixels between centres, at least
  private static final double DARK = 0.16; // what light falls on an empty spot
  private static final float NOISE = 0.055f;

  private final int size;
  private final SplittableRandom random;
  private final float[] light;
  private final byte[] truth;

  private SyntheticCells(int size, SplittableRandom random) {
    this.size = size;
    this.random = random;
    this.light = new float[size * size];
    this.truth = new byte[size * size];
  }

  /** Makes a set of square pictures of {@code size} pixels a side. */
  public static DataSet make(int training, int validation, int size, long seed) {
    return Reading.read(
        origin(0, training, size, seed),
        origin(training, validation, size, seed),
        Share.whole(1, seed),
        Alone.WORKER);
  }

  /**
   * Returns some of the square pictures that a seed makes.
   *
   * @param first the number of the first, from 0
   * @param count how many there are
   * @param size pixels a side
   */
  public static Origin origin(int first, int count, int size, long seed) {
    return new Origin() {
      @Override
      public int size() {
        return count;
      }

      @Override
      public SortedMap<Integer, Seen> read(SortedSet<Integer> numbers) {
        SortedMap<Integer, Seen> made = new ConcurrentSkipListMap<>();
        numbers.parallelStream().forEach(number -> made.put(number, made(first + number)));
        return made;
      }

      private Seen made(int number) {
        SyntheticCells cells = new SyntheticCells(size, chance(seed, number));
        Sample sample = cells.draw("cells-%03d".formatted(number + 1));
        return new Seen(sample, SampleFacts.of(sample));
      }
    };
  }

  private static SplittableRandom chance(long seed, int number) {
    SplittableRandom all = new SplittableRandom(seed);
    SplittableRandom own = all.split();
    for (int i = 0; i < number; i++) {
      own = all.split();
    }
    return own;
  }

  private Sample draw(String name) {
    Arrays.fill(light, (float) DARK);
    int cells = size * size / 1100;
    List<double[]> centres = new ArrayList<>();
    for (int attempt = 0; attempt < 12 * cells && centres.size() < cells; attempt++) {
      double[] centre = {random.nextDouble(size), random.nextDouble(size)};
      if (centres.stream().allMatch(c -> distance(c[0] - centre[0], c[1] - centre[1]) > SPACING)) {
        centres.add(centre);
        drawCell(centre[0], centre[1]);
      }
    }
    for (int speck = 0; speck < size * size / 900; speck++) {
      drawSpeck(random.nextDouble(size), random.nextDouble(size), random.nextDouble(0.8, 1.8));
    }
    float[] picture = blurred(light);
    expose(picture);
    return new Sample(name, new Picture(size, size, 1, picture), new Mask(size, size, truth));
  }

  /** A cell's outline is a circle bent by three waves; its nucleus sits off the centre. */
  private void drawCell(double centreX, double centreY) {
    double radius = random.nextDouble(9, 14.5);
    double[] bend = new double[6]; // of each wave, the part along its cosine and along its sine
    for (int wave = 0; wave < 3; wave++) {
      double height = random.nextDouble(0.16) / (wave + 1);
      double phase = random.nextDouble(2 * Math.PI);
      bend[2 * wave] = height * Math.cos(phase);
      bend[2 * wave + 1] = -height * Math.sin(phase);
    }
    double body = random.nextDouble(0.16, 0.30);
    double nucleusX = centreX + random.nextDouble(-2.5, 2.5);
    double nucleusY = centreY + random.nextDouble(-2.5, 2.5);
    double nucleus = radius * random.nextDouble(0.28, 0.42);
    int reach = (int) (radius * 1.6) + 2;
    for (int y = Math.max(0, (int) centreY - reach); y < Math.min(size, centreY + reach); y++) {
      for (int x = Math.max(0, (int) centreX - reach); x < Math.min(size, centreX + reach); x++) {
        double far = distance(x - centreX, y - centreY);
        double inside = radius * (1 + bend(bend, x - centreX, y - centreY, far)) - far;
        if (inside < -6) {
          continue; // of its light, a camera would not see this little
        }
        int pixel = y * size + x;
        if (inside > 0) {
          truth[pixel] = 1;
        }
        double fromMembrane = (inside - 1.2) / 1.1;
        double membrane = 0.34 * Math.exp(-fromMembrane * fromMembrane);
        double core = nucleus - distance(x - nucleusX, y - nucleusY);
        double glow = body / (1 + Math.exp(-2 * inside)) + 0.2 / (1 + Math.exp(-1.5 * core));
        light[pixel] = (float) Math.max(light[pixel], DARK + membrane + glow);
      }
    }
  }

  /** The sum of the waves at an angle, in parts of the radius; from the angle's sine and cosine. */
  private static double bend(double[] bend, double x, double y, double far) {
    double cosine = far == 0 ? 1 : x / far;
    double sine = far == 0 ? 0 : y / far;
    double c = cosine; // of the angle once, twice, three and four times
    double s = sine;
    double sum = 0;
    for (int wave = 0; wave < 3; wave++) {
      double turned = c * cosine - s * sine;
      s = s * cosine + c * sine;
      c = turned;
      sum += bend[2 * wave] * c + bend[2 * wave + 1] * s;
    }
    return sum;
  }

  /** As {@link Math#hypot}, which takes much longer to be right in its last bit too. */
  private static double distance(double x, double y) {
    return Math.sqrt(x * x + y * y);
  }

  private void drawSpeck(double centreX, double centreY, double radius) {
    double bright = random.nextDouble(0.15, 0.5);
    int reach = (int) (3 * radius) + 1;
    for (int y = Math.max(0, (int) centreY - reach); y < Math.min(size, centreY + reach); y++) {
      for (int x = Math.max(0, (int) centreX - reach); x < Math.min(size, centreX + reach); x++) {
        double far = distance(x - centreX, y - centreY) / radius;
        light[y * size + x] += (float) (bright * Math.exp(-far * far));
      }
    }
  }

  /** Each pixel takes half of its light from its neighbours. */
  private float[] blurred(float[] sharp) {
    float[] soft = new float[sharp.length];
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        int left = y * size + Math.max(0, x - 1);
        int right = y * size + Math.min(size - 1, x + 1);
        int above = Math.max(0, y - 1) * size + x;
        int below = Math.min(size - 1, y + 1) * size + x;
        float around = sharp[left] + sharp[right] + sharp[above] + sharp[below];
        soft[y * size + x] = 0.5f * sharp[y * size + x] + 0.125f * around;
      }
    }
    return soft;
  }

  /** Light falls off from one side to the other; the camera adds noise and stores 8 bits. */
  private void expose(float[] picture) {
    double direction = random.nextDouble(2 * Math.PI);
    double fall = random.nextDouble(0.25, 0.5);
    double fallX = fall * Math.cos(direction) / size;
    double fallY = fall * Math.sin(direction) / size;
    for (int y = 0, i = 0; y < size; y++) {
      for (int x = 0; x < size; x++, i++) {
        double lost = (x - size / 2.0) * fallX + (y - size / 2.0) * fallY;
        double value = picture[i] * (1 + lost) + NOISE * normal();
        picture[i] = Math.round(Math.max(0, Math.min(1, value)) * 255) / 255f;
      }
    }
  }

  /** A number from the standard normal distribution, by Box and Muller's transform. */
  private double normal() {
    double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
    return radius * Math.cos(2 * Math.PI * random.nextDouble());
  }
}
