package io.lossmith.app.formats;

/** The fields of a directory that are looked at. */
enum TiffTag {
  SUBFILE_TYPE(254),
  WIDTH(256),
  HEIGHT(257),
  BITS(258),
  COMPRESSION(259),
  PHOTOMETRIC(262),
  FILL_ORDER(266),
  DESCRIPTION(270),
  STRIP_OFFSETS(273),
  ORIENTATION(274),
  SAMPLES(277),
  STRIP_ROWS(278),
  STRIP_BYTES(279),
  PLANAR(284),
  SOFTWARE(305),
  PREDICTOR(317),
  COLOUR_MAP(320),
  TILE_WIDTH(322),
  TILE_HEIGHT(323),
  TILE_OFFSETS(324),
  TILE_BYTES(325),
  EXTRA_SAMPLES(338),
  SAMPLE_FORMAT(339);

  private final int number;

  TiffTag(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  @Override
  public String toString() {
    return "tag " + number;
  }
}
