/** How a run uses Spark: its properties, and whether its memory suffices. */
package org.lrsweep.cluster;
