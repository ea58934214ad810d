package io.lossmith.app.model;

import io.lossmith.app.data.Augmentation;
import io.lossmith.app.data.DataSet;
import io.lossmith.app.data.Pieces;
import io.lossmith.app.data.SyntheticCells;
import io.lossmith.app.train.RateSchedule;
import io.lossmith.app.train.Trainer;
import io.lossmith.app.train.TrainingPlan;
import io.lossmith.core.engine.Engines;
import io.lossmith.losses.Dice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Small trainings and changed files for tests. */
final class Learned {
  static final DataSet CELLS = SyntheticCells.make(3, 1, 40, 1);

  private Learned() {}

  static TrainingPlan plan(int steps) {
    return plan(steps, RateSchedule.CONSTANT, 0.01, 0);
  }

  static TrainingPlan plan(int steps, RateSchedule schedule, double rate, int patience) {
    Pieces pieces = new Pieces(1, 16, 0.5, Augmentation.NONE);
    return new TrainingPlan(steps, pieces, rate, schedule, patience, 7);
  }

  static Trainer trainer(int steps) {
    return trainer(plan(steps));
  }

  static Trainer trainer(TrainingPlan plan) {
    return new Trainer(plan, CELLS, 1, Set.of(), Dice.sigmoid(), Engines.defaultEngine());
  }

  /** Writes a zip with one entry changed, or left out where {@code bytes} is null. */
  static void change(Path file, String entry, byte[] bytes) throws IOException {
    Map<String, byte[]> entries = entries(file);
    entries.remove(entry);
    if (bytes != null) {
      entries.put(entry, bytes);
    }
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> one : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(one.getKey()));
        out.write(one.getValue());
        out.closeEntry();
      }
    }
  }

  static Map<String, byte[]> entries(Path file) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (InputStream bytes = Files.newInputStream(file);
        ZipInputStream in = new ZipInputStream(bytes)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName(), in.readAllBytes());
      }
    }
    return entries;
  }
}
