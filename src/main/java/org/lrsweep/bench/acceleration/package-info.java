/** Measures networks on oneDNN next to the same ones on stock layers. */
package org.lrsweep.bench.acceleration;
