/*
 * What the processor can do: two losses written by hand in C, value and gradient in two passes, and how fast
 * memory is. Prints a line of JSON for each measurement; limit.py compiles and starts it.
 *
 *     cc -O3 -march=native -ffast-math -fopenmp limit.c -o limit -lm
 *     OMP_NUM_THREADS=2 ./limit SECONDS [bce-dice N H W | ce-dice N C H W | bandwidth BYTES]...
 *
 * After a work's sizes, `= FILE` has inputs, value and gradient of it written to FILE as floats, for a check.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BLOCK = 2048, TILE = 512, MOST_CLASSES = 64, MOST_RUNS = 100000 };
static const double SMOOTH = 1e-5;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static float *floats(size_t n) {
  float *a = aligned_alloc(64, (4 * n + 63) / 64 * 64);
  if (!a) {
    fprintf(stderr, "limit: no memory for %zu floats\n", n);
    exit(1);
  }
  memset(a, 0, 4 * n);
  return a;
}

static float uniform(unsigned *state) {
  *state = *state * 1664525u + 1013904223u;
  return (*state >> 8) / 16777216.0f;
}

/* Inputs and results of a work: logits x, target t (labels as floats), gradient g. */
typedef struct {
  int samples, classes, pixels;
  float *x, *t, *g;
  double *sums; /* of each sample: hits, predicted and there, by class */
  float *rest;  /* of each pixel: ln of the sum of powers, for the second pass */
} Work;

static void add(double *sum, float part) {
#pragma omp atomic
  *sum += part;
}

/* --- binary cross entropy with logits, plus the mean of 1 - Dice of each sample --- */

static float bce_dice(Work w) {
  double entropy = 0, dice = 0;
  int blocks = (w.pixels + BLOCK - 1) / BLOCK;
  memset(w.sums, 0, sizeof(double) * 3 * w.samples);
#pragma omp parallel for schedule(static) reduction(+ : entropy)
  for (int block = 0; block < w.samples * blocks; block++) {
    int s = block / blocks, in = block % blocks * BLOCK, m = w.pixels - in < BLOCK ? w.pixels - in : BLOCK;
    const float *x = w.x + (long)s * w.pixels + in, *t = w.t + (long)s * w.pixels + in;
    float cost = 0, hit = 0, predicted = 0, there = 0;
#pragma omp simd reduction(+ : cost, hit, predicted, there)
    for (int i = 0; i < m; i++) {
      float e = expf(-fabsf(x[i])), r = 1 / (1 + e), p = x[i] < 0 ? e * r : r;
      cost += fmaxf(x[i], 0) - x[i] * t[i] + logf(1 + e);
      hit += p * t[i];
      predicted += p;
      there += t[i];
    }
    double *sums = w.sums + 3 * s;
    entropy += cost;
    add(sums, hit);
    add(sums + 1, predicted);
    add(sums + 2, there);
  }
  float a[w.samples], b[w.samples];
  for (int s = 0; s < w.samples; s++) {
    double *sums = w.sums + 3 * s, under = sums[1] + sums[2] + SMOOTH, score = (2 * sums[0] + SMOOTH) / under;
    dice += (1 - score) / w.samples;
    a[s] = -2 / under / w.samples;
    b[s] = score / under / w.samples;
  }
  double n = (double)w.samples * w.pixels;
  float each = 1 / n;
#pragma omp parallel for schedule(static)
  for (int block = 0; block < w.samples * blocks; block++) {
    int s = block / blocks, in = block % blocks * BLOCK, m = w.pixels - in < BLOCK ? w.pixels - in : BLOCK;
    const float *x = w.x + (long)s * w.pixels + in, *t = w.t + (long)s * w.pixels + in;
    float *g = w.g + (long)s * w.pixels + in, hit = a[s], all = b[s];
#pragma omp simd
    for (int i = 0; i < m; i++) {
      float e = expf(-fabsf(x[i])), r = 1 / (1 + e), p = x[i] < 0 ? e * r : r;
      g[i] = (p - t[i]) * each + p * (1 - p) * (t[i] * hit + all);
    }
  }
  return entropy / n + dice;
}

/* --- cross entropy of class indices, plus the mean of 1 - Dice of each sample and class --- */

