package io.lossmith.core.generate;

/** What is written into a file: the cases that choose among loops, if any, and the loops. */
record Regions(String cases, String loops) {
  /** Returns a file with these between its markers. */
  String in(String file) {
    String chosen = cases.isEmpty() ? file : replaced(file, "cases", cases);
    return replaced(chosen, "loops", loops);
  }

  private static String replaced(String file, String region, String text) {
    String begin = "// ElementwiseLoops: " + region + "\n";
    int from = file.indexOf(begin) + begin.length();
    return file.substring(0, from) + text + file.substring(file.indexOf("// end", from));
  }
}
