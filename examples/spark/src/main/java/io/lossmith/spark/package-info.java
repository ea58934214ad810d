/** Trainings of the app whose workers are tasks of Apache Spark. */
@org.jspecify.annotations.NullMarked
package io.lossmith.spark;
