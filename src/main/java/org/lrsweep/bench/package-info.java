/** The command {@code bench}, and its modes: what steps, rounds and sweeps cost. */
package org.lrsweep.bench;