static float ce_dice(Work w) {
  double entropy = 0, dice = 0;
  int classes = w.classes, pixels = w.pixels, tiles = (pixels + TILE - 1) / TILE, count = 3 * w.samples * classes;
  double *all_sums = w.sums;
  memset(all_sums, 0, sizeof(double) * count);
#pragma omp parallel for collapse(2) schedule(static) reduction(+ : entropy, all_sums[:count])
  for (int s = 0; s < w.samples; s++) {
    for (int tile = 0; tile < tiles; tile++) {
      int at = tile * TILE, m = pixels - at < TILE ? pixels - at : TILE;
      const float *x = w.x + (long)s * classes * pixels + at, *t = w.t + (long)s * pixels + at;
      float *rest = w.rest + (long)s * pixels + at, powers[classes][TILE], greatest[TILE], sum[TILE], own[TILE];
      memcpy(greatest, x, 4 * m);
      for (int c = 1; c < classes; c++)
#pragma omp simd
        for (int i = 0; i < m; i++) greatest[i] = fmaxf(greatest[i], x[(long)c * pixels + i]);
      memset(sum, 0, 4 * m);
      memset(own, 0, 4 * m);
      for (int c = 0; c < classes; c++)
#pragma omp simd
        for (int i = 0; i < m; i++) {
          float e = expf(x[(long)c * pixels + i] - greatest[i]);
          powers[c][i] = e;
          sum[i] += e;
          own[i] = t[i] == c ? x[(long)c * pixels + i] : own[i];
        }
      float cost = 0;
#pragma omp simd reduction(+ : cost)
      for (int i = 0; i < m; i++) {
        rest[i] = greatest[i] + logf(sum[i]);
        cost += rest[i] - own[i];
        sum[i] = 1 / sum[i];
      }
      entropy += cost;
      for (int c = 0; c < classes; c++) {
        float hit = 0, predicted = 0, there = 0;
#pragma omp simd reduction(+ : hit, predicted, there)
        for (int i = 0; i < m; i++) {
          float p = powers[c][i] * sum[i];
          predicted += p;
          hit += t[i] == c ? p : 0;
          there += t[i] == c ? 1 : 0;
        }
        double *sums = all_sums + 3 * (s * classes + c);
        sums[0] += hit;
        sums[1] += predicted;
        sums[2] += there;
      }
    }
  }
  int rows = w.samples * classes;
  float a[rows], b[rows];
  for (int r = 0; r < rows; r++) {
    double *sums = w.sums + 3 * r, under = sums[1] + sums[2] + SMOOTH, score = (2 * sums[0] + SMOOTH) / under;
    dice += (1 - score) / rows;
    a[r] = -2 / under / rows;
    b[r] = score / under / rows;
  }
  float each = 1.0f / ((float)w.samples * pixels);
#pragma omp parallel for collapse(2) schedule(static)
  for (int s = 0; s < w.samples; s++) {
    for (int tile = 0; tile < tiles; tile++) {
      int at = tile * TILE, m = pixels - at < TILE ? pixels - at : TILE;
      const float *x = w.x + (long)s * classes * pixels + at, *t = w.t + (long)s * pixels + at;
      const float *rest = w.rest + (long)s * pixels + at, *hit = a + s * classes, *all = b + s * classes;
      float *g = w.g + (long)s * classes * pixels + at, p[classes][TILE], mean[TILE];
      memset(mean, 0, 4 * m);
      for (int c = 0; c < classes; c++) { /* numbers of their own: a load in a choice stays scalar */
        float its = hit[c] + all[c], others = all[c];
#pragma omp simd
        for (int i = 0; i < m; i++) {
          float e = expf(x[(long)c * pixels + i] - rest[i]);
          p[c][i] = e;
          mean[i] += e * (t[i] == c ? its : others);
        }
      }
      for (int c = 0; c < classes; c++) {
        float its = hit[c] + all[c], others = all[c];
#pragma omp simd
        for (int i = 0; i < m; i++) {
          float slope = t[i] == c ? its : others;
          g[(long)c * pixels + i] = p[c][i] * (each + slope - mean[i]) - (t[i] == c ? each : 0);
        }
      }
    }
  }
  return entropy / ((double)w.samples * pixels) + dice;
}

/* --- memory: two arrays read and one written, so often that starting threads does not count --- */

static int passes(Work w) {
  long n = (long)w.samples * w.pixels;
  return n < 1 << 18 ? (1 << 18) / n : 1;
}

