package io.lossmith.app.model;

import io.lossmith.app.io.BadInput;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kinds of files that training writes, and the versions of them that are read. */
enum NpzFormat {
  /** What predict needs. */
  MODEL("model", 2, "train again, or give another file", "give the model.npz beside it."),

  /** What train needs to go on. */
  CHECKPOINT(
      "checkpoint",
      2,
      "train again without --resume",
      "give the folder of a run that left a checkpoint.npz.");

  private final String word;
  private final int version;
  private final String remedy;
  private final String hint;

  NpzFormat(String word, int version, String remedy, String hint) {
    this.word = word;
    this.version = version;
    this.remedy = remedy;
    this.hint = hint;
  }

  /** Returns what a file of this kind is, with its article. */
  String what() {
    return "a " + word;
  }

  /** Returns what to do about a file that cannot be used. */
  String remedy() {
    return remedy;
  }

  /** Returns what to do where a file of the other kind was given. */
  String hint() {
    return hint;
  }

  /** Returns where in the zip the description is. */
  String entry() {
    return word + ".json";
  }

  /** Returns what the description gives as its format. */
  String tag() {
    return "lossmith-" + word + "-" + version;
  }

  /** Refuses what was written by a newer program; older versions are read. */
  void check(Path file, String tag) {
    Matcher number = Pattern.compile("lossmith-" + word + "-([1-9]\\d{0,8})").matcher(tag);
    int written = number.matches() ? Integer.parseInt(number.group(1)) : 0;
    if (written >= 1 && written <= version) {
      return;
    }
    boolean newer = written > version;
    throw new BadInput(
        file
            + ": has format \""
            + tag
            + "\", must be \""
            + tag()
            + "\"; "
            + (newer ? "it was written by a newer Lossmith, use that one" : remedy)
            + ".");
  }
}
