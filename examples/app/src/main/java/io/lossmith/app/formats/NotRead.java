package io.lossmith.app.formats;

import java.io.IOException;

/** A picture that is whole, but of a kind that is refused rather than guessed at. */
public final class NotRead extends IOException {
  /** Says what the file holds and what to do, as in "holds CMYK colours; save it as RGB". */
  public NotRead(String what) {
    super(what);
  }
}
