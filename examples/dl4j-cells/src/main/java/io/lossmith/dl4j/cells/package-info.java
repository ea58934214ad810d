/** DL4J trains a network on synthetic cells with a loss of Lossmith. */
@NullMarked
package io.lossmith.dl4j.cells;

import org.jspecify.annotations.NullMarked;
