package io.lossmith.app.formats;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.SampleModel;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** Pictures that the JDK's own readers decode. */
final class ImageIoFile implements PictureFile {
  private final ImageInputStream in;
  private final ImageReader reader;
  private final boolean lossy;
  private @Nullable IIOException cut;

  /** Opens a file; {@code lossy} tells whether its format changes what is saved. */
  ImageIoFile(Path file, String format, boolean lossy) throws IOException {
    try {
      this.in = new FileImageInputStream(file.toFile());
    } catch (FileNotFoundException e) {
      throw new AccessDeniedException(file.toString()); // it was there a moment ago
    }
    this.reader = ImageIO.getImageReadersByFormatName(format).next();
    this.lossy = lossy;
    reader.setInput(in);
    reader.addIIOReadWarningListener((source, warning) -> listen(warning));
  }

  /** The JPEG reader only warns about a cut file and fills the rest with grey. */
  private void listen(String warning) {
    String text = warning.toLowerCase(Locale.ROOT);
    if (text.contains("premature") || text.contains("truncated")) {
      cut = new IIOException(warning, new EOFException());
    }
  }

  @Override
  public int pictures() throws IOException {
    return reader.getNumImages(true);
  }

  @Override
  public PictureLayout layout(int picture) throws IOException {
    ColorModel colors = reader.getImageTypes(picture).next().getColorModel();
    boolean palette = colors instanceof IndexColorModel;
    int bits = palette ? Byte.SIZE : colors.getComponentSize(0);
    return new PictureLayout(
        reader.getWidth(picture),
        reader.getHeight(picture),
        SampleType.unsigned(bits),
        palette ? 1 : colors.getNumComponents(),
        palette || colors.getNumColorComponents() < 3 ? 1 : 3,
        palette);
  }

  @Override
  public Stored read(int picture) throws IOException {
    BufferedImage image = reader.read(picture);
    if (cut != null) {
      throw cut;
    }
    Raster raster = image.getRaster();
    ColorModel colors = image.getColorModel();
    int[] palette = colors instanceof IndexColorModel model ? palette(model) : null;
    SampleModel model = raster.getSampleModel();
    int[] bits = model.getSampleSize();
    boolean even = Arrays.stream(bits).allMatch(size -> size == bits[0]);
    PictureLayout layout =
        new PictureLayout(
            image.getWidth(),
            image.getHeight(),
            palette != null
                ? SampleType.unsigned(Byte.SIZE)
                : even
                    ? SampleType.unsigned(bits[0])
                    : new SampleType(Float.SIZE, SampleType.Kind.DECIMAL),
            raster.getNumBands(),
            palette != null || colors.getNumColorComponents() < 3 ? 1 : 3,
            palette != null);
    Samples samples = even ? new RasterSamples(raster) : parts(raster, bits);
    boolean alpha = palette == null && colors.hasAlpha();
    return new Stored(layout, samples, alpha, palette, false, lossy, false);
  }

  private static int[] palette(IndexColorModel model) {
    int[] colours = new int[model.getMapSize()];
    model.getRGBs(colours);
    for (int i = 0; i < colours.length; i++) {
      colours[i] &= 0xFFFFFF;
    }
    return colours;
  }

  /** Where bands have different bits, their numbers are parts of the greatest of each. */
  private static Samples parts(Raster raster, int[] bits) {
    return (band, x, y) -> raster.getSample(x, y, band) / (Math.scalb(1.0, bits[band]) - 1);
  }

  private record RasterSamples(Raster raster) implements Samples {
    @Override
    public double at(int band, int x, int y) {
      return raster.getSampleDouble(x, y, band);
    }

    @Override
    public void row(int band, int y, double[] row) {
      raster.getSamples(0, y, row.length, 1, band, row);
    }
  }

  @Override
  public void close() throws IOException {
    reader.dispose();
    in.close();
  }
}
