/**
 * A range test's curve, and the methods that read a learning-rate range off it. Plain Java: no
 * network, no cluster.
 */
package org.lrsweep.range;