static float stream(Work w) {
  long n = (long)w.samples * w.pixels;
  const float *x = w.x, *t = w.t;
  float *g = w.g;
  int times = passes(w);
#pragma omp parallel
  for (int pass = 0; pass < times; pass++) {
#pragma omp for simd schedule(static) nowait
    for (long i = 0; i < n; i++) g[i] = x[i] + t[i];
    __asm__ volatile("" ::: "memory"); /* or the compiler does it once */
  }
  return 0;
}

static int ascending(const void *a, const void *b) {
  double d = *(const double *)a - *(const double *)b;
  return d < 0 ? -1 : d > 0;
}

/* Warm for a third of the time, then the median in milliseconds over the rest; five runs at least. */
static double median(float (*run)(Work), Work w, double seconds) {
  static double times[MOST_RUNS];
  double end = now() + seconds * 1e3 / 3;
  do run(w);
  while (now() < end);
  int runs = 0;
  end = now() + seconds * 1e3;
  while (runs < 5 || (now() < end && runs < MOST_RUNS)) {
    double start = now();
    run(w);
    times[runs++] = now() - start;
  }
  qsort(times, runs, sizeof(double), ascending);
  return times[runs / 2];
}

static Work make(int samples, int classes, int pixels) {
  long count = (long)samples * classes * pixels, targets = (long)samples * pixels;
  Work w = {samples, classes, pixels, floats(count), floats(targets), floats(count), 0, 0};
  w.sums = malloc(sizeof(double) * 3 * samples * classes);
  w.rest = floats(targets);
  unsigned state = 1;
  for (long i = 0; i < count; i++) w.x[i] = 8 * uniform(&state) - 4;
  for (long i = 0; i < targets; i++) w.t[i] = floorf(uniform(&state) * (classes > 1 ? classes : 2));
  return w;
}

static void drop(Work w) {
  free(w.x);
  free(w.t);
  free(w.g);
  free(w.sums);
  free(w.rest);
}

static void save(const char *name, Work w, float value) {
  FILE *file = fopen(name, "wb");
  long count = (long)w.samples * w.classes * w.pixels, targets = (long)w.samples * w.pixels;
  if (!file || fwrite(w.x, 4, count, file) + fwrite(w.t, 4, targets, file) + fwrite(&value, 4, 1, file) +
                       fwrite(w.g, 4, count, file) != (size_t)(2 * count + targets + 1) || fclose(file)) {
    fprintf(stderr, "limit: %s cannot be written\n", name);
    exit(1);
  }
}

static void measure(const char *name, float (*run)(Work), Work w, const char *shape, double seconds, const char *file) {
  if (file) save(file, w, run(w));
  double ms = median(run, w, seconds) / (run == stream ? passes(w) : 1);
  printf("{\"work\": \"%s\", \"shape\": [%s], \"ms\": %.7f}\n", name, shape, ms);
  fflush(stdout);
  drop(w);
}

int main(int count, char **given) {
  double seconds = count > 1 ? atof(given[1]) : 1;
  for (int i = 2; i < count;) {
    char shape[80];
    const char *name = given[i++];
    int axes = !strcmp(name, "bce-dice") ? 3 : !strcmp(name, "ce-dice") ? 4 : 1, sizes[4];
    for (int k = 0; k < axes; k++) sizes[k] = i < count ? atoi(given[i++]) : 1;
    const char *file = i + 1 < count && !strcmp(given[i], "=") ? given[i + 1] : NULL;
    i += file ? 2 : 0;
    if (axes == 3) {
      snprintf(shape, sizeof shape, "%d, 1, %d, %d", sizes[0], sizes[1], sizes[2]);
      measure(name, bce_dice, make(sizes[0], 1, sizes[1] * sizes[2]), shape, seconds, file);
    } else if (axes == 4 && sizes[1] <= MOST_CLASSES) {
      snprintf(shape, sizeof shape, "%d, %d, %d, %d", sizes[0], sizes[1], sizes[2], sizes[3]);
      measure(name, ce_dice, make(sizes[0], sizes[1], sizes[2] * sizes[3]), shape, seconds, file);
    } else {
      snprintf(shape, sizeof shape, "%d", sizes[0]);
      measure("bandwidth", stream, make(1, 1, sizes[0] / 12), shape, seconds, NULL);
    }
  }
  return 0;
}
