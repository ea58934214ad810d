package io.lossmith.app.report;

import io.lossmith.app.data.Npy;
import io.lossmith.app.data.Picture;
import io.lossmith.app.data.Source;
import io.lossmith.app.io.AtomicFile;
import io.lossmith.app.io.BadInput;
import io.lossmith.app.train.Prediction;
import io.lossmith.app.train.Predictor;
import io.lossmith.core.Shape;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Writes what a network answers to pictures.
 *
 * @param folder where to
 * @param outputs logits of a pixel: 1, or one for each class
 * @param probabilities whether to write these too
 */
public record PredictionOutput(Path folder, int outputs, boolean probabilities) {
  /**
   * Answers a picture and writes {@code NAME.png}, and {@code NAME.npy} before it.
   *
   * @param picture as the network wants it
   * @param file where it came from, which is not written over
   */
  public void write(String name, Picture picture, Predictor predictor, Source file) {
    Path maskFile = AtomicFile.within(folder, name + ".png");
    AtomicFile.requireOther(maskFile, file.file());
    byte[] classes;
    if (probabilities) {
      requireRoom(picture, file);
      Prediction prediction = predictor.predict(picture);
      Shape shape = Shape.of(outputs, picture.height(), picture.width());
      Npy.write(folder.resolve(name + ".npy"), shape, prediction.probabilities());
      classes = prediction.classes();
    } else {
      classes = predictor.classes(picture);
    }
    BufferedImage mask = mask(classes, picture.width(), picture.height());
    AtomicFile.write(maskFile, out -> ImageIO.write(mask, "png", out));
  }

  private void requireRoom(Picture picture, Source file) {
    if ((long) outputs * picture.pixels() > Integer.MAX_VALUE - 8) {
      throw new BadInput(
          file
              + ": is "
              + picture.size()
              + ", too large for the probabilities of "
              + outputs
              + " classes in one array; cut it, or leave --probabilities away.");
    }
  }

  /** The bytes of a grey picture are its values as they are stored: no colour management. */
  private BufferedImage mask(byte[] classes, int width, int height) {
    BufferedImage mask = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    byte[] stored = ((DataBufferByte) mask.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < classes.length; i++) {
      stored[i] = outputs == 1 ? (byte) -classes[i] : classes[i]; // −1 is 255
    }
    return mask;
  }
}
