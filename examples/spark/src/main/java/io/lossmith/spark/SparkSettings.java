package io.lossmith.spark;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;

/**
 * What Spark is told.
 *
 * @param values its settings, by name
 */
record SparkSettings(Map<String, String> values) {
  private static final String THIS_MACHINE = "127.0.0.1";

  /**
   * Returns those that so many workers need.
   *
   * @param threads of each worker
   * @param patience how long workers wait for each other
   */
  static SparkSettings of(Master master, int workers, int threads, Duration patience) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("spark.master", master.url());
    values.put("spark.app.name", "lossmith train");
    values.put("spark.task.cpus", String.valueOf(threads));
    values.put("spark.cores.max", String.valueOf(workers * threads));
    values.put("spark.dynamicAllocation.enabled", "false"); // not with stages that start at once
    values.put("spark.barrier.sync.timeout", patience.toSeconds() + "s");
    values.put("spark.ui.enabled", "false");
    if (master.isLocal()) {
      values.put("spark.driver.host", THIS_MACHINE);
      values.put("spark.driver.bindAddress", THIS_MACHINE);
    }
    return new SparkSettings(values);
  }

  /** Returns these and another; who says it again, says it last. */
  SparkSettings with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new SparkSettings(more);
  }

  /** Returns these, with the jars that executors are sent. */
  SparkSettings withJars(List<String> jars) {
    return with("spark.jars", String.join(",", jars));
  }

  /** Returns these, with so much heap for each executor. */
  SparkSettings withMemory(long bytes) {
    return with("spark.executor.memory", HeapSize.option(bytes));
  }

  SparkConf conf() {
    SparkConf conf = new SparkConf();
    values.forEach(conf::set);
    return conf;
  }
}
