package io.lossmith.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.app.data.Drawn;
import io.lossmith.app.data.Share;
import io.lossmith.app.report.Progress;
import io.lossmith.app.train.History;
import io.lossmith.core.collective.Collective;
import io.lossmith.core.collective.LocalCollective;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workers that each have a copy of the pictures, of which most are damaged. */
class OwnPicturesTests {
  private static final int PICTURES = 17;
  private static final int VALIDATION = PICTURES / 5;
  private static final int LEARNED = PICTURES - VALIDATION;
  private static final int KEPT = 20; // bytes of a damaged file

  private static final Progress SILENT =
      new Progress() {
        @Override
        public void begin(int before, int steps) {
          // Nobody looks.
        }

        @Override
        public void stepped(int step, int steps, History history) {
          // Nobody looks.
        }

        @Override
        public void validated(History history) {
          // Nobody looks.
        }

        @Override
        public void close() {
          // There is nothing to close.
        }
      };

  @TempDir private Path folder;

  /** Of unequal sizes and brightness, and one in colour. */
  @BeforeEach
  void makePictures() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    Files.createDirectories(folder.resolve("all/i"));
    Files.createDirectories(folder.resolve("all/m"));
    for (int number = 0; number < PICTURES; number++) {
      int width = 20 + random.nextInt(20);
      int[] values = new int[width * (16 + random.nextInt(20))];
      int[] mask = new int[values.length];
      for (int i = 0; i < values.length; i++) {
        boolean cell = (i % width / 7 + i / width / 7) % 3 == 0;
        int grey = (cell ? 30 : 8) + random.nextInt(12);
        values[i] = number == 5 ? grey << 16 | grey << 7 | grey : grey;
        mask[i] = cell ? 255 : 0;
      }
      Path file = folder.resolve("all/i").resolve(name(number));
      if (number == 5) {
        Drawn.colour(file, width, values);
      } else {
        Drawn.grey(file, width, values);
      }
      Drawn.grey(folder.resolve("all/m").resolve(name(number)), width, mask);
    }
  }

  private static String name(int number) {
    return "p%02d.png".formatted(number);
  }

  private void copyFor(String copy) throws IOException {
    for (String kind : List.of("i", "m")) {
      Path to = Files.createDirectories(folder.resolve(copy).resolve(kind));
      try (Stream<Path> files = Files.list(folder.resolve("all").resolve(kind))) {
        for (Path file : files.toList()) {
          Files.copy(file, to.resolve(file.getFileName()));
        }
      }
    }
  }

  /** Leaves a file its name and its size. */
  private void damage(String copy, String kind, int number) throws IOException {
    Path file = folder.resolve(copy).resolve(kind).resolve(name(number));
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, KEPT, bytes.length, (byte) 0);
    Files.write(file, bytes);
  }

  private List<String> arguments(String pictures, String out, int batch) {
    return List.of(
        "--images=" + folder.resolve(pictures).resolve("i"),
        "--masks=" + folder.resolve(pictures).resolve("m"),
        "--out=" + folder.resolve(out),
        "--batch=" + batch,
        "--crop=16",
        "--steps=20",
        "--foreground-pieces=0.5",
        "--mask-colors=found",
        "--classes=2",
        "--class-weights=inverse",
        "--loss=cross-entropy",
        "--threads=1");
  }

  /** Has each worker train with its own copy; returns how each ended. */
  private List<String> train(int workers, String copy, String out, int batch)
      throws InterruptedException {
    List<Collective> all = LocalCollective.of(workers, Duration.ofSeconds(60));
    String[] ends = new String[workers];
    List<Thread> threads = new ArrayList<>();
    for (Collective own : all) {
      List<String> arguments = arguments(copy + own.rank(), out, batch);
      Thread thread =
          new Thread(
              () -> {
                try {
                  WorkerTraining.of(arguments)
                      .run(own, new PrintWriter(Writer.nullWriter()), SILENT);
                  ends[own.rank()] = "";
                } catch (RuntimeException e) {
                  ends[own.rank()] = e.getMessage();
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return List.of(ends);
  }

  private static Share share(int workers, int rank, int batch) {
    return Share.of(
        List.of(LocalCollective.of(workers, Duration.ofSeconds(1)).get(rank)), batch, 1);
  }

  /** Also workers with nothing of the batch, and batches larger than there are pictures. */
  @ParameterizedTest
  @CsvSource({"2, 3", "3, 5", "3, 40", "5, 3"})
  void eachReadsItsOwnAlone(int workers, int batch) throws Exception {
    copyFor("alone0");
    assertThat(train(1, "alone", "alone", batch)).containsExactly("");
    int damaged = 0;
    for (int rank = 0; rank < workers; rank++) {
      String copy = "own" + rank;
      copyFor(copy);
      SortedSet<Integer> learned = share(workers, rank, batch).training(LEARNED);
      SortedSet<Integer> measured = share(workers, rank, batch).validation(VALIDATION);
      for (int number = 0; number < PICTURES; number++) {
        boolean own =
            number < LEARNED ? learned.contains(number) : measured.contains(number - LEARNED);
        if (!own) {
          damage(copy, "i", number);
          damage(copy, "m", number);
          damaged++;
        }
      }
    }
    assertThat(damaged).isGreaterThanOrEqualTo((workers - 1) * LEARNED - workers);
    assertThat(train(workers, "own", "together", batch)).containsOnly("");
    for (String same : List.of("model.npz", "steps.csv", "dice.png", "loss.png")) {
      assertThat(folder.resolve("together").resolve(same))
          .hasSameBinaryContentAs(folder.resolve("alone").resolve(same));
    }
  }

  @Test
  void aPictureThatOneCannotReadEndsAll() throws Exception {
    for (int rank = 0; rank < 3; rank++) {
      copyFor("own" + rank);
    }
    int number = share(3, 2, 5).training(LEARNED).last();
    for (int rank = 0; rank < 3; rank++) {
      damage("own" + rank, "i", number);
    }
    List<String> ends = train(3, "own", "out", 5);
    assertThat(ends.get(2)).startsWith(folder.resolve("own2/i").resolve(name(number)) + ": ");
    assertThat(ends.get(0)).isEqualTo("collective: worker 2 ended: " + ends.get(2));
    assertThat(ends.get(1)).isEqualTo(ends.get(0));
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void foldersThatDifferAreToldBeforeAnythingIsRead() throws Exception {
    copyFor("own0");
    copyFor("own1");
    int number = 3;
    damage("own0", "i", number); // whoever reads it
    damage("own1", "i", number);
    Files.delete(folder.resolve("own1/i").resolve(name(number)));
    assertThat(train(2, "own", "out", 5))
        .containsOnly(
            "train: worker 1 lacks training picture p03, files of "
                + Files.size(folder.resolve("own0/i").resolve(name(number)))
                + " and "
                + Files.size(folder.resolve("own0/m").resolve(name(number)))
                + " bytes, which worker 0 has; start all workers with the same options and"
                + " pictures.");
    copyFor("other0");
    copyFor("other1");
    Drawn.grey(folder.resolve("other1/m").resolve(name(number)), 1, 0, 255);
    assertThat(train(2, "other", "out", 5))
        .hasSize(2)
        .allMatch(end -> end.startsWith("train: worker 1 has training picture p03, files of "));
  }

  /** Names and sizes are alike, so only who reads it sees it: neighbours share a picture. */
  @Test
  void anotherPictureOfTheSameSizeIsSeenByNeighbours() throws Exception {
    copyFor("own0");
    copyFor("own1");
    SortedSet<Integer> both = share(2, 0, 5).training(LEARNED);
    both.retainAll(share(2, 1, 5).training(LEARNED));
    assertThat(both).hasSize(1);
    for (int rank = 0; rank < 2; rank++) {
      Path images = folder.resolve("own" + rank).resolve("i");
      Files.delete(images.resolve(name(both.first())));
      int[] values = new int[20 * 20];
      values[7] = rank;
      Drawn.grey(images.resolve(name(both.first()).replace("png", "bmp")), 20, values);
      Path masks = folder.resolve("own" + rank).resolve("m");
      Drawn.grey(masks.resolve(name(both.first())), 20, new int[20 * 20]);
    }
    List<String> ends = train(2, "own", "out", 5);
    assertThat(ends.get(0))
        .startsWith("train: worker 1 has training picture p%02d, 20 x 20, ".formatted(both.first()))
        .contains(", worker 0 has training picture p");
    assertThat(ends.get(1)).isEqualTo(ends.get(0));
  }
}
