package io.lossmith.app.train;

/**
 * What a network answers to a picture.
 *
 * @param classes the class of each pixel, an unsigned byte, row-major
 * @param probabilities {@code [outputs, height, width]}: of foreground, or of each class
 */
public record Prediction(byte[] classes, float[] probabilities) {}
