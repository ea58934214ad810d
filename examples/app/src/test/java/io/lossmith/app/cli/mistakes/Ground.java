package io.lossmith.app.cli.mistakes;

import io.lossmith.app.data.Drawn;
import io.lossmith.app.data.Npy;
import io.lossmith.app.model.Model;
import io.lossmith.core.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder of right files and of wrong ones, another of files that nobody may read or write, and
 * the command line that is run in them.
 */
final class Ground implements AutoCloseable {
  /** Stands for the folder of what nobody may read or write. */
  static final String LOCKED = "LOCKED";

  /** What is right, of which a row replaces a part. DIR is the folder. */
  private static final Map<String, List<String>> RIGHT =
      Map.of(
          "train",
              List.of(
                  "--images=DIR/i/right",
                  "--masks=DIR/m/right",
                  "--steps=1",
                  "--batch=1",
                  "--crop=8",
                  "--out=DIR/out"),
          "predict", List.of("--model=DIR/model.npz", "--images=DIR/i/right", "--out=DIR/out"),
          "evaluate", List.of("--predictions=DIR/m/said", "--truth=DIR/m/right"),
          "loss", List.of("NAME=dice", "--prediction=DIR/p.npy", "--target=DIR/t.npy"),
          "explain", List.of("NAME=dice", "--shape=1,2,4,4"),
          "verify", List.of("CASES.jsonl=DIR/c/right.jsonl"),
          "bench", List.of("--catalogue=huber", "--seconds=0.01"));

  /** What an output must not be. */
  static final Map<String, String> INPUTS =
      Map.of(
          "train", "DIR/i/right",
          "predict", "DIR/i/right",
          "evaluate", "DIR/m/right/p0.png",
          "loss", "DIR/p.npy",
          "verify", "DIR/c/right.jsonl");

  /** What goes only together with something else. */
  private static final Map<String, List<String>> BESIDE =
      Map.of(
          "train --validation-images", List.of("--validation-masks=DIR/m/right"),
          "train --validation-masks", List.of("--validation-images=DIR/i/right"),
          "train --class-weights", List.of("--classes=2", "--masks=DIR/m/ones"),
          "train --resume", List.of());

  /** These print what they find before what is wrong later. */
  private static final Set<String> WHILE_WORKING = Set.of("train", "bench");

  private static final String CASE =
      "{\"id\":\"a\",\"loss\":\"dice\",\"options\":{\"smooth\":0},"
          + "\"prediction\":{\"shape\":[1,1,1,2],\"values\":[0.8,0.2]},"
          + "\"target\":{\"shape\":[1,1,1,2],\"values\":[1,0]},"
          + "\"expected\":{\"value\":0.2},\"tolerance\":2e-5}";

  private static final int WIDE = 24;
  private static final int HIGH = 16;
  private static final int PICTURES = 5;

  private final Path folder;
  private final LockedFiles locked;

  private Ground(Path folder, LockedFiles locked) {
    this.folder = folder;
    this.locked = locked;
  }

  /** Makes all files, in two folders. */
  static Ground in(Path folder, Path locked) throws IOException {
    Ground ground = new Ground(folder, new LockedFiles(locked));
    ground.write("text.txt", "these are words\n");
    ground.write("nothing.txt", "");
    Files.createDirectory(folder.resolve("empty"));
    Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
    ground.pictures();
    ground.masks();
    ground.arrays();
    ground.cases();
    ground.models();
    ground.locked.make(folder.resolve("i/right"), folder.resolve("m/right"));
    return ground;
  }

  /** Unlocks what is locked, so that it can be removed. */
  @Override
  public void close() throws IOException {
    locked.close();
  }

  /** Returns whether what a row needs can be had here. */
  boolean has(Row row) {
    return !row.arguments().contains(LOCKED) || locked.commands() != null;
  }

  private void pictures() throws IOException {
    for (String kind : List.of("right", "text", "cut", "nothing", "foreign", "of-one-pixel")) {
      Files.createDirectories(folder.resolve("i/" + kind));
      for (int i = 0; i < PICTURES; i++) {
        Drawn.grey(file("i", kind, i), WIDE, pixels(i, label -> 60 + 120 * label));
      }
    }
    spoil("i");
    Files.write(
        file("i", "foreign", 2), "RIFF\0\0\0\0WEBPVP8 ".getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < PICTURES; i++) {
      Drawn.grey(file("i", "of-one-pixel", i), 1, 7);
    }
  }

