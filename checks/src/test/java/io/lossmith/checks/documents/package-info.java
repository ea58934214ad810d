/** Documents and Javadoc say what is so: their code compiles and runs, their commands exist. */
@NullMarked
package io.lossmith.checks.documents;

import org.jspecify.annotations.NullMarked;
