package io.lossmith.app.data;

/**
 * A picture and its truth, of the same size.
 *
 * @param name what to call it, usable as part of a file name
 * @param picture what the network sees
 * @param mask what it should answer
 */
public record Sample(String name, Picture picture, Mask mask) {}
