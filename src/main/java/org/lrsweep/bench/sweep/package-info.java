/** How much of the slots' time a sweep spends training. */
package org.lrsweep.bench.sweep;
