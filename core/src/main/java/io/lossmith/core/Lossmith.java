package io.lossmith.core;

/** The name and version of this library. */
final class Lossmith {
  private Lossmith() {}
}