  private void masks() throws IOException {
    masks("right", label -> 255 * label);
    masks("said", label -> 255 * label);
    masks("text", label -> 255 * label);
    masks("cut", label -> 255 * label);
    masks("nothing", label -> 255 * label);
    spoil("m");
    masks("one-less", label -> 255 * label);
    Files.delete(file("m", "one-less", 2));
    masks("of-another-size", label -> 255 * label);
    Drawn.grey(file("m", "of-another-size", 2), WIDE / 2, new int[WIDE / 2 * HIGH]);
    masks("turned", label -> 255 * label);
    Drawn.grey(file("m", "turned", 2), HIGH, pixels(2, label -> 255 * label));
    masks("ones", label -> label);
    masks("ones-and-whites", label -> label);
    Drawn.grey(file("m", "ones-and-whites", 2), WIDE, pixels(2, label -> 255 * label));
    masks("objects", label -> 7 * label);
    masks("unknown", label -> label);
    int[] unknown = pixels(2, label -> label);
    Arrays.fill(unknown, 0, WIDE, 255);
    Drawn.grey(file("m", "unknown", 2), WIDE, unknown);
    masks("black", label -> 0);
    masks("four", label -> 3 * label);
    for (int i = 0; i < PICTURES; i++) {
      Files.createDirectories(folder.resolve("m/colours"));
      Drawn.colour(
          file("m", "colours", i), WIDE, pixels(i, label -> label == 0 ? 0x00ff00 : 0xff0000));
      Files.createDirectories(folder.resolve("m/lossy"));
      Drawn.grey(folder.resolve("m/lossy/p" + i + ".jpg"), WIDE, pixels(i, label -> label));
    }
  }

  private void masks(String kind, IntUnaryOperator number) throws IOException {
    Files.createDirectories(folder.resolve("m/" + kind));
    for (int i = 0; i < PICTURES; i++) {
      Drawn.grey(file("m", kind, i), WIDE, pixels(i, number));
    }
  }

  /** A block whose place depends on the picture. */
  private static int[] pixels(int picture, IntUnaryOperator number) {
    int[] pixels = new int[WIDE * HIGH];
    for (int at = 0; at < pixels.length; at++) {
      int x = at % WIDE;
      int y = at / WIDE;
      pixels[at] =
          number.applyAsInt(x >= 4 + picture && x < 14 + picture && y >= 3 && y < 12 ? 1 : 0);
    }
    return pixels;
  }

  /** Makes the third picture of three folders no picture. */
  private void spoil(String where) throws IOException {
    Files.writeString(file(where, "text", 2), "these are words\n");
    Files.write(file(where, "nothing", 2), new byte[0]);
    byte[] whole = Files.readAllBytes(file(where, "cut", 2));
    Files.write(file(where, "cut", 2), Arrays.copyOf(whole, whole.length / 2));
  }

  private Path file(String where, String kind, int picture) {
    return folder.resolve(where + "/" + kind + "/p" + picture + ".png");
  }

  private void arrays() throws IOException {
    Shape shape = Shape.of(1, 2, 2, 3);
    float[] p = {.1f, .2f, .3f, .4f, .5f, .6f, .9f, .8f, .7f, .6f, .5f, .4f};
    float[] t = {0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0};
    Npy.write(folder.resolve("p.npy"), shape, p);
    Npy.write(folder.resolve("t.npy"), shape, t);
    Files.createDirectories(folder.resolve("a"));
    array("no-elements", Shape.of(0, 2, 2, 3));
    array("one-axis", Shape.of(12), t);
    array("two-samples", Shape.of(2, 2, 2, 3), new float[24]);
    array("three-channels", Shape.of(1, 3, 2, 3), new float[18]);
    array("turned", Shape.of(1, 2, 3, 2), t);
    array("nan", shape, with(p, Float.NaN));
    array("infinite", shape, with(p, Float.POSITIVE_INFINITY));
    array("logits", shape, with(p, -3.5f));
    array("whites", shape, with(t, 255));
    array("classes", Shape.of(1, 2, 3), 0, 1, 1, 0, 1, 0);
    array("beyond", Shape.of(1, 2, 3), 0, 1, 2, 0, 1, 0);
    array("unknown", Shape.of(1, 2, 3), 0, 1, 255, 0, 1, 0);
    array("below", Shape.of(1, 2, 3), 0, 1, -1, 0, 1, 0);
    Files.write(folder.resolve("a/nothing.npy"), new byte[0]);
    byte[] whole = Files.readAllBytes(folder.resolve("p.npy"));
    Files.write(folder.resolve("a/cut.npy"), Arrays.copyOf(whole, whole.length - 6));
  }

  private void array(String name, Shape shape, float... values) {
    Npy.write(folder.resolve("a/" + name + ".npy"), shape, values);
  }

  private static float[] with(float[] values, float fifth) {
    float[] changed = values.clone();
    changed[4] = fifth;
    return changed;
  }

