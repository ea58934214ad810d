package io.lossmith.app.train;

/**
 * What a network had learned when the validation pictures were scored.
 *
 * @param validation how it scored
 * @param parameters as {@link UNet#parameters()} lists them
 */
public record Snapshot(History.Validation validation, float[][] parameters) {}
