/** A program of modules, made an image by jlink. */
module example.modules {
  requires io.lossmith.losses;
}