  private void cases() throws IOException {
    Files.createDirectories(folder.resolve("c"));
    write("c/right.jsonl", CASE + "\n");
    write("c/cut.jsonl", CASE.substring(0, CASE.length() / 2));
    write("c/nothing.jsonl", "");
    write("c/two-on-one-line.jsonl", CASE + CASE.replace("0.2}", "0.3}"));
    write("c/comma.jsonl", CASE + ",");
    write("c/mark.jsonl", "\uFEFF" + CASE);
    write("c/half-an-axis.jsonl", CASE.replace("[1,1,1,2]", "[1,1,1.5,2]"));
    write("c/below-nought.jsonl", CASE.replace("[1,1,1,2]", "[-1,1,1,2]"));
    write("c/infinite-tolerance.jsonl", CASE.replace("2e-5", "1e999"));
    write("c/nan-tolerance.jsonl", CASE.replace("2e-5", "NaN"));
    write("c/misspelt.jsonl", CASE.replace("tolerance", "tolerence"));
    write("c/transposed.jsonl", CASE.replaceFirst("1,2\\]", "2,1]"));
    Files.write(folder.resolve("c/utf16.jsonl"), CASE.getBytes(StandardCharsets.UTF_16));
  }

  private void models() throws IOException {
    run("train", List.of());
    Files.move(folder.resolve("out/model.npz"), folder.resolve("model.npz"));
    remove(folder.resolve("out"));
    byte[] whole = Files.readAllBytes(folder.resolve("model.npz"));
    Files.write(folder.resolve("cut.npz"), Arrays.copyOf(whole, whole.length / 2));
    write("nothing.npz", "");
    Model model = Model.read(folder.resolve("model.npz"));
    for (float[] array : model.parameters()) {
      Arrays.fill(array, 1e30f);
    }
    model.write(folder.resolve("overflow.npz"));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  /** Runs a row; returns what came out as rows say it. */
  String outcome(Row row) {
    Map<String, Integer> before = contents();
    List<String> given =
        row.arguments().isEmpty() ? List.of() : List.of(row.arguments().split(" ", -1));
    Commands.Ran ran = run(row.command(), given);
    Map<String, Integer> after = contents();
    remove(folder.resolve("out"));
    if (ran.code() == 0
        || row.command().equals("predict")) { // masks before the wrong one are whole
      after.keySet().removeIf(name -> name.startsWith("out"));
    }
    String harm = before.equals(after) ? "" : " [files were changed]";
    String printed = ran.code() == 2 && !ran.out().isEmpty() ? " [prints beside]" : "";
    String err = ran.err().strip().replaceAll("\\R", " | ");
    return shown(
        switch (ran.code()) {
              case 0 -> Row.DONE + (err.isEmpty() ? "" : "; " + err);
              case 1 -> "failed" + (err.isEmpty() ? "" : "; " + err);
              default -> err;
            }
            + harm
            + (WHILE_WORKING.contains(row.command()) ? "" : printed));
  }

  private Commands.Ran run(String command, List<String> given) {
    Map<String, String> all = new LinkedHashMap<>();
    List<String> rest =
        given.stream().filter(one -> one.indexOf('=') < 0).collect(Collectors.toList());
    RIGHT.getOrDefault(command, List.of()).forEach(one -> put(all, one));
    for (String one : given) {
      if (one.indexOf('=') > 0) {
        String name = one.substring(0, one.indexOf('='));
        BESIDE.getOrDefault(command + " " + name, List.of()).forEach(with -> put(all, with));
        put(all, one.replace("INPUT", INPUTS.getOrDefault(command, "")));
      }
    }
    String[] words =
        Stream.of(
                Stream.of(command),
                all.entrySet().stream().map(one -> written(one.getKey(), one.getValue())),
                rest.stream())
            .flatMap(one -> one)
            .map(word -> word.replace("DIR", folder.toString()))
            .map(word -> word.replace(LOCKED, locked.folder().toString()))
            .toArray(String[]::new);
    boolean needed = given.stream().anyMatch(one -> one.contains(LOCKED));
    return (needed ? locked.commands() : Commands.HERE).run(words);
  }

  private static void put(Map<String, String> all, String one) {
    int at = one.indexOf('=');
    all.put(one.substring(0, at), one.substring(at + 1));
  }

  private static String written(String name, String value) {
    return name.startsWith("-") ? name + "=" + value : value;
  }

  private String shown(String text) {
    return text.replace(folder.toString(), "DIR").replace(locked.folder().toString(), LOCKED);
  }

  private Map<String, Integer> contents() {
    try (Stream<Path> files = Files.walk(folder)) {
      Map<String, Integer> contents = new TreeMap<>();
      for (Path file : files.toList()) {
        boolean plain = Files.isRegularFile(file);
        contents.put(
            folder.relativize(file).toString(),
            plain ? Arrays.hashCode(Files.readAllBytes(file)) : 0);
      }
      return contents;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void remove(Path out) {
    try (Stream<Path> files = Files.exists(out) ? Files.walk(out) : Stream.empty()) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
